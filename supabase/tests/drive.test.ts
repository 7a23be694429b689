import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { TARGET_MOVES } from "#core/job/index.ts";
import { asUser, call, refusalOf, withDatabase, type Sql, type TestDatabase } from "../testing.ts";
import { createJob, jobRequest, sampleWorkspace, type SampleWorkspace } from "./sample-workspace.ts";

type Claim = {
  claimed: boolean;
  fence: number;
  reason?: string;
  resumed?: boolean;
  target: { state: string };
};
type Permit = { permitted: boolean; reason?: string };

const transition = (sql: Sql, target: string, fence: number, from: string, to: string, patch: object = {}) =>
  call<{ state: string }>(sql, "target_transition", {
    p_target_id: target,
    p_fence: fence,
    p_from: [from],
    p_to: to,
    p_patch: patch,
  });
const claim = (sql: Sql, target: string, holder: string) =>
  call<Claim>(sql, "claim_target", { p_target_id: target, p_holder: holder });
const permit = (sql: Sql, target: string, fence: number) =>
  call<Permit>(sql, "begin_submit", { p_target_id: target, p_fence: fence });
const stateOf = async (database: TestDatabase, target: string): Promise<string | undefined> =>
  (
    await database.admin.query<{ state: string }>("select state from public.job_targets where id = $1", [
      target,
    ])
  ).rows[0]?.state;

/** A target of its own, claimed by a worker and filling. The sample's lease is released first. */
const filling = async (database: TestDatabase, sample: SampleWorkspace) => {
  await database.admin.query("delete from public.account_leases");
  const made = await createJob(
    database,
    sample.people.operator,
    jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]),
  );
  const target = made.targets[0]?.id ?? "";
  const worker = await database.connect("worker");
  const { fence } = await claim(worker, target, "w1");
  await call(worker, "record_intent", {
    p_target_id: target,
    p_fence: fence,
    p_payload_hash: "p",
    p_marker: "HK-1",
  });
  await transition(worker, target, fence, "claimed", "filling");
  return { job: made.job.id, target, worker, fence };
};

