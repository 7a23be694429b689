/** What a killed worker, a closed browser or a lost queue entry left behind is put right, and somebody is called in time. */
import { describe, expect, it } from "vitest";
import { call } from "../testing.ts";
import { fillEvent, HOUR, MINUTE, SECOND, withPostings, type PostingWorld } from "./posting-world.ts";

const queued = (world: PostingWorld, sql: string, values: unknown[] = []) =>
  world.database.admin.query(`update graphile_worker._private_jobs ${sql}`, values);

/** A target that worker w1 drives, with its queue entry locked as Graphile Worker locks it. */
const driven = async (world: PostingWorld): Promise<{ id: string; fence: number }> => {
  const { id } = await world.post();
  await call(world.worker, "worker_heartbeat", { p_worker_id: "w1", p_pid: 4711 });
  await queued(world, "set locked_by = 'w1', locked_at = now(), attempts = 1 where key = $1", [id]);
  return { id, fence: await world.fill(id, "w1/slot-1") };
};
/** No heartbeat for so long. */
const die = (world: PostingWorld) => world.clock.pass(30 * SECOND);

describe("a worker", () => {
  it("that lives keeps what it drives", async () => {
    await withPostings(async (world) => {
      const { id } = await driven(world);
      await world.clock.pass(10 * SECOND);
      expect(await world.sweep()).toMatchObject({ dead: [], lapsed: 0, lost: 0 });
      expect(await world.state(id)).toBe("filling");
    });
  });

  it("that was killed gives its target back before the lease ends, with the queue entry free and no attempt used", async () => {
    await withPostings(async (world) => {
      const { id, fence } = await driven(world);
      await die(world);
      expect(await world.sweep()).toMatchObject({ dead: ["w1"], lapsed: 1 });
      expect(await world.posting(id)).toMatchObject({ state: "queued", fence: null, attempt: 0 });
      const { rows } = await world.database.admin.query(
        "select locked_by from graphile_worker.jobs where key = $1",
        [id],
      );
      expect(rows).toEqual([{ locked_by: null }]);
      // Another worker goes on at once; the first, should it wake up, is refused.
      const next = await world.claim(id, "w2/1");
      expect(next.claimed).toBe(true);
      expect(await world.tell(id, fillEvent(fence))).toMatchObject({ ok: false, code: "stale-fence" });
    });
  });

  it("that was killed after the permit left something unproven: it is looked for, not queued", async () => {
    await withPostings(async (world) => {
      const { id, fence } = await driven(world);
      await world.must(id, world.permitEvent(fence));
      await die(world);
      expect(await world.sweep()).toMatchObject({ lapsed: 1 });
      expect(await world.posting(id)).toMatchObject({ state: "unknown", presses: 1 });
      expect(await world.entry(id)).toMatchObject({ task: "run_target", dueInMs: 3 * SECOND });
    });
  });

  it("that was killed is buried once by two sweeps at the same time", async () => {
    await withPostings(async (world) => {
      await driven(world);
      await die(world);
      const second = await world.database.connect("worker");
      const swept = await Promise.all([world.sweep(), call<{ lapsed?: number }>(second, "sweep", {})]);
      expect(swept.map(({ lapsed }) => lapsed ?? 0).reduce((sum, one) => sum + one)).toBe(1);
    });
  });
});

describe("a queue entry", () => {
  it("that got lost is put back for what is due, and for what has to be looked for", async () => {
    await withPostings(async (world) => {
      const [waiting, unknown] = [await world.post(), await world.post()];
      await world.press(unknown.id);
      await world.database.admin.query("delete from graphile_worker._private_jobs");
      await world.clock.pass(20 * SECOND);
      expect(await world.sweep()).toMatchObject({ lost: 0 }); // it may only be late
      await world.clock.pass(20 * SECOND);
      expect(await world.sweep()).toMatchObject({ lost: 2 });
      for (const { id } of [waiting, unknown]) expect((await world.entry(id))?.dueInMs).toBe(0);
      expect(await world.sweep()).toMatchObject({ lost: 0 });
    });
  });

  it("that is spent is made anew: nothing is given up over an entry", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await queued(world, "set attempts = max_attempts where key = $1", [id]);
      await world.clock.pass(MINUTE);
      expect(await world.sweep()).toMatchObject({ lost: 1 });
      expect(await world.entry(id)).toMatchObject({ attempts: 0, dueInMs: 0 });
      expect(await world.state(id)).toBe("queued");
    });
  });

  it("whose last try is running is neither given up nor made anew", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await queued(world, "set attempts = max_attempts, locked_by = 'w1', locked_at = now() where key = $1", [
        id,
      ]);
      await world.clock.pass(MINUTE);
      expect(await world.sweep()).toMatchObject({ lost: 0 });
      expect(await world.state(id)).toBe("queued");
      const { rows } = await world.database.admin.query(
        "select count(*)::int as n from graphile_worker.jobs",
      );
      expect(rows).toEqual([{ n: 1 }]);
    });
  });

  it("is not made for what only a tab may drive, nor at an account the cloud may not use", async () => {
    await withPostings(async (world) => {
      const tab = await world.post({ driver: "tab" });
      const cloud = await world.post();
      await world.database.admin.query("update public.platform_accounts set cloud_allowed = false");
      await world.database.admin.query("delete from graphile_worker._private_jobs");
      await world.clock.pass(MINUTE);
      expect(await world.sweep()).toMatchObject({ lost: 0 });
      for (const { id } of [tab, cloud]) expect(await world.entry(id)).toBeNull();
    });
  });
});

