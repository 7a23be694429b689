import { describe, expect, it } from "vitest";
import { lamp as item } from "#core/item/testing/plain-item.ts";
import { isFinal, newPosting, rivalsAmong, waysOut, type Posting } from "#core/posting/index.ts";
import { handedOverPost, isToHandOver } from "./hand-over.ts";
import type { AccountRow, PostRow } from "./rows.ts";

const NOW = Date.parse("2026-06-01T00:00:00.000Z");
const account = {
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0009",
  platform: "mercari",
  loginId: "123",
  handle: "maria",
  localOnly: false,
} as AccountRow;

const begun = newPosting({ id: "p", itemId: item.id, driver: "tab", mode: "publish", at: NOW - 60_000 });
const pressed: Partial<Posting> = {
  state: "unknown",
  permits: 1,
  presses: 1,
  consent: null,
  unsettledAt: NOW - 30_000,
  baseline: ["m1"],
};
const post = (posting: Partial<Posting>, changes: Partial<PostRow> = {}): PostRow =>
  ({
    id: "one",
    itemId: item.id,
    item,
    platform: "mercari",
    accountId: "known-here-alone",
    login: { id: "123", name: "maria" },
    keeper: "browser",
    target: null,
    posting: { ...begun, ...posting },
    paused: false,
    ...changes,
  }) as PostRow;
const over = (posting: Partial<Posting>) => handedOverPost(post(posting), account, NOW);

describe("a login becomes known to the service", () => {
  it("what was pressed with a lost answer is told as pressed, and is looked for", () => {
    for (const state of ["submitting", "unknown"] as const) {
      const { post: after, tell } = over({ ...pressed, state, dismissed: ["m2"] });
      expect(tell).toMatchObject([{ kind: "pressed-by-person", baseline: ["m1", "m2"] }]);
      expect(after).toMatchObject({ keeper: "service", target: null, accountId: account.id });
      expect(after.posting).toMatchObject({ state: "unknown", presses: 1, consent: null });
      expect(rivalsAmong([after.posting], NOW)).toMatchObject([{ isUnclear: true }]);
    }
  });

  it("what the site named goes with it, and so does that it was to be cancelled", () => {
    const sign = { externalId: "m9", url: "https://www.mercari.com/us/item/m9/" };
    const { post: after, tell } = over({ ...pressed, sign, cancelAsked: true });
    expect(tell.map(({ kind }) => kind)).toEqual(["pressed-by-person", "said-listed", "cancel"]);
    expect(after.posting).toMatchObject({ state: "unknown", sign, cancelAsked: true });
  });

  it("an item that is listed there is known as listed", () => {
    const listing = { externalId: "m9", url: null, by: "person" as const, status: null };
    const done = { ...pressed, state: "done" as const, unsettledAt: null, listing };
    const { post: after, tell } = over(done);
    expect(isToHandOver(post(done), account)).toBe(true);
    expect(tell).toMatchObject([
      { kind: "pressed-by-person" },
      { kind: "found", externalId: "m9", by: "id" },
    ]);
    expect(after.posting).toMatchObject({ state: "done", listing: { externalId: "m9" } });
  });

  it("what was not pressed begins anew under the service, with nothing to tell", () => {
    for (const state of ["queued", "claimed", "filling"] as const) {
      const { post: after, tell } = over({ state, fence: 3, readingAt: NOW, filledAt: NOW });
      expect(tell).toEqual([]);
      expect(after.posting).toMatchObject({ state: "queued", fence: null, readingAt: null, filledAt: NOW });
    }
  });

  it("what was cancelled while it was filled is cancelled there too", () => {
    const { post: after, tell } = over({ state: "filling", fence: 3, cancelAsked: true });
    expect(tell).toEqual([{ kind: "cancel" }]);
    expect(after.posting.state).toBe("cancelled");
  });

  it("what waited for a person before a press waits still", () => {
    const asks = (kind: "ready" | "field"): Partial<Posting> => ({
      state: "needs_human",
      question: { number: 1, kind, askedAt: NOW, candidates: [] },
    });
    expect(over(asks("field")).post.paused).toBe(true);
    expect(over(asks("ready")).post.paused).toBe(false); // it is shown again
  });

  it("a press that was settled under a permit from here is no press of the service's", () => {
    const { posting } = over({ ...pressed, permits: 2 }).post;
    expect(posting).toMatchObject({ permits: 2, settledAttempts: 2 });
  });

  it("nothing of it is without a way out", () => {
    const states: Partial<Posting>[] = [pressed, { state: "filling" }, { state: "queued" }];
    for (const state of states) {
      const { posting } = over(state).post;
      expect(isFinal(posting) || waysOut(posting).length > 0).toBe(true);
    }
  });

  it("other logins, and what is over here, stay", () => {
    expect(isToHandOver(post({ state: "failed" }), account)).toBe(false);
    expect(isToHandOver(post({}, { login: { id: "456", name: "jonas" } }), account)).toBe(false);
    expect(isToHandOver(post({}, { login: null }), account)).toBe(false);
    expect(isToHandOver(post({}, { keeper: "service" }), account)).toBe(false);
    expect(isToHandOver(post({}), { ...account, localOnly: true })).toBe(false);
  });
});