describe("the state machine", () => {
  it("is the table of core/job", async () => {
    await withDatabase(async ({ admin }) => {
      const { rows } = await admin.query<{ move: string }>(
        "select from_state || ' ' || to_state as move from private.target_moves order by 1",
      );
      const moves = Object.entries(TARGET_MOVES).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`));
      expect(rows.map(({ move }) => move)).toEqual(moves.sort());
    });
  });

  it("refuses a move that is not in the table, even to the owner of the database", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target } = await filling(database, sample);
      await database.admin.query("update public.job_targets set state = 'submitting' where id = $1", [
        target,
      ]);
      const back = database.admin.query("update public.job_targets set state = 'queued' where id = $1", [
        target,
      ]);
      expect(await refusalOf(back)).toBe("HK409");
    });
  });
});

describe("leases and fences", () => {
  it("gives an account to one holder at a time, with a growing fence", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { worker, fence } = await filling(database, sample);
      const take = (holder: string) =>
        call<{ held: boolean; fence: number }>(worker, "lease_account", {
          p_account_id: sample.accountId,
          p_holder: holder,
        });
      expect((await take("w2")).held).toBe(false);
      // Not even the holder itself, for something else while its target runs.
      expect((await take("w1")).held).toBe(false);
      await call(worker, "release_lease", { p_account_id: sample.accountId, p_fence: fence });
      const next = await take("w2");
      expect(next.held).toBe(true);
      expect(Number(next.fence)).toBeGreaterThan(Number(fence));
    });
  });

  it("lets one of many racing holders claim a target", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      await database.admin.query("delete from public.account_leases");
      const made = await createJob(
        database,
        sample.people.operator,
        jobRequest(sample.workspaceId, randomUUID(), [sample.accountId]),
      );
      const workers = await Promise.all(Array.from({ length: 6 }, () => database.connect("worker")));
      const claims = await Promise.all(
        workers.map((worker, at) => claim(worker, made.targets[0]?.id ?? "", `w${at}`)),
      );
      expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
    });
  });

  it("refuses every write of a stale fence", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      // Somebody else got the account meanwhile.
      await database.admin.query("update public.account_leases set expires_at = now() - interval '1 second'");
      await call(worker, "lease_account", { p_account_id: sample.accountId, p_holder: "w2" });
      const stale = { p_target_id: target, p_fence: fence };
      expect(await refusalOf(transition(worker, target, fence, "filling", "needs_human"))).toBe("HK409");
      expect(await refusalOf(permit(worker, target, fence))).toBe("HK409");
      expect(await refusalOf(call(worker, "record_intent", { ...stale, p_payload_hash: "p" }))).toBe("HK409");
      expect(
        await refusalOf(call(worker, "record_listing", { ...stale, p_listing: { external_id: "1" } })),
      ).toBe("HK409");
      expect(
        await refusalOf(call(worker, "append_event", { ...stale, p_level: "info", p_message: "x" })),
      ).toBe("HK409");
      const lease = { p_account_id: sample.accountId, p_fence: fence };
      expect(await refusalOf(call(worker, "renew_lease", lease))).toBe("HK409");
      expect(await refusalOf(call(worker, "worker_open_session", lease))).toBe("HK409");
    });
  });

  it("resumes for the same holder after its process was woken again", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      expect(await claim(worker, target, "w1")).toMatchObject({ claimed: true, resumed: true, fence });
      expect(await claim(worker, target, "w2")).toMatchObject({ claimed: false, reason: "state:filling" });
    });
  });

  it("does not let a viewer or a stranger drive", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target } = await filling(database, sample);
      const tryAs = (user: string) =>
        refusalOf(asUser(database.admin, user, (sql) => claim(sql, target, "tab:x")));
      expect(await tryAs(sample.people.viewer)).toBe("HK403");
      expect(await tryAs(sample.people.stranger)).toBe("HK404");
    });
  });

  it("lets a person's browser take over what waits for a person", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      await transition(worker, target, fence, "filling", "needs_human", { state_reason: "captcha" });
      await call(worker, "release_lease", { p_account_id: sample.accountId, p_fence: fence });
      expect(await claim(worker, target, "w1")).toMatchObject({
        claimed: false,
        reason: "state:needs_human",
      });
      const taken = await asUser(database.admin, sample.people.operator, (sql) =>
        claim(sql, target, "tab:d1"),
      );
      expect(taken).toMatchObject({ claimed: true, target: { state: "claimed", driver: "tab" } });
    });
  });
});

describe("begin_submit", () => {
  it("says yes once to racing callers", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, fence } = await filling(database, sample);
      const workers = await Promise.all(Array.from({ length: 8 }, () => database.connect("worker")));
      const answers = await Promise.all(workers.map((worker) => permit(worker, target, fence)));
      expect(answers.filter(({ permitted }) => permitted)).toHaveLength(1);
      expect(await stateOf(database, target)).toBe("submitting");
    });
  });

  it("says no while an earlier submit of the operation is unresolved, and after one is confirmed", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      const put = (state: string) =>
        database.admin.query("update public.submit_fences set state = $2 where target_id = $1", [
          target,
          state,
        ]);
      for (const state of ["submitting", "unknown", "confirmed"]) {
        await put(state);
        expect(await permit(worker, target, fence)).toEqual({ permitted: false, reason: `fence:${state}` });
      }
      await put("intent");
      expect(await permit(worker, target, fence)).toEqual({ permitted: true });
    });
  });

  it("says yes again after a permit that was surely not used, and not while that is not said", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      const back = (patch: object) =>
        call(worker, "target_transition", {
          p_target_id: target, p_fence: fence, p_from: ["submitting"], p_to: "filling", p_patch: patch,
        }); // prettier-ignore
      expect(await permit(worker, target, fence)).toEqual({ permitted: true });
      await back({ submit_outcome: "absent" });
      expect(await permit(worker, target, fence)).toEqual({ permitted: true });
      await back({});
      expect(await permit(worker, target, fence)).toEqual({ permitted: false, reason: "fence:unknown" });
    });
  });

  it("says no when the lease ends too soon", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      await database.admin.query(
        "update public.account_leases set expires_at = now() + interval '10 seconds'",
      );
      expect(await permit(worker, target, fence)).toEqual({ permitted: false, reason: "lease_too_short" });
      await call(worker, "renew_lease", {
        p_account_id: sample.accountId,
        p_fence: fence,
        p_ttl_seconds: 90,
      });
      expect(await permit(worker, target, fence)).toEqual({ permitted: true });
    });
  });

  it("is the only way into submitting", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      expect(await refusalOf(transition(worker, target, fence, "filling", "submitting"))).toBe("HK409");
    });
  });
});

describe("unknown", () => {
  it("is tried again only when the listing is known to be absent, and under the same key", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence } = await filling(database, sample);
      await permit(worker, target, fence);
      await transition(worker, target, fence, "submitting", "unknown");
      const settle = await database.admin.query(
        "select task_identifier from graphile_worker.jobs where key = $1",
        [`settle:${target}`],
      );
      expect(settle.rows).toEqual([{ task_identifier: "settle_unknown" }]);
      expect(await refusalOf(transition(worker, target, fence, "unknown", "queued"))).toBe("HK409");
      await transition(worker, target, fence, "unknown", "queued", { submit_outcome: "absent" });
      const again = await claim(worker, target, "w1");
      await transition(worker, target, again.fence, "claimed", "filling");
      expect(await permit(worker, target, again.fence)).toEqual({ permitted: true });
    });
  });

  it("becomes done with a confirmed fence when the listing is found", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence, job } = await filling(database, sample);
      await permit(worker, target, fence);
      await transition(worker, target, fence, "submitting", "unknown");
      await call(worker, "record_listing", {
        p_target_id: target,
        p_fence: fence,
        p_listing: { external_id: "m9" },
      });
      await transition(worker, target, fence, "unknown", "done");
      const { rows } = await database.admin.query(
        "select state from public.submit_fences where target_id = $1",
        [target],
      );
      expect(rows).toEqual([{ state: "confirmed" }]);
      const status = await database.admin.query("select status from public.listing_jobs where id = $1", [
        job,
      ]);
      expect(status.rows).toEqual([{ status: "done" }]);
    });
  });

  it("is never retried blindly: retry_job looks first", async () => {
    await withDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const { target, worker, fence, job } = await filling(database, sample);
      await permit(worker, target, fence);
      await transition(worker, target, fence, "submitting", "needs_human", { state_reason: "unclear" });
      await asUser(database.admin, sample.people.operator, (sql) =>
        call(sql, "retry_job", { p_job_id: job }),
      );
      expect(await stateOf(database, target)).toBe("needs_human");
      const settled = await asUser(database.admin, sample.people.operator, (sql) =>
        call<{ state: string }>(sql, "settle_by_person", {
          p_target_id: target,
          p_posted: true,
          p_url: "https://x.test/1",
        }),
      );
      expect(settled.state).toBe("done");
    });
  });
});
