import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { call, withDatabase, type Sql, type TestDatabase } from "../testing.ts";
import { createJob, jobRequest, sampleWorkspace } from "./sample-workspace.ts";

type Swept = { dead: string[]; requeued: number; unknown: number; lost: number; given_up: number };

const targetOf = async (database: TestDatabase, id: string) =>
  (
    await database.admin.query<{ state: string; fence: string | null }>(
      "select state, fence from public.job_targets where id = $1",
      [id],
    )
  ).rows[0];

/** A target that a worker drives, with its queue entry locked as Graphile Worker locks it. */
const driven = async (database: TestDatabase) => {
  const sample = await sampleWorkspace(database);
  await database.admin.query("delete from public.account_leases");
  await database.admin.query("update public.job_targets set state = 'cancelled'");
  await database.admin.query("delete from graphile_worker._private_jobs");
  const made = await createJob(
    database,
    sample.people.operator,
    jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]),
  );
  const target = made.targets[0]?.id ?? "";
  const worker = await database.connect("worker");
  await call(worker, "worker_heartbeat", { p_worker_id: "w1", p_pid: 4711 });
  await database.admin.query(
    "update graphile_worker._private_jobs set locked_by = 'w1', locked_at = now(), attempts = 1",
  );
  const { fence } = await call<{ fence: number }>(worker, "claim_target", {
    p_target_id: target,
    p_holder: "w1/slot-1",
  });
  await call(worker, "record_intent", { p_target_id: target, p_fence: fence, p_payload_hash: "p" });
  await move(worker, target, fence, "claimed", "filling");
  return { sample, target, worker, fence };
};

const move = (sql: Sql, target: string, fence: number, from: string, to: string) =>
  call(sql, "target_transition", { p_target_id: target, p_fence: fence, p_from: [from], p_to: to });
const die = (database: TestDatabase) =>
  database.admin.query(
    "update private.worker_heartbeats set beat_at = now() - interval '30 seconds' where worker_id = 'w1'",
  );
const sweep = (sql: Sql) => call<Swept>(sql, "sweep", {});

describe("sweep", () => {
  it("leaves a living worker's target alone", async () => {
    await withDatabase(async (database) => {
      const { target, worker } = await driven(database);
      expect(await sweep(worker)).toMatchObject({ dead: [], requeued: 0, unknown: 0 });
      expect((await targetOf(database, target))?.state).toBe("filling");
    });
  });

  it("gives a killed worker's target back before its lease ends, with the queue entry free", async () => {
    await withDatabase(async (database) => {
      const { target, worker, fence } = await driven(database);
      await die(database);
      expect(await sweep(worker)).toMatchObject({ dead: ["w1"], requeued: 1 });
      expect(await targetOf(database, target)).toEqual({ state: "queued", fence: null });
      const jobs = await database.admin.query("select key, locked_by from graphile_worker.jobs");
      expect(jobs.rows).toEqual([{ key: target, locked_by: null }]);
      // Another worker goes on at once; the first, should it wake up, is refused.
      const next = await call<{ claimed: boolean; fence: number }>(worker, "claim_target", {
        p_target_id: target,
        p_holder: "w2",
      });
      expect(next.claimed).toBe(true);
      await expect(move(worker, target, fence, "claimed", "filling")).rejects.toMatchObject({
        code: "HK409",
      });
    });
  });

  it("never queues what may have been posted: it becomes unknown and is looked up", async () => {
    await withDatabase(async (database) => {
      const { target, worker, fence } = await driven(database);
      await call(worker, "begin_submit", { p_target_id: target, p_fence: fence });
      await die(database);
      expect(await sweep(worker)).toMatchObject({ unknown: 1, requeued: 0 });
      expect((await targetOf(database, target))?.state).toBe("unknown");
      const fences = await database.admin.query(
        "select state from public.submit_fences where target_id = $1",
        [target],
      );
      expect(fences.rows).toEqual([{ state: "unknown" }]);
      const jobs = await database.admin.query(
        "select task_identifier from graphile_worker.jobs where key = $1",
        [`settle:${target}`],
      );
      expect(jobs.rows).toEqual([{ task_identifier: "settle_unknown" }]);
    });
  });

  it("takes back a target whose lease ran out, whoever held it", async () => {
    await withDatabase(async (database) => {
      const { target, worker } = await driven(database);
      await database.admin.query("update public.account_leases set expires_at = now() - interval '1 second'");
      expect(await sweep(worker)).toMatchObject({ dead: [], requeued: 1 });
      expect((await targetOf(database, target))?.state).toBe("queued");
    });
  });

  it("puts a lost queue entry back, and gives up on one that is spent", async () => {
    await withDatabase(async (database) => {
      const { target, worker } = await driven(database);
      await die(database);
      await sweep(worker);
      const old = "update public.job_targets set run_at = now() - interval '1 minute' where id = $1";
      await database.admin.query("delete from graphile_worker._private_jobs");
      await database.admin.query(old, [target]);
      expect(await sweep(worker)).toMatchObject({ lost: 1 });
      await database.admin.query("update graphile_worker._private_jobs set attempts = max_attempts");
      await database.admin.query(old, [target]);
      expect(await sweep(worker)).toMatchObject({ given_up: 1 });
      expect((await targetOf(database, target))?.state).toBe("failed");
    });
  });

  it("lets two sweeps at once do the work once", async () => {
    await withDatabase(async (database) => {
      const { worker } = await driven(database);
      await die(database);
      const second = await database.connect("worker");
      const swept = await Promise.all([sweep(worker), sweep(second)]);
      expect(swept.map(({ requeued }) => requeued ?? 0).reduce((sum, one) => sum + one)).toBe(1);
    });
  });
});
