import { describe, expect, it } from "vitest";
import type { PostingEvent } from "#core/posting/index.ts";
import { call, refusalOf } from "../testing.ts";
import { fillEvent, HOUR, MINUTE, SECOND, withPostings } from "./posting-world.ts";

describe("the lease of a login", () => {
  it("is one holder's at a time, with a growing fence", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const { fence } = await world.claim(id, "w1/1");
      const take = (holder: string) =>
        call<{ held: boolean; fence: number }>(world.worker, "lease_account", {
          p_account_id: world.small.accountId,
          p_holder: holder,
        });
      expect(await take("w2/1")).toMatchObject({ held: false });
      // Not even the holder itself, for something else while its target runs.
      expect(await take("w1/1")).toMatchObject({ held: false });
      await world.release(fence);
      const next = await take("w2/1");
      expect(next.held).toBe(true);
      expect(Number(next.fence)).toBeGreaterThan(Number(fence));
    });
  });

  it("goes to one of many holders that claim at once", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const workers = await Promise.all(Array.from({ length: 6 }, () => world.database.connect("worker")));
      const claims = await Promise.all(
        workers.map((worker, at) =>
          call<{ claimed: boolean }>(worker, "claim_target", { p_target_id: id, p_holder: `w${at}/1` }),
        ),
      );
      expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
    });
  });

  it("refuses every decision of a stale fence", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.clock.pass(2 * MINUTE);
      const next = await world.claim(id, "w2/1");
      expect(next.claimed).toBe(true);
      const ending = { code: "unreachable", message: "x" } as const;
      const decisions: PostingEvent[] = [
        fillEvent(fence),
        { kind: "looked", fence, baseline: [] },
        { kind: "ready", fence },
        { kind: "requeue", fence, ending, inMs: 0, usesAttempt: true },
        { kind: "fail", fence, ending },
        { kind: "ask", fence, question: "stop", ending, candidates: [] },
        world.permitEvent(fence),
      ];
      for (const event of decisions) {
        const told = await world.tell(id, event);
        expect([event.kind, told.ok]).toEqual([event.kind, false]);
        expect(["stale-fence", "state"]).toContain(told.code); // nothing is filled yet under the new claim
      }
      expect(await refusalOf(world.renew(fence))).toBe("HK409");
      expect(await world.release(fence)).toBe(false);
      const open = { p_account_id: world.small.accountId, p_fence: fence };
      expect(await refusalOf(call(world.worker, "worker_open_session", open))).toBe("HK409");
      const report = { p_target_id: id, p_fence: fence, p_progress: { percent: 50, message: "x" } };
      expect(await call(world.worker, "report_progress", report)).toBe(false);
      expect(await world.posting(id)).toMatchObject({ state: "claimed", fence: next.fence });
    });
  });

  it("goes on for the same holder after its process was woken again", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.clock.pass(MINUTE);
      expect(await world.claim(id, "w1/1")).toMatchObject({ claimed: true, resumed: true, fence });
      expect(await world.claim(id, "w2/1")).toMatchObject({ claimed: false, reason: "account_busy" });
      await world.clock.pass(MINUTE + 50 * SECOND); // the claim renewed it
      expect(await world.tell(id, { kind: "ready", fence })).toMatchObject({ ok: true });
    });
  });

  it("is not renewed past the end of the run it is for", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      for (let minute = 0; minute < 14; minute += 1) {
        await world.clock.pass(MINUTE);
        await world.renew(fence);
      }
      const { expires_at } = await world.renew(fence);
      expect(Date.parse(expires_at) - world.clock.now()).toBe(MINUTE);
      await world.clock.pass(MINUTE);
      expect(await refusalOf(world.renew(fence))).toBe("HK409");
      expect(await world.claim(id, "w2/1")).toMatchObject({ claimed: true });
    });
  });

  it("is bounded for what has no target, too", async () => {
    await withPostings(async (world) => {
      const { fence } = await call<{ fence: number }>(world.worker, "lease_account", {
        p_account_id: world.small.accountId,
        p_holder: "w1/1",
      });
      for (let minute = 0; minute < 14; minute += 1) {
        await world.clock.pass(MINUTE);
        await world.renew(fence);
      }
      await world.clock.pass(MINUTE);
      expect(await refusalOf(world.renew(fence))).toBe("HK409");
    });
  });

  it("wants a holder with a name", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      expect(await refusalOf(world.claim(id, ""))).toBe("HK400");
      expect(await refusalOf(world.claim(id, "x".repeat(201)))).toBe("HK400");
    });
  });
});

