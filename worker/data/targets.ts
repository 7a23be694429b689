/** A target and its job as the worker reads them, and the moves it may make. Every write carries the fence. */
import { z } from "zod";
import { itemSchema, type Item } from "#core/item/index.ts";
import { ACTIONS, DRIVERS, MODES, PLATFORMS, TARGET_STATES, type TargetState } from "#core/job/index.ts";
import type { Report } from "#core/plan/index.ts";
import type { Database } from "./database.ts";

export const targetRowSchema = z.object({
  id: z.uuid(),
  job_id: z.uuid(),
  workspace_id: z.uuid(),
  account_id: z.uuid(),
  platform: z.enum(PLATFORMS),
  action: z.enum(ACTIONS),
  driver: z.enum(DRIVERS),
  state: z.enum(TARGET_STATES),
  attempt: z.number(),
  op_key: z.string(),
  marker: z.string().nullable(),
  fence: z.coerce.number().nullable(),
  report: z.record(z.string(), z.unknown()).nullable(),
});
export type TargetRow = z.infer<typeof targetRowSchema>;

const jobRowSchema = z.object({
  inventory_item_id: z.uuid().nullable(),
  mode: z.enum(MODES),
  payload: z.object({ item: itemSchema.optional(), again: z.boolean().default(false) }),
});
export type JobRow = { itemId: string | null; mode: "review" | "publish"; item: Item | null; again: boolean };

export type Claim =
  { claimed: true; resumed: boolean; fence: number; target: TargetRow } | { claimed: false; reason: string };

const claimSchema = z.object({
  claimed: z.boolean(),
  resumed: z.boolean().default(false),
  fence: z.coerce.number().optional(),
  reason: z.string().optional(),
  target: targetRowSchema.optional(),
});

export const LEASE_SECONDS = 90;

export const claimTarget = async (db: Database, targetId: string, holder: string): Promise<Claim> => {
  const answer = claimSchema.parse(
    await db.call("claim_target", { p_target_id: targetId, p_holder: holder, p_ttl_seconds: LEASE_SECONDS }),
  );
  if (answer.claimed && answer.fence !== undefined && answer.target)
    return { claimed: true, resumed: answer.resumed, fence: answer.fence, target: answer.target };
  return { claimed: false, reason: answer.reason ?? "unknown" };
};

export const readTarget = async (db: Database, targetId: string): Promise<TargetRow | null> => {
  const [row] = await db.rows("select * from public.job_targets where id = $1", [targetId]);
  return row ? targetRowSchema.parse(row) : null;
};

export const readJob = async (db: Database, jobId: string): Promise<JobRow> => {
  const [row] = await db.rows(
    "select inventory_item_id, mode, payload from public.listing_jobs where id = $1",
    [jobId],
  );
  const { inventory_item_id, mode, payload } = jobRowSchema.parse(row);
  return { itemId: inventory_item_id, mode, item: payload.item ?? null, again: payload.again };
};

export type TargetPatch = {
  state_reason?: string | null;
  report?: Record<string, unknown>;
  progress?: { percent: number; message: string };
  marker?: string;
  listing_id?: string;
  retry_in_seconds?: number;
  submit_outcome?: "confirmed" | "absent";
};

export type ListingRecord = {
  external_id: string;
  url?: string | null;
  title: string;
  price_minor: number;
  currency: string;
  status: "active" | "draft";
  marker: string;
};

/** What one task may do to its target while it holds the account's lease. */
export type TargetWriter = {
  readonly targetId: string;
  readonly fence: number;
  move(from: TargetState | TargetState[], to: TargetState, patch?: TargetPatch): Promise<void>;
  say(message: string, data?: Record<string, unknown>, level?: "info" | "warn" | "error"): Promise<void>;
  intend(
    payloadHash: string,
    marker: string,
  ): Promise<{ open: "submitting" | "unknown" | null; confirmed: boolean }>;
  /** The permit: true at most once per operation. */
  beginSubmit(): Promise<{ permitted: boolean; reason?: string }>;
  recordListing(listing: ListingRecord): Promise<string>;
};

export const targetWriter = (db: Database, targetId: string, fence: number): TargetWriter => {
  const key = { p_target_id: targetId, p_fence: fence };
  return {
    targetId,
    fence,
    async move(from, to, patch = {}) {
      await db.call("target_transition", { ...key, p_from: [from].flat(), p_to: to, p_patch: patch });
    },
    async say(message, data = {}, level = "info") {
      await db.call("append_event", { ...key, p_level: level, p_message: message, p_data: data });
    },
    intend: (payloadHash, marker) =>
      db.call("record_intent", { ...key, p_payload_hash: payloadHash, p_marker: marker }),
    beginSubmit: () => db.call("begin_submit", key),
    async recordListing(listing) {
      const { id } = await db.call<{ id: string }>("record_listing", { ...key, p_listing: listing });
      return id;
    },
  };
};

/** Listings of this account the database already knows, by external id. */
export const knownListings = async (db: Database, accountId: string): Promise<Map<string, string | null>> => {
  const rows = await db.rows<{ external_id: string; item_id: string | null }>(
    "select external_id, item_id from public.listings where account_id = $1",
    [accountId],
  );
  return new Map(rows.map((row) => [row.external_id, row.item_id]));
};

export type TargetReport = Report & {
  [key: string]: unknown;
};
