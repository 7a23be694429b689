/** A site that shows a login, captcha or block page is not pressed on by anybody else. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, withPostings, type PostingWorld } from "./posting-world.ts";

const ending = { code: "stop", stop: "captcha" } as const;

/** Asked for in tabs, with a fallback; a tab came, and met a stop page. */
const stoppedInTab = async (world: PostingWorld): Promise<string> => {
  const { id } = await world.post({ driver: "tab", fallbackAfterSeconds: 60 });
  const fence = await world.fill(id, "tab:d1/start-1", "operator");
  await world.must(id, { kind: "ask", fence, question: "stop", ending, candidates: [] }, "operator");
  await world.release(fence, "operator");
  return id;
};

describe("a stop page in a tab", () => {
  it("is never the cloud's to go on after, whatever the fallback said and however long it takes", async () => {
    await withPostings(async (world) => {
      const id = await stoppedInTab(world);
      for (const wait of [2 * MINUTE, HOUR, DAY]) {
        await world.clock.pass(wait);
        await world.sweep();
        expect(await world.entry(id)).toBeNull();
        expect(await world.claim(id)).toMatchObject({ claimed: false, reason: "state:needs_human" });
      }
    });
  });

  it("and answered with going on, it is the tab's again", async () => {
    await withPostings(async (world) => {
      const id = await stoppedInTab(world);
      await world.clock.pass(2 * MINUTE);
      await world.answer(id, 1, { kind: "go-on" });
      await world.clock.pass(2 * MINUTE);
      await world.sweep();
      expect(await world.entry(id)).toBeNull();
      expect(await world.claim(id)).toMatchObject({ claimed: false, reason: "not_yours" });
      expect(await world.claim(id, "tab:d1/start-1", "operator")).toMatchObject({ claimed: true });
    });
  });

  it("is the cloud's by a person's own hand only", async () => {
    await withPostings(async (world) => {
      const id = await stoppedInTab(world);
      await world.tell(id, { kind: "take-over", driver: "cloud" }, { who: "operator" });
      expect(await world.claim(id)).toMatchObject({ claimed: true, target: { driver: "cloud" } });
    });
  });
});
