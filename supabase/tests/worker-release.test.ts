/** A worker's run that is over, however it ended, keeps nothing: the next one need not wait for a lease to lapse. */
import { describe, expect, it } from "vitest";
import { asAnon, call, refusalOf } from "../testing.ts";
import { fillEvent, HOUR, MINUTE, SECOND, withPostings, type PostingWorld } from "./posting-world.ts";

const release = (world: PostingWorld, holder: string): Promise<number> =>
  call(world.worker, "worker_release", { p_holder: holder });

const leases = async (world: PostingWorld): Promise<string[]> => {
  const { rows } = await world.database.admin.query<{ holder: string }>(
    "select holder from public.account_leases order by holder",
  );
  return rows.map(({ holder }) => holder);
};

describe("what a run of a worker holds", () => {
  it("is given back with it: what it left in the middle is queued, no attempt used, and claimed at once", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id, "w1/run-1");
      expect(await release(world, "w1/run-1")).toBe(1);
      expect(await leases(world)).toEqual([]);
      expect(await world.posting(id)).toMatchObject({
        state: "queued",
        fence: null,
        attempt: 0,
        presses: 0,
        ending: { code: "interrupted" },
      });
      expect((await world.entry(id))?.dueInMs).toBe(0);
      expect(await world.claim(id, "w2/run-1")).toMatchObject({ claimed: true, resumed: false });
      expect(await world.tell(id, fillEvent(fence))).toMatchObject({ ok: false, code: "stale-fence" });
    });
  });

  it("is given back also where it never heard that it got it", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.claim(id, "w1/run-1"); // its answer is lost
      expect(await release(world, "w1/run-1")).toBe(1);
      expect(await world.state(id)).toBe("queued");
    });
  });

  it("after the permit is looked for, not queued: it may have been pressed", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id, "w1/run-1");
      await world.must(id, world.permitEvent(fence));
      await release(world, "w1/run-1");
      expect(await world.posting(id)).toMatchObject({
        state: "unknown",
        fence: null,
        presses: 1,
        ending: { code: "no-answer" },
      });
      expect((await world.entry(id))?.dueInMs).toBe(3 * SECOND);
      expect(await world.claim(id, "w2/run-1")).toMatchObject({
        claimed: true,
        target: { state: "unknown" },
      });
    });
  });

  it("was cancelled meanwhile: then it ends as cancelled", async () => {
    await withPostings(async (world) => {
      const { id, job } = await world.post();
      await world.fill(id, "w1/run-1");
      await world.cancelJob(job);
      await release(world, "w1/run-1");
      expect(await world.state(id)).toBe("cancelled");
    });
  });

  it("is not what a run before it told to the end: that stays as it was told", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.fill(id, "w1/run-1");
      await world.must(id, { kind: "found", externalId: "m1", url: null, by: "id" });
      expect(await release(world, "w1/run-1")).toBe(1);
      expect(await world.state(id)).toBe("done");
      expect(await release(world, "w1/run-1")).toBe(0);
    });
  });

  it("may be several logins: all of them are free afterwards, and nobody else's is", async () => {
    await withPostings(async (world) => {
      const jonas = await world.connect({ handle: "jonas" });
      const petra = await world.connect({ handle: "petra" });
      const at = (accountId: string) => ({ targets: [{ accountId, platform: "mercari" }] });
      const [one, two] = [await world.post(), await world.post(at(jonas))];
      const other = await world.post(at(petra));
      for (const { id } of [one, two]) await world.claim(id, "w1/run-1");
      await world.claim(other.id, "w1/run-2");
      expect(await release(world, "w1/run-1")).toBe(2);
      expect(await leases(world)).toEqual(["w1/run-2"]);
      for (const { id } of [one, two]) expect(await world.state(id)).toBe("queued");
      expect(await world.state(other.id)).toBe("claimed");
    });
  });

  it("may be a login without a target, which it was only looking at", async () => {
    await withPostings(async (world) => {
      const lease = { p_account_id: world.small.accountId, p_holder: "w1/run-1" };
      await call(world.worker, "lease_account", lease);
      expect(await release(world, "w1/run-1")).toBe(1);
      expect(await leases(world)).toEqual([]);
    });
  });
});

describe("giving back", () => {
  it("wakes what waits for the account, and leaves what waits for its time", async () => {
    await withPostings(async (world) => {
      const [driven, waiting] = [await world.post(), await world.post()];
      const later = await world.post({ runAt: new Date(world.clock.now() + HOUR).toISOString() });
      const { fence } = await world.claim(driven.id, "w1/run-1");
      for (const { id } of [waiting, later]) await world.claim(id, "w2/run-1");
      expect((await world.entry(waiting.id))?.dueInMs).toBe(2 * MINUTE);
      await world.must(driven.id, { kind: "fail", fence, ending: { code: "item", message: "x" } });
      await release(world, "w1/run-1");
      expect((await world.entry(waiting.id))?.dueInMs).toBe(0);
      expect((await world.entry(later.id))?.dueInMs).toBe(HOUR);
    });
  });

  it("does nothing to a lease that another run took since", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.claim(id, "w1/run-1");
      await world.clock.pass(3 * MINUTE);
      await world.claim(id, "w2/run-1");
      expect(await release(world, "w1/run-1")).toBe(0);
      expect(await leases(world)).toEqual(["w2/run-1"]);
      expect(await world.state(id)).toBe("claimed");
    });
  });

  it("is the worker's alone: nobody else ends a run by its name", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.claim(id, "w1/run-1");
      const args = { p_holder: "w1/run-1" };
      for (const who of ["owner", "operator", "viewer", "stranger"] as const)
        expect([who, await refusalOf(world.as(who, (sql) => call(sql, "worker_release", args)))]).toEqual([
          who,
          "42501",
        ]);
      const anon = asAnon(world.database.admin, (sql) => call(sql, "worker_release", args));
      expect(await refusalOf(anon)).toBe("42501");
      expect(await leases(world)).toEqual(["w1/run-1"]);
      expect(await world.state(id)).toBe("claimed");
    });
  });

  it("waits for whoever is writing at the login, and gives back what that turned out to be", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id, "w1/run-1");
      const other = await world.database.connect("worker");
      await other.query("begin");
      const found = { kind: "found", externalId: "m1", url: null, by: "id" };
      await call(other, "posting_event", { p_target_id: id, p_event: found });
      const released = release(world, "w1/run-1");
      const waiting = "select from pg_locks where locktype = 'advisory' and not granted";
      await expect.poll(async () => (await world.database.admin.query(waiting)).rowCount).toBe(1);
      await other.query("commit");
      expect(await released).toBe(1);
      expect(await world.posting(id)).toMatchObject({ state: "done", fence });
    });
  });
});
