/**
 * Who may do what with every table of ours. One row per table; a table without a row fails the tests.
 * `yes`: the verb works on a row of the workspace. `none`: granted, but the row is not theirs: nothing is seen or touched.
 * `no`: refused (no grant, or the policy's check). `own`: works, because the row is the person's own.
 */
export const ROLES = ["anon", "stranger", "viewer", "operator", "owner", "worker"] as const;
export type Role = (typeof ROLES)[number];
export const VERBS = ["select", "insert", "update", "delete"] as const;
export type Verb = (typeof VERBS)[number];
export type Outcome = "yes" | "none" | "no";

type Row = Record<Verb, Record<Role, Outcome>>;

const cells = (anon: Outcome, stranger: Outcome, viewer: Outcome, operator: Outcome, owner: Outcome, worker: Outcome) => ({
  anon, stranger, viewer, operator, owner, worker,
}); // oxfmt-ignore

const NOBODY = cells("no", "no", "no", "no", "no", "no");
/** Members and the worker read. */
const MEMBERS = cells("no", "none", "yes", "yes", "yes", "yes");
const MEMBERS_ONLY = cells("no", "none", "yes", "yes", "yes", "no");
const FUNCTIONS_ONLY: Row = { select: NOBODY, insert: NOBODY, update: NOBODY, delete: NOBODY };
const READ_ONLY: Row = { ...FUNCTIONS_ONLY, select: MEMBERS };
const EDITABLE: Row = {
  select: MEMBERS,
  insert: cells("no", "no", "no", "yes", "yes", "no"),
  update: cells("no", "none", "none", "yes", "yes", "no"),
  delete: cells("no", "none", "none", "yes", "yes", "no"),
};

export const ACCESS: Record<string, Row> = {
  "public.workspaces": {
    ...FUNCTIONS_ONLY,
    select: MEMBERS_ONLY,
    update: cells("no", "none", "none", "none", "yes", "no"),
  },
  "public.workspace_members": {
    select: MEMBERS_ONLY,
    insert: FUNCTIONS_ONLY.insert,
    update: cells("no", "none", "none", "none", "yes", "no"),
    delete: cells("no", "none", "none", "none", "yes", "no"),
  },
  "public.items": EDITABLE,
  "public.item_photos": EDITABLE,
  "public.platform_accounts": { ...READ_ONLY, update: EDITABLE.update },
  // The row is the operator's own device.
  "public.devices": {
    ...FUNCTIONS_ONLY,
    select: cells("no", "none", "none", "yes", "none", "yes"),
    insert: cells("no", "no", "no", "yes", "no", "no"),
    update: cells("no", "none", "none", "yes", "none", "no"),
  },
  "public.consents": READ_ONLY,
  "public.listings": { ...READ_ONLY, update: EDITABLE.update },
  "public.listing_jobs": READ_ONLY,
  "public.job_targets": READ_ONLY,
  "public.listing_job_events": { ...FUNCTIONS_ONLY, select: MEMBERS_ONLY },
  "public.account_leases": READ_ONLY,
  "public.posting_events": READ_ONLY,
  "public.idempotency_keys": FUNCTIONS_ONLY,
  "public.audit_log": { ...FUNCTIONS_ONLY, select: cells("no", "none", "none", "none", "yes", "no") },
  "private.session_high_water": FUNCTIONS_ONLY,
  "private.worker_heartbeats": FUNCTIONS_ONLY,
  "private.job_tallies": FUNCTIONS_ONLY,
  "private.circuit_breakers": FUNCTIONS_ONLY,
  "private.change_listeners": FUNCTIONS_ONLY,
  "private.budgets": FUNCTIONS_ONLY,
  "private.budget_use": FUNCTIONS_ONLY,
  "private.posting_moves": { ...FUNCTIONS_ONLY, select: cells("no", "no", "no", "no", "no", "yes") },
};
