/** What says nothing about whether it is there: it leads to no second press, and to a person in time. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, withPostings } from "./posting-world.ts";

describe("the site's own word that it is listed", () => {
  it("outranks its list for a day, then a person is asked; nothing presses it again meanwhile", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence, { policy: { windowMs: MINUTE, absenceProves: true } }));
      await world.must(id, { kind: "said-listed", externalId: null, url: null });
      await world.release(fence);
      for (let look = 0; look < 20; look += 1) {
        await world.clock.pass(HOUR);
        await world.lookInVain(id);
        expect(await world.posting(id)).toMatchObject({ state: "unknown", presses: 1, consent: null });
      }
      await world.clock.pass(5 * HOUR);
      await world.lookInVain(id);
      expect(await world.posting(id)).toMatchObject({
        state: "needs_human",
        presses: 1,
        question: { kind: "there" },
        ending: { code: "said-listed" },
      });
    });
  });
});

describe("a list that could not be read whole", () => {
  it("proves nothing, however often: a person is called within the hour, and nothing is pressed again", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      const fence = await world.fill(id);
      await world.must(id, world.permitEvent(fence, { policy: { windowMs: MINUTE, absenceProves: true } }));
      await world.must(id, { kind: "pressed", attempt: 1 });
      await world.release(fence);
      for (let look = 0; look < 8; look += 1) {
        await world.clock.pass(5 * MINUTE);
        const claim = await world.claim(id);
        const why = "active: a page of the gateway";
        await world.must(id, { kind: "unreadable", fence: claim.fence, why, againInMs: MINUTE });
        await world.release(claim.fence);
        expect(await world.posting(id)).toMatchObject({ state: "unknown", presses: 1, absentAt: null });
      }
      await world.clock.pass(HOUR);
      await world.sweep();
      expect(await world.posting(id)).toMatchObject({
        state: "needs_human",
        question: { kind: "there" },
        ending: { code: "hour-over" },
      });
    });
  });
});

describe("an account that rests", () => {
  it("uses no attempt up, however often", async () => {
    await withPostings(async (world) => {
      const { id } = await world.post();
      for (let rest = 0; rest < 5; rest += 1) {
        const { fence } = await world.claim(id);
        const until = world.clock.now() + MINUTE;
        await world.must(id, {
          kind: "requeue",
          fence,
          ending: { code: "resting", until },
          inMs: MINUTE,
          usesAttempt: false,
        });
        await world.release(fence);
        await world.clock.pass(MINUTE);
      }
      expect(await world.posting(id)).toMatchObject({ state: "queued", attempt: 0 });
    });
  });
});
