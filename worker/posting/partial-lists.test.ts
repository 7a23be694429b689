/**
 * Lists that show less than there is: rows not drawn, a filter left on, no rows to be read, an old copy, another login's. Such a look can find;
 * what it does not show is not proved to be absent. Each begins with a press whose answer was lost.
 */
import { describe, expect, it } from "vitest";
import type { SiteId } from "#practice/sites.ts";
import type { FaultOptions } from "#practice/control-client.ts";
import type { FaultName } from "#practice/server/fault-request.ts";
import { heldForms } from "../testing/held-forms.ts";
import { BESIDE, workingWorld, type Misfortune, type Posted } from "../testing/working-world.ts";

const forms = heldForms();
const at = workingWorld({ change: forms.change });

/** The list goes wrong after the look before the press. */
const postThenStrike = async (site: SiteId, fault: FaultName, how?: FaultOptions): Promise<Posted> => {
  const post = await at.post(site, { faults: [["reply-lost"]] });
  await forms.read(post.targetId);
  await post.strike(fault, how);
  forms.begin(post.targetId);
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
  // A gateway's page in place of the list is in answer-lost.test.ts.
  it.each<[SiteId, FaultName, FaultOptions]>([
    ["facebook", "partial-list", {}],
    ["mercari", "partial-list", {}],
    ["facebook", "filter-on", {}],
    ["mercari", "filter-on", {}],
    ["facebook", "list-unreadable", { kind: "rows-renamed" }],
    ["mercari", "list-unreadable", { kind: "skeleton" }],
    ["craigslist", "list-unreadable", { kind: "empty-without-mark" }],
  ])("when %s's is such (%s, %j): it denies nothing, found when it is whole", async (site, fault, how) => {
    const post = await postThenStrike(site, fault, how);
    await post.told("The list could not be read whole", 2);
    expect(await at.world.target(post.targetId)).toMatchObject({ state: "unknown", absentAt: null });
    await post.release(fault);
    await post.lookNow();
    await expectFoundOnce(post);
  });

  it("when it is shown as it was before the press: asked, not pressed again; shown as it is, found", async () => {
    const post = await postThenStrike("facebook", "stale-list");
    expect(await post.settled()).toMatchObject({
      state: "needs_human",
      question: { kind: "there", candidates: [] },
      presses: 1,
    });
    await post.release("stale-list");
    await at.world.answer(post.targetId, { kind: "not-there", again: true });
    await expectFoundOnce(post);
  });

  it("when its copies disagree by turns: found by one that shows it", async () => {
    await expectFoundOnce(await postThenStrike("mercari", "flapping-list"));
  });

  /** Seen by nobody yet, and from now on every page is another person's. */
  const postThenSignInAnother = async (site: SiteId): Promise<Posted> => {
    const faults: Misfortune[] = [["reply-lost"], ["lagging-active-list"]];
    const post = await at.post(site, { faults });
    forms.begin(post.targetId);
    await post.told("Submitted, the outcome is not known yet");
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