describe("the hour", () => {
  it("calls somebody for what nobody came for, once", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ driver: "tab" });
      await world.clock.pass(HOUR);
      expect(await world.sweep()).toMatchObject({ asked: 1 });
      expect(await world.posting(id)).toMatchObject({
        state: "needs_human",
        question: { kind: "stuck", number: 1 },
        ending: { code: "nobody-came" },
      });
      await world.clock.pass(HOUR);
      expect(await world.sweep()).toMatchObject({ asked: 0 });
    });
  });

  it("of what waits its turn at a login that is served has not come, and hides nobody else's", async () => {
    await withPostings(async (world) => {
      const { admin } = world.database;
      const busy = await world.post();
      const quiet = await world.connect({ handle: "jonas" });
      await admin.query("update public.platform_accounts set cloud_allowed = false where id = $1", [quiet]);
      // Six hundred behind one another, all late, and older than the one that matters.
      await admin.query(
        `insert into public.job_targets (job_id, workspace_id, account_id, login_scope, platform, action, driver, mode, op_key, decide_by)
         select job_id, workspace_id, account_id, login_scope, platform, action, driver, mode, 'behind ' || n, decide_by - interval '1 minute'
         from public.job_targets, generate_series(1, 600) n where id = $1`,
        [busy.id],
      );
      const alone = await world.post({ driver: "tab", targets: [{ accountId: quiet, platform: "mercari" }] });
      await world.clock.pass(50 * MINUTE);
      await world.claim(busy.id);
      await world.clock.pass(11 * MINUTE);
      await world.sweep();
      expect(await world.state(alone.id)).toBe("needs_human");
      const { rows } = await admin.query(
        "select count(*)::int as waiting from public.job_targets where op_key like 'behind%' and state = 'queued'",
      );
      expect(rows).toEqual([{ waiting: 600 }]);
    });
  });
});

describe("the sweep", () => {
  it("never waits for a lock: what is somebody's comes up again", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.fill(id);
      await world.clock.pass(5 * MINUTE);
      const locks = {
        "its login": "select private.lock_login(login_scope) from public.job_targets where id = $1",
        "its row": "select from public.job_targets where id = $1 for update",
        "its job's tally":
          "select from private.job_tallies where job_id = (select job_id from public.job_targets where id = $1) for update",
        "its account":
          "select from public.platform_accounts where id = (select account_id from public.job_targets where id = $1) for no key update",
        "its lease":
          "select from public.account_leases where login_scope = (select login_scope from public.job_targets where id = $1) for update",
      };
      await world.worker.query("set lock_timeout = '2s'");
      for (const [what, text] of Object.entries(locks)) {
        const other = await world.database.connect();
        await other.query("begin");
        await other.query(text, [id]);
        const { lapsed } = await world.sweep(); // a wait would end in an error
        const isFree = what === "its account" || what === "its lease";
        expect([what, lapsed]).toEqual([what, isFree ? 1 : 0]);
        await other.query("rollback");
        if (isFree) await world.fill(id, `w/${what}`);
        if (isFree) await world.clock.pass(5 * MINUTE);
      }
      expect(await world.sweep()).toMatchObject({ lapsed: 1 });
      expect(await world.state(id)).toBe("queued");
    });
  });

  it("deletes what was told a month ago, and not before", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.fill(id);
      const told = async () =>
        (await world.database.admin.query("select from public.posting_events")).rowCount;
      expect(await told()).toBe(2);
      await world.database.admin.query("update public.posting_events set at = now() - interval '30 days'");
      await world.sweep();
      expect(await told()).toBe(2);
      await world.database.admin.query("update public.posting_events set at = now() - interval '32 days'");
      await world.sweep();
      expect(await told()).toBe(0);
    });
  });
});
