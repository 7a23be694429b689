/**
 * Lists that show less than there is: rows not drawn, a filter left on, an old copy, another login's. Such a look can find;
 * what it does not show is not proved to be absent. Each begins with a press whose answer was lost.
 */
import { describe, expect, it } from "vitest";
import { siteIds, type SiteId } from "#practice/sites.ts";
import type { FaultOptions } from "#practice/control-client.ts";
import type { FaultName } from "#practice/server/fault-request.ts";
import { BESIDE, workingWorld, type Posted } from "../testing/working-world.ts";

const at = workingWorld();

/** The list goes wrong after the look before the press. */
const postThenStrike = async (site: SiteId, fault: FaultName, how?: FaultOptions): Promise<Posted> => {
  const post = await at.post(site, { faults: [["reply-lost"]] });
  await post.until("being filled", ({ state }) => state === "filling");
  await post.strike(fault, how);
  return post;
};
const expectFoundOnce = async (post: Posted): Promise<void> => {
  const done = await post.until("done", ({ state }) => state === "done");
  const [listing, ...more] = await post.listed();
  expect(more).toEqual([]);
  expect(done).toMatchObject({ presses: 1, listing: { externalId: listing?.externalId } });
  expect(await post.submits()).toBe(1);
};

describe.concurrent("a list that shows less than there is", BESIDE, () => {
  it.each([
    ["facebook", "partial-list"],
    ["mercari", "partial-list"],
    ["facebook", "filter-on"],
    ["mercari", "filter-on"],
  ] as const)("when %s's is such (%s): it denies nothing, found when it is whole", async (site, fault) => {
    const post = await postThenStrike(site, fault);
    await post.told("The list could not be read whole");
    expect(await at.world.target(post.targetId)).toMatchObject({ state: "unknown", absentAt: null });
    await post.release(fault);
    await post.lookNow();
    await expectFoundOnce(post);
  });

  it.each(siteIds)(
    "when %s shows the list as it was before the press: asked, not pressed again; shown as it is, found",
    async (site) => {
      const post = await postThenStrike(site, "stale-list");
      expect(await post.settled()).toMatchObject({
        state: "needs_human",
        question: { kind: "there", candidates: [] },
        presses: 1,
      });
      await post.release("stale-list");
      await at.world.answer(post.targetId, { kind: "not-there", again: true });
      await expectFoundOnce(post);
    },
  );

  it.each(siteIds)("when %s's copies disagree by turns: found by one that shows it", async (site) => {
    await expectFoundOnce(await postThenStrike(site, "flapping-list"));
  });

  /** Seen by nobody yet, and from now on every page is another person's. */
  const postThenSignInAnother = async (site: SiteId): Promise<Posted> => {
    const post = await at.post(site, { faults: [["reply-lost"], ["lagging-active-list"]] });
    await post.until("unknown", ({ state }) => state === "unknown");
    await post.strike("other-login", { as: "jonas", times: 50 });
    return post;
  };

  it("when mercari is signed in as somebody else by then: their list proves nothing, a person is asked", async () => {
    const post = await postThenSignInAnother("mercari");
    const asked = await post.until("asked", ({ question }) => question !== null);
    expect(asked).toMatchObject({ ending: { code: "wrong-login" }, presses: 1, absentAt: null });
    await post.release("other-login");
    await post.release("lagging-active-list");
    const { id: accountId, handle } = post.account;
    await at.world.connect("mercari", { accountId, handle, sessionVersion: 2 });
    await at.world.answer(post.targetId, { kind: "go-on" });
    await expectFoundOnce(post);
  });

  it("when facebook's login changes while the list is read: it is nobody's list, and denies nothing", async () => {
    const post = await postThenSignInAnother("facebook");
    await post.told("The list could not be read whole");
    expect(await at.world.target(post.targetId)).toMatchObject({ state: "unknown", absentAt: null });
    await post.release("other-login");
    await post.release("lagging-active-list");
    await post.lookNow();
    await expectFoundOnce(post);
  });
});
