/** What the account's own list shows, and what it does not: rows that are held, rewritten, sold, alike, or not drawn at all. */
import { describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { siteIds } from "#practice/sites.ts";
import { BESIDE, workingWorld, type Misfortune } from "../testing/working-world.ts";

const at = workingWorld({ scale: 0.05 });
const price = "45.00";

describe.concurrent("after the press", BESIDE, () => {
  it.each(siteIds)("when %s holds it for review and shows it so: done, as held", async (channel) => {
    const post = await at.post(channel, { faults: [["held-for-review", { shows: "review" }]] });
    expect(await post.settled()).toMatchObject({ state: "done", presses: 1, listing: { status: "held" } });
    expect(await post.listed()).toHaveLength(1);
  });

  it.each(siteIds)(
    "when %s said that it is posted and shows it nowhere: nobody is called for a day, nothing is pressed, found when it comes up",
    async (channel) => {
      const post = await at.post(channel, { faults: [["held-for-review", { shows: "nothing" }]] });
      await post.told("Looked, and not found", 3);
      const waiting = await at.world.target(post.targetId);
      expect(waiting).toMatchObject({ state: "unknown", ending: { code: "said-listed" }, presses: 1 });
      expect(waiting.decideBy - waiting.unsettledAt!).toBeGreaterThan(23 * 3_600_000);
      await post.release("held-for-review");
      await post.lookNow();
      expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
      expect(await post.submits()).toBe(1);
    },
  );

  const rewrites: [ChannelId, string, "censored" | "brand-prefix" | "cut"][] = [
    ["facebook", "a word of it is starred out", "censored"],
    ["facebook", "it is cut", "cut"],
    ["mercari", "a brand is put before it", "brand-prefix"],
    ["mercari", "it is cut", "cut"],
    ["craigslist", "a word of it is starred out", "censored"],
    ["craigslist", "it is cut", "cut"],
  ];
  it.each(rewrites)(
    "when %s loses its answer and shows the title otherwise (%s): one listing, found, or asked about with the row shown",
    async (channel, _, how) => {
      const faults: Misfortune[] = [["title-rewritten", { how }], ["reply-lost"]];
      const post = await at.post(channel, { faults });
      const target = await post.settled();
      const [listing] = await post.listed();
      expect(await post.submits()).toBe(1);
      if (how === "cut") {
        expect(target).toMatchObject({ state: "done", listing: { externalId: listing?.externalId } });
        return;
      }
      // A new row that nobody owns speaks against absence: what it is, a person sees.
      expect(target).toMatchObject({
        state: "needs_human",
        ending: { code: "unexplained-rows", count: 1 },
        question: { kind: "there", candidates: [{ externalId: listing?.externalId }] },
        presses: 1,
      });
      const answer = { kind: "is-it", externalId: listing!.externalId, url: null } as const;
      expect(await at.world.answer(post.targetId, answer)).toMatchObject({ ok: true });
      expect(await post.settled()).toMatchObject({ state: "done", listing: { by: "person" } });
    },
  );

  it.each(["facebook", "mercari"] as const)(
    "when it is sold on %s as soon as it is made, and the answer is lost: done, as sold; not posted again",
    async (channel) => {
      const post = await at.post(channel, { faults: [["sold-at-once", { status: "sold" }], ["reply-lost"]] });
      expect(await post.settled()).toMatchObject({ state: "done", presses: 1, listing: { status: "sold" } });
      const { rows } = await at.world.admin.query("select status from public.listings where item_id = $1", [
        post.item.id,
      ]);
      expect(rows).toEqual([{ status: "sold" }]);
      expect(await post.submits()).toBe(1);
    },
  );

  // A gateway's page in place of the list is in answer-lost.test.ts.
  const unreadable: [ChannelId, "skeleton" | "rows-renamed" | "empty-without-mark"][] = [
    ["facebook", "rows-renamed"],
    ["mercari", "skeleton"],
    ["craigslist", "empty-without-mark"],
  ];
  it.each(unreadable)(
    "when %s's list cannot be read (%s) and its answer was lost: no look denies it, found when it can be read",
    async (channel, kind) => {
      const post = await at.post(channel, { faults: [["reply-lost"]] });
      await post.until("pressing", ({ state }) => state === "filling");
      await post.strike("list-unreadable", { kind });
      await post.told("The list could not be read whole", 2);
      expect(await at.world.target(post.targetId)).toMatchObject({
        state: "unknown",
        absentAt: null,
        presses: 1,
      });
      await post.release("list-unreadable");
      await post.lookNow();
      expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
      expect(await post.submits()).toBe(1);
    },
  );
});

describe.concurrent("before the press", BESIDE, () => {
  it.each(siteIds)(
    "when %s's list cannot be read: nothing is pressed, no attempt is used up, it rests",
    async (channel) => {
      const faults: Misfortune[] = [["list-unreadable", { kind: "502" }]];
      const post = await at.post(channel, { faults });
      const resting = await post.until("resting", ({ ending }) => ending?.code === "list-unreadable");
      expect(resting).toMatchObject({ state: "queued", attempt: 0, permits: 0, baseline: null });
      expect(await post.submits()).toBe(0);
    },
  );

  it.each(siteIds)(
    "when the person has one like it on %s, made by hand: asked once; said to be something else, it is posted beside it",
    async (channel) => {
      const account = await at.world.freshAccount(channel);
      const title = `${SAMPLES.jeans.title} ${channel}`;
      const [byHand] = await at.world.control.list(channel, account.handle, [{ title, price }]);
      const post = await at.post(channel, { account, title });
      const asked = await post.settled();
      expect(asked).toMatchObject({
        state: "needs_human",
        question: { kind: "alike", candidates: [{ externalId: byHand?.externalId }] },
        permits: 0,
      });
      await at.world.answer(post.targetId, { kind: "another-thing" });
      const done = await post.settled();
      expect(done).toMatchObject({ state: "done", presses: 1, questions: 1 });
      expect(done.listing?.externalId).not.toBe(byHand?.externalId);
      expect(await post.listed()).toHaveLength(2);
    },
  );

  it("when that one is it: done, nothing is pressed", async () => {
    const account = await at.world.freshAccount("mercari");
    const title = `${SAMPLES.jeans.title} mine`;
    const [byHand] = await at.world.control.list("mercari", account.handle, [{ title, price }]);
    const post = await at.post("mercari", { account, title });
    await post.settled();
    await at.world.answer(post.targetId, { kind: "is-it", externalId: byHand!.externalId, url: null });
    expect(await post.settled()).toMatchObject({
      state: "done",
      presses: 0,
      ending: { code: "already-listed" },
    });
    expect(await post.submits()).toBe(0);
  });

  it("when an old one of the same title is sold: it is asked about, never taken for the new listing", async () => {
    const account = await at.world.freshAccount("mercari");
    const title = `${SAMPLES.jeans.title} relisted`;
    await at.world.control.list("mercari", account.handle, [{ title, price, status: "sold" }]);
    const post = await at.post("mercari", { account, title });
    expect(await post.settled()).toMatchObject({
      state: "needs_human",
      question: { kind: "alike" },
      permits: 0,
    });
    await at.world.answer(post.targetId, { kind: "another-thing" });
    expect(await post.settled()).toMatchObject({ state: "done", presses: 1 });
  });
});

describe.concurrent("twins: two items of one title and one price", BESIDE, () => {
  it.each(siteIds)(
    "when both are posted on %s and all is well: two listings, each its own",
    async (channel) => {
      const account = await at.world.freshAccount(channel);
      const title = `${SAMPLES.jeans.title} twin`;
      const [one, two] = [
        await at.post(channel, { account, title }),
        await at.post(channel, { account, title }),
      ];
      const ids = [await listingOf(one), await listingOf(two)];
      expect(new Set(ids).size).toBe(2);
      const listed = await one.listed();
      expect(listed.map(({ externalId }) => externalId).sort()).toEqual(ids.sort());
    },
  );

  it("when the first one's answer is lost and its row lags: the second waits for it, then both are posted", async () => {
    const account = await at.world.freshAccount("mercari");
    const title = `${SAMPLES.jeans.title} twin`;
    const faults: Misfortune[] = [["reply-lost"], ["lagging-active-list", { ms: 12_000 }]];
    const one = await at.post("mercari", { account, title, faults });
    await one.until("unclear", ({ state }) => state === "unknown");
    const two = await at.post("mercari", { account, title });
    const waiting = await two.until("waiting", ({ ending }) => ending?.code === "waits-for-twin");
    expect(waiting).toMatchObject({ presses: 0, attempt: 0 });
    const ids = [await listingOf(one), await listingOf(two)];
    expect(new Set(ids).size).toBe(2);
    expect(await one.submits()).toBe(2);
  });
});

/** Its listing, once it is done; what looks like it and is asked about is said to be something else. */
const listingOf = async (post: Awaited<ReturnType<typeof at.post>>): Promise<string | undefined> => {
  for (;;) {
    const target = await post.settled();
    if (target.question?.kind !== "alike") {
      expect(target).toMatchObject({ state: "done" });
      return target.listing?.externalId;
    }
    await at.world.answer(post.targetId, { kind: "another-thing" });
    await post.until("going on", ({ question }) => question?.number !== target.question?.number);
  }
};
