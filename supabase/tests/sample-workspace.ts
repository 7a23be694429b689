/** Workspaces to test in, and the requests that a person's browser sends. */
import { randomUUID } from "node:crypto";
import { asUser, call, type Sql, type TestDatabase } from "../testing.ts";

export type SmallWorkspace = {
  workspaceId: string;
  people: Record<"owner" | "operator" | "viewer" | "stranger", string>;
  itemId: string;
  accountId: string;
  deviceId: string;
  consentId: string;
};
export type SampleWorkspace = SmallWorkspace & { photoId: string; jobId: string; targetId: string };

export const DEVICE_KEY = { kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43) };

/** A connect request as the extension sends it. */
export const connectRequest = (
  workspaceId: string,
  change: Record<string, unknown> = {},
): Record<string, unknown> => ({
  workspaceId,
  accountId: randomUUID(),
  platform: "mercari",
  handle: "maria",
  displayName: "Maria",
  cloudAllowed: true,
  replay: "unknown",
  sessionVersion: 1,
  session: { v: 1, ct: "sealed" },
  sessionMeta: { keyId: "k1", cookieNames: ["_mwus"] },
  sessionExpiresAt: null,
  device: { id: randomUUID(), name: "Laptop", publicKey: DEVICE_KEY },
  consent: {
    id: randomUUID(),
    textVersion: "1",
    cookieNames: ["_mwus"],
    allowlistHash: "a".repeat(43),
    grantedAt: "2026-01-01T00:00:00.000Z",
  },
  ...change,
});

/** A create-job request for one item at some accounts. */
export const jobRequest = (
  workspaceId: string,
  itemId: string,
  accountIds: string[],
  change: Record<string, unknown> = {},
): Record<string, unknown> => ({
  workspaceId,
  action: "list",
  driver: "cloud",
  mode: "publish",
  item: { id: itemId, title: "Brass lamp", fieldTimes: {} },
  targets: accountIds.map((accountId) => ({ accountId, platform: "mercari" })),
  ...change,
});

export type JobAnswer = {
  job: { id: string; status: string; progress: { percent: number; message: string } };
  targets: { id: string; account_id: string; op_key: string; state: string }[];
  replayed: boolean;
};

type Asked = JobAnswer & { budget: { allowed: boolean }; refusal?: { code: string; message: string } };

/** As the API asks for a job, on a connection of one's own. @throws the refusal, which came as data, with its code. */
export const requestJob = async (
  sql: Sql,
  userId: string,
  request: Record<string, unknown>,
  key: string = randomUUID(),
  hash = "hash",
): Promise<JobAnswer> => {
  const args = { p_request: request, p_idempotency_key: key, p_body_hash: hash };
  // Thrown after the commit: the budget of a refused request stays taken.
  const { budget, refusal, ...answer } = await asUser(sql, userId, (person) =>
    call<Asked>(person, "request_job", args),
  );
  if (!budget.allowed) throw Object.assign(new Error("the budget is used up"), { code: "HK429" });
  if (refusal) throw Object.assign(new Error(refusal.message), refusal);
  return answer;
};

export const createJob = (
  database: TestDatabase,
  userId: string,
  request: Record<string, unknown>,
  key?: string,
  hash?: string,
): Promise<JobAnswer> => requestJob(database.admin, userId, request, key, hash);

/** An owner, an operator, a viewer and a stranger; one item, and one account connected by the operator. Nothing is asked for. */
export const smallWorkspace = async (database: TestDatabase): Promise<SmallWorkspace> => {
  const { admin } = database;
  const { userId: owner, workspaceId } = await database.signUp();
  const people = {
    owner,
    operator: (await database.signUp()).userId,
    viewer: (await database.signUp()).userId,
    stranger: (await database.signUp()).userId,
  };
  for (const role of ["operator", "viewer"] as const) {
    await admin.query(
      "insert into public.workspace_members (workspace_id, user_id, role) values ($1, $2, $3)",
      [workspaceId, people[role], role],
    );
  }
  const itemId = randomUUID();
  await admin.query("insert into public.items (id, workspace_id, title) values ($1, $2, 'Brass lamp')", [
    itemId,
    workspaceId,
  ]);
  const request = connectRequest(workspaceId);
  await asUser(admin, people.operator, (sql) => call(sql, "connect_account", { p: request }));
  return {
    workspaceId,
    people,
    itemId,
    accountId: String(request["accountId"]),
    deviceId: (request["device"] as { id: string }).id,
    consentId: (request["consent"] as { id: string }).id,
  };
};

/** The same with a row in every table: its item was posted, and the worker that did it still has the account. */
export const sampleWorkspace = async (database: TestDatabase): Promise<SampleWorkspace> => {
  const { admin } = database;
  const small = await smallWorkspace(database);
  const { workspaceId, people, itemId, accountId } = small;
  const photoId = randomUUID();
  await admin.query(
    "insert into public.item_photos (id, item_id, workspace_id, storage_path, mime) values ($1, $2, $3, $4, 'image/png')",
    [photoId, itemId, workspaceId, `${workspaceId}/${itemId}/${photoId}.png`],
  );
  const request = jobRequest(workspaceId, itemId, [accountId]);
  const { job, targets } = await createJob(database, people.operator, request);
  const targetId = targets[0]?.id ?? "";
  const worker = await database.connect("worker");
  await call(worker, "claim_target", { p_target_id: targetId, p_holder: "worker-1" });
  const event = { kind: "found", externalId: "m1", url: null, by: "id" };
  await call(worker, "posting_event", { p_target_id: targetId, p_event: event, p_event_id: randomUUID() });
  await call(worker, "worker_mark_session_version", { p_account_id: accountId, p_version: 1 });
  await call(worker, "worker_heartbeat", { p_worker_id: "worker-1", p_pid: 1 });
  await call(worker, "worker_breaker_note", { p_account_id: accountId, p_ok: false });
  await admin.query("insert into private.change_listeners default values");
  return { ...small, photoId, jobId: job.id, targetId };
};
