/**
 * Lists that show a new listing late. The window is what the marketplace's folder declares; where it is compressed, so is
 * the lag. One case of each site runs at full scale, because that is what sellers run.
 */
import { describe, expect, it } from "vitest";
import { AGREE_MS } from "#core/posting/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { siteIds } from "#practice/sites.ts";
import { BESIDE, workingWorld } from "../testing/working-world.ts";

const windowOf = (channel: (typeof siteIds)[number]) => MARKETPLACES[channel].account.settle.windowMs;

describe.concurrent("at full scale", BESIDE, () => {
  const at = workingWorld({ scale: 1, concurrency: 3 });

  it.each(siteIds)(
    "when %s loses its answer and its list shows the listing two seconds before its window ends: one listing",
    async (channel) => {
      const lag = windowOf(channel) - 2_000;
      const post = await at.post(channel, { faults: [["reply-lost"], ["lagging-active-list", { ms: lag }]] });
      const done = await post.settled();
      expect(done).toMatchObject({ state: "done", presses: 1, attempt: 0 });
      const [listing, ...more] = await post.listed();
      expect(more).toEqual([]);
      expect(done.listing?.externalId).toBe(listing?.externalId);
      expect(await post.submits()).toBe(1);
    },
  );
});

describe.concurrent("compressed, with the lag", BESIDE, () => {
  const SCALE = 0.05;
  const at = workingWorld({ scale: SCALE });

  const moments: [(typeof siteIds)[number], string, number][] = [
    ["facebook", "a second after its window", 1_000],
    ["mercari", "40 seconds after its window", 40_000],
    ["craigslist", "40 seconds after its window", 40_000],
  ];
  it.each(moments)("when %s shows it %s: found, one listing", async (channel, _, late) => {
    const lag = (windowOf(channel) + late) * SCALE;
    const post = await at.post(channel, { faults: [["reply-lost"], ["lagging-active-list", { ms: lag }]] });
    expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
    expect(await post.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(1);
  });

  it.each(siteIds)(
    "when %s shows it after both readings that deny it: asked, not pressed again; looked at again, found",
    async (channel) => {
      const post = await at.post(channel, { faults: [["reply-lost"], ["lagging-active-list"]] });
      const asked = await post.settled();
      expect(asked).toMatchObject({
        state: "needs_human",
        question: { kind: "there" },
        ending: { code: "not-found" },
        presses: 1,
      });
      expect(asked.question!.askedAt - asked.unsettledAt!).toBeGreaterThan(asked.windowMs + AGREE_MS);
      // A person who is wrong: the row that comes up meanwhile is found before anything is pressed.
      await post.release("lagging-active-list");
      await at.world.answer(post.targetId, { kind: "not-there", again: true });
      const done = await post.until("over again", ({ state }) => state === "done" || state === "failed");
      expect(done).toMatchObject({ state: "done", presses: 1 });
      expect(await post.listed()).toHaveLength(1);
      expect(await post.submits()).toBe(1);
    },
  );
});
