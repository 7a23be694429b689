import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { asUser, call, withDatabase, type TestDatabase } from "../testing.ts";
import { connectRequest, createJob, jobRequest, sampleWorkspace } from "./sample-workspace.ts";

type Outcome = { status: string; error: string | null; result: Record<string, number> | null };

/** One job at several accounts, and a driver for each. */
const jobAt = async (database: TestDatabase, count: number) => {
  const sample = await sampleWorkspace(database);
  const { operator } = sample.people;
  const accounts = Array.from({ length: count }, (_, at) =>
    connectRequest(sample.workspaceId, { handle: `seller-${at}` }),
  );
  for (const account of accounts)
    await asUser(database.admin, operator, (sql) => call(sql, "connect_account", { p: account }));
  const ids = accounts.map((account) => String(account["accountId"]));
  const made = await createJob(database, operator, jobRequest(sample.workspaceId, randomUUID(), ids));
  const targets = ids.map((id) => made.targets.find((target) => target.account_id === id)!.id);
  const worker = await database.connect("worker");

  const tell = async (at: number, event: object): Promise<void> => {
    const claim = await call<{ fence: number }>(worker, "claim_target", {
      p_target_id: targets[at],
      p_holder: "worker-1",
    });
    await call(worker, "posting_event", {
      p_target_id: targets[at],
      p_event: { fence: claim.fence, ...event },
      p_event_id: randomUUID(),
    });
  };
  const say = (at: number, event: object) =>
    asUser(database.admin, operator, (sql) =>
      call(sql, "posting_event", { p_target_id: targets[at], p_event: event, p_event_id: randomUUID() }),
    );
  const outcome = async (): Promise<Outcome> => {
    const { rows } = await database.admin.query<Outcome>(
      "select status, error, result from public.listing_jobs where id = $1",
      [made.job.id],
    );
    return rows[0]!;
  };
  return { tell, say, outcome };
};

const stopped = (stop: string) => ({
  kind: "ask",
  question: "stop",
  ending: { code: "stop", stop },
  candidates: [],
});
const failed = (message: string) => ({ kind: "fail", ending: { code: "photo", message } });
const counts = (change: object) => ({ done: 0, failed: 0, needsHuman: 0, cancelled: 0, ...change });

describe("what a job's own row says of its targets", () => {
  it("while one is under way: no result and no error", async () => {
    await withDatabase(async (database) => {
      const { tell, outcome } = await jobAt(database, 2);
      await tell(0, failed("Photo 1 cannot be used."));
      expect(await outcome()).toEqual({ status: "running", error: null, result: null });
    });
  });

  it("when what went wrong is put right: only what still stands is told", async () => {
    await withDatabase(async (database) => {
      const { tell, say, outcome } = await jobAt(database, 2);
      await tell(0, stopped("captcha"));
      await tell(1, failed("Photo 1 cannot be used."));
      expect(await outcome()).toEqual({
        status: "needs_human",
        error: "Photo 1 cannot be used.",
        result: counts({ failed: 1, needsHuman: 1 }),
      });
      await say(1, { kind: "retry" });
      expect(await outcome()).toEqual({ status: "running", error: null, result: null });
      await tell(1, { kind: "found", externalId: "m1", url: null, by: "id" });
      expect(await outcome()).toEqual({
        status: "needs_human",
        error: "stop",
        result: counts({ done: 1, needsHuman: 1 }),
      });
      await say(0, { kind: "cancel" });
      expect(await outcome()).toEqual({
        status: "partial",
        error: null,
        result: counts({ done: 1, cancelled: 1 }),
      });
    });
  });
});
