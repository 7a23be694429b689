/** The database was put back from a backup: what was open then may have been posted since. */
import { describe, expect, it } from "vitest";
import { asUser, call, refusalOf } from "../testing.ts";
import { HOUR, MINUTE, withPostings } from "./posting-world.ts";

describe("after_restore", () => {
  it("leaves all that was open unsettled, jumps the fences, and schedules nothing twice", async () => {
    await withPostings(async (world) => {
      const queued = await world.post();
      const asked = await world.post({ mode: "review" });
      const fence = await world.fill(asked.id);
      await world.must(asked.id, { kind: "ready", fence });
      await world.release(fence);
      const done = await world.post();
      await world.must(done.id, { kind: "found", externalId: "m1", url: null, by: "id" });
      const driven = await world.post();
      const before = await world.fill(driven.id);

      const { rows } = await world.database.admin.query("select public.after_restore() as open");
      expect(rows).toEqual([{ open: 3 }]);
      for (const { id } of [queued, asked, driven])
        expect(await world.posting(id)).toMatchObject({
          state: "unknown",
          fence: null,
          presses: 1,
          windowMs: HOUR,
          unsettledAt: world.clock.now(),
        });
      expect(await world.state(done.id)).toBe("done");
      const entries = await world.database.admin.query(
        "select key, count(*)::int as n from graphile_worker.jobs where attempts < max_attempts group by key having count(*) > 1",
      );
      expect(entries.rows).toEqual([]);
      expect(await world.tell(driven.id, world.permitEvent(before))).toMatchObject({ ok: false });
      const next = await world.claim(driven.id, "w9/1");
      expect(next.claimed).toBe(true);
      expect(Number(next.fence)).toBeGreaterThan(Number(before) + 1_000_000);
    });
  });

  it("presses nothing again by itself: a person is asked, and may say that it is not there", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.database.admin.query("select public.after_restore()");
      await world.clock.pass(HOUR + MINUTE);
      await world.sweep();
      const { state, question } = await world.posting(id);
      expect([state, question?.kind]).toEqual(["needs_human", "there"]);
      await world.clock.pass(MINUTE);
      await world.answer(id, question!.number, { kind: "not-there", again: true });
      expect(await world.posting(id)).toMatchObject({ state: "queued", consent: { kind: "again" } });
    });
  });

  it("is the database owner's to call", async () => {
    await withPostings(async (world) => {
      expect(await refusalOf(call(world.worker, "after_restore", {}))).toBe("42501");
      const asked = asUser(world.database.admin, world.small.people.owner, (sql) =>
        call(sql, "after_restore", {}),
      );
      expect(await refusalOf(asked)).toBe("42501");
    });
  });
});