describe("a lease that lapses in the middle", () => {
  it("is no dead end: queued, no attempt used, and the same browser claims it at once", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ driver: "tab" });
      const fence = await world.fill(id, "tab:d1/start-1", "operator");
      await world.clock.pass(6 * MINUTE); // the lid was closed
      expect(await world.tell(id, world.permitEvent(fence), { who: "operator" })).toMatchObject({
        ok: false,
        code: "stale-fence",
      });
      const again = await world.claim(id, "tab:d1/start-1", "operator");
      expect(again).toMatchObject({ claimed: true, resumed: false, target: { state: "claimed" } });
      expect(await world.posting(id)).toMatchObject({
        attempt: 0,
        presses: 0,
        ending: { code: "interrupted" },
      });
    });
  });

  it("ends the same way when the sweep comes first", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ driver: "tab" });
      await world.fill(id, "tab:d1/start-1", "operator");
      await world.clock.pass(6 * MINUTE);
      expect(await world.sweep()).toMatchObject({ lapsed: 1 });
      expect(await world.posting(id)).toMatchObject({ state: "queued", attempt: 0, fence: null });
      expect(await world.claim(id, "tab:d1/start-1", "operator")).toMatchObject({ claimed: true });
    });
  });

  it("keeps a restarted browser waiting to the lease's end and no longer", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post({ driver: "tab" });
      await world.fill(id, "tab:d1/start-1", "operator");
      const restarted = await world.claim(id, "tab:d1/start-2", "operator");
      expect(restarted).toMatchObject({ claimed: false, reason: "account_busy" });
      await world.clock.set(Date.parse(restarted.retry_at!));
      expect(await world.claim(id, "tab:d1/start-2", "operator")).toMatchObject({ claimed: true });
    });
  });

  it("refused before its time says how long to wait, by the one clock that counts", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      const ending = { code: "unreachable", message: "x" } as const;
      await world.must(id, { kind: "requeue", fence, ending, inMs: MINUTE, usesAttempt: false });
      await world.release(fence);
      await world.clock.pass(10 * SECOND);
      const early = await world.claim(id, "w2/1");
      expect(early).toMatchObject({ claimed: false, reason: "not_due" });
      expect(Date.parse(early.retry_at!) - Date.parse(early.at)).toBe(50 * SECOND);
    });
  });

  it("after the permit leaves it unproven, looked for by whoever comes", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence));
      await world.clock.pass(2 * MINUTE);
      expect(await world.claim(id, "w2/1")).toMatchObject({ claimed: true, target: { state: "unknown" } });
      expect(await world.posting(id)).toMatchObject({ presses: 1, ending: { code: "no-answer" } });
    });
  });

  it("after a permit for posting once more that was given back is no dead end either", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      await world.pressInVain(id);
      await world.answer(id, 1, { kind: "not-there", again: true });
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence));
      await world.must(id, { kind: "unpressed", attempt: 2, fence });
      await world.clock.pass(6 * MINUTE);
      await world.sweep();
      expect(await world.claim(id)).toMatchObject({ claimed: true, target: { state: "claimed" } });
    });
  });
});

describe("who waits for an account", () => {
  it("comes when the lease is given back, not when it would have ended", async () => {
    await withPostings(async (world) => {
      const [first, second] = [await world.post(), await world.post()];
      const { fence } = await world.claim(first.id, "w1/1");
      expect(await world.claim(second.id, "w2/1")).toMatchObject({ claimed: false, reason: "account_busy" });
      expect((await world.entry(second.id))?.dueInMs).toBe(2 * MINUTE);
      await world.release(fence);
      expect((await world.entry(second.id))?.dueInMs).toBe(0);
    });
  });

  it("hears of a lease given back while its own refusal is being written", async () => {
    await withPostings(async (world) => {
      const [first, second] = [await world.post(), await world.post()];
      const { fence } = await world.claim(first.id, "w1/1");
      const other = await world.database.connect("worker");
      await other.query("begin");
      await call(other, "claim_target", { p_target_id: second.id, p_holder: "w2/1" });
      const released = world.release(fence);
      await expect
        .poll(
          async () =>
            (
              await world.database.admin.query(
                "select from pg_locks where locktype = 'advisory' and not granted",
              )
            ).rowCount,
        )
        .toBe(1);
      await other.query("commit");
      expect(await released).toBe(true);
      expect((await world.entry(second.id))?.dueInMs).toBe(0);
    });
  });

  it("keeps its priority, and the more urgent goes first", async () => {
    await withPostings(async (world) => {
      const driven = await world.post();
      const calm = await world.post({ priority: 5 });
      const urgent = await world.post({ priority: -5 });
      const { fence } = await world.claim(driven.id, "w1/1");
      for (const one of [calm, urgent]) await world.claim(one.id, `w/${one.id}`);
      expect(await world.entry(urgent.id)).toMatchObject({ priority: -5, dueInMs: 2 * MINUTE });
      expect(await world.entry(calm.id)).toMatchObject({ priority: 5, dueInMs: 2 * MINUTE });
      await world.release(fence);
      expect(await world.entry(urgent.id)).toMatchObject({ priority: -5, dueInMs: 0 });
      expect(await world.entry(calm.id)).toMatchObject({ dueInMs: 2 * MINUTE });
    });
  });

  it("is not what is only scheduled for later: a lease given back changes nothing there", async () => {
    await withPostings(async (world) => {
      const later = await world.post({ runAt: new Date(world.clock.now() + HOUR).toISOString() });
      const { id } = await world.post();
      const { fence } = await world.claim(id);
      expect(await world.claim(later.id, "w2/1")).toMatchObject({ claimed: false });
      await world.release(fence);
      expect((await world.entry(later.id))?.dueInMs).toBe(HOUR);
    });
  });
});
