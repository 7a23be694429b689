import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf, withDatabase, type Sql, type TestDatabase } from "../testing.ts";
import { sampleWorkspace } from "./sample-workspace.ts";

/** The sample's target is being driven; here it waits in the queue, and nobody holds its account. */
const waitingTarget = async (database: TestDatabase) => {
  const sample = await sampleWorkspace(database);
  await database.admin.query("delete from public.account_leases where account_id = $1", [sample.accountId]);
  await database.admin.query("update public.job_targets set state = 'queued', fence = null where id = $1", [
    sample.targetId,
  ]);
  return sample;
};

const dueIn = async (admin: Sql, targetId: string): Promise<number> => {
  const { rows } = await admin.query<{ seconds: string }>(
    "select extract(epoch from run_at - now()) as seconds from graphile_worker.jobs where key = $1",
    [targetId],
  );
  return Number(rows[0]?.seconds);
};

describe("a cloud target that found its account busy", () => {
  it("comes due when the lease is given back, not when it would have ended", async () => {
    await withDatabase(async (database) => {
      const { admin } = database;
      const sample = await waitingTarget(database);
      const worker = await database.connect("worker");
      const lease = await call<{ fence: string }>(worker, "lease_account", {
        p_account_id: sample.accountId,
        p_holder: "w1/1",
      });
      const claim = await call<{ reason: string }>(worker, "claim_target", {
        p_target_id: sample.targetId,
        p_holder: "w2/2",
      });
      expect(claim.reason).toBe("account_busy");
      expect(await dueIn(admin, sample.targetId)).toBeGreaterThan(60);
      await call(worker, "release_lease", { p_account_id: sample.accountId, p_fence: lease.fence });
      expect(await dueIn(admin, sample.targetId)).toBeLessThanOrEqual(0);
    });
  });

  it("when it is scheduled for later: a lease given back changes nothing", async () => {
    await withDatabase(async (database) => {
      const { admin } = database;
      const sample = await waitingTarget(database);
      const worker = await database.connect("worker");
      await admin.query("update public.job_targets set run_at = now() + interval '1 hour' where id = $1", [
        sample.targetId,
      ]);
      await admin.query(
        "select graphile_worker.add_job('run_target', json_build_object('targetId', $1::text), job_key => $1::text, run_at => now() + interval '1 hour')",
        [sample.targetId],
      );
      const lease = await call<{ fence: string }>(worker, "lease_account", {
        p_account_id: sample.accountId,
        p_holder: "w1/1",
      });
      await call(worker, "release_lease", { p_account_id: sample.accountId, p_fence: lease.fence });
      expect(await dueIn(admin, sample.targetId)).toBeGreaterThan(3000);
    });
  });
});

describe("worker_refuse_target", () => {
  it("when the cloud may not drive the account any more: fails the target with the reason, once", async () => {
    await withDatabase(async (database) => {
      const sample = await waitingTarget(database);
      const worker = await database.connect("worker");
      const refuse = () =>
        call(worker, "worker_refuse_target", { p_target_id: sample.targetId, p_reason: "not allowed" });
      await refuse();
      await refuse();
      const { rows } = await database.admin.query(
        "select state, state_reason from public.job_targets where id = $1",
        [sample.targetId],
      );
      expect(rows).toEqual([{ state: "failed", state_reason: "not allowed" }]);
      const events = await database.admin.query(
        "select 1 from public.listing_job_events where target_id = $1 and message like 'Failed%'",
        [sample.targetId],
      );
      expect(events.rowCount).toBe(1);
    });
  });
});

describe("a circuit breaker", () => {
  const scopes = ["account:a", "channel:mercari"];
  const note = (sql: Sql, ok: boolean) => call(sql, "worker_breaker_note", { p_scopes: scopes, p_ok: ok });
  const closedUntil = (sql: Sql) => call<Date | null>(sql, "worker_breaker", { p_scopes: scopes });

  it("when an account fails three times in a row: it rests, longer each time, until a success", async () => {
    await withDatabase(async (database) => {
      const worker = await database.connect("worker");
      await note(worker, false);
      await note(worker, false);
      expect(await closedUntil(worker)).toBeNull();
      await note(worker, false);
      const first = await closedUntil(worker);
      expect(first!.getTime() - Date.now()).toBeGreaterThan(20_000);
      await note(worker, false);
      expect((await closedUntil(worker))!.getTime()).toBeGreaterThan(first!.getTime() + 20_000);
      await note(worker, true);
      expect(await closedUntil(worker)).toBeNull();
    });
  });

  it("when failures lie an hour apart: they do not add up", async () => {
    await withDatabase(async (database) => {
      const worker = await database.connect("worker");
      await note(worker, false);
      await note(worker, false);
      await database.admin.query(
        "update private.circuit_breakers set changed_at = now() - interval '2 hours'",
      );
      await note(worker, false);
      expect(await closedUntil(worker)).toBeNull();
    });
  });

  it("when a signed-in person calls it: refused", async () => {
    await withDatabase(async (database) => {
      const { userId } = await database.signUp();
      expect(await refusalOf(asUser(database.admin, userId, (sql) => note(sql, true)))).toBe("42501");
    });
  });
});
