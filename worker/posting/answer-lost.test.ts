/** The press went out, and what came back says nothing, or nothing came: found again, asked about, never pressed again. */
import { describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/index.ts";
import { siteIds } from "#practice/sites.ts";
import { BESIDE, workingWorld, type Misfortune } from "../testing/working-world.ts";

const at = workingWorld({ scale: 0.05 });

describe.concurrent("an answer that gets lost", BESIDE, () => {
  const afterCommit = siteIds.flatMap((site): [ChannelId, string, Misfortune][] => [
    [site, "a reply lost", ["reply-lost"]],
    [site, "an error", ["500-after-commit"]],
    [site, "a reply after the patience is over", ["reply-late", { ms: 20_000 }]],
  ]);
  it.each(afterCommit)(
    "when %s made the listing and answers with %s: one listing, found by its row",
    async (channel, _, fault) => {
      const post = await at.post(channel, { faults: [fault] });
      expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
      expect(await post.listed()).toHaveLength(1);
      expect(await post.submits()).toBe(1);
    },
  );

  it.each(siteIds)(
    "when %s made the listing and is down from then on (502): looked for until it is up again, then found",
    async (channel) => {
      const post = await at.post(channel, { faults: [["502-after-commit"]] });
      await post.told("The list could not be read whole");
      const away = await at.world.target(post.targetId);
      expect(away).toMatchObject({ state: "unknown", presses: 1, absentAt: null });
      await post.release("site-down");
      await post.lookNow();
      expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
      expect(await post.listed()).toHaveLength(1);
      expect(await post.submits()).toBe(1);
    },
  );

  it("when the site lost the request and makes the listing a while later: waited for, one listing", async () => {
    const post = await at.post("facebook", { faults: [["late-commit", { ms: 9_000 }]] });
    expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
    expect(await post.listed()).toHaveLength(1);
  });

  // A listing that each site only hides, and so much is asked about alike, is in lag.test.ts.
  it("when the site lost the request and makes nothing of it: two readings after the window, then a person is asked", async () => {
    const post = await at.post("mercari", { faults: [["late-commit"]] });
    const asked = await post.settled();
    expect(asked).toMatchObject({
      state: "needs_human",
      question: { kind: "there", candidates: [] },
      ending: { code: "not-found" },
      presses: 1,
      attempt: 0,
    });
    expect(asked.question!.askedAt).toBeGreaterThan(asked.unsettledAt! + asked.windowMs);
    expect(asked.claimedAt! - asked.absentAt!).toBeGreaterThanOrEqual(30_000);
    expect(await post.listed()).toEqual([]);
  });
});
