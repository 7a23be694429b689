/** What the account's own list shows: rows that are held, rewritten, sold, or alike. */
import { describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { siteIds } from "#practice/sites.ts";
import { BESIDE, workingWorld, type Misfortune } from "../testing/working-world.ts";

const at = workingWorld({ scale: 0.05 });
const price = "45.00";

const failuresOf = async (accountId: string): Promise<number> => {
  const sql = "select failures from private.circuit_breakers where account_id = $1";
  const { rows } = await at.world.admin.query<{ failures: number }>(sql, [accountId]);
  return rows[0]?.failures ?? 0;
};

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
      await at.world.answer(post.targetId, answer);
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
});

describe.concurrent("before the press", BESIDE, () => {
  it("when the list cannot be read: nothing is pressed, no attempt is used up, it rests", async ({
    expect,
  }) => {
    const post = await at.post("craigslist", { faults: [["list-unreadable", { kind: "502" }]] });
    await post.toldEnding("list-unreadable");
    expect(await at.world.target(post.targetId)).toMatchObject({ attempt: 0, permits: 0, baseline: null });
    expect(await post.submits()).toBe(0);
    // What is asked of the account next comes less often, as where the site does not answer at all.
    await expect.poll(() => failuresOf(post.account.id), { timeout: 60_000 }).toBeGreaterThan(0);
  });

  it("when the person has one like it there, made by hand: asked once; said to be something else, it is posted beside it", async () => {
    const account = await at.world.freshAccount("facebook");
    const title = `${SAMPLES.jeans.title} by hand`;
    const [byHand] = await at.world.control.list("facebook", account.handle, [{ title, price }]);
    const post = await at.post("facebook", { account, title });
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
  });

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
  it("when both are posted and all is well: two listings, each its own", async () => {
    const account = await at.world.freshAccount("facebook");
    const title = `${SAMPLES.jeans.title} twin`;
    const [one, two] = [
      await at.post("facebook", { account, title }),
      await at.post("facebook", { account, title }),
    ];
    const ids = [await listingOf(one), await listingOf(two)];
    expect(new Set(ids).size).toBe(2);
    const listed = await one.listed();
    expect(listed.map(({ externalId }) => externalId).sort()).toEqual(ids.sort());
  });

  it("when the first one's answer is lost and its row does not show: the second waits for it, then both are posted", async () => {
    const account = await at.world.freshAccount("mercari");
    const title = `${SAMPLES.jeans.title} twin`;
    const faults: Misfortune[] = [["reply-lost"], ["lagging-active-list"]];
    const one = await at.post("mercari", { account, title, faults });
    await one.told("Submitted, the outcome is not known yet");
    const two = await at.post("mercari", { account, title });
    await two.toldEnding("waits-for-twin");
    expect(await at.world.target(two.targetId)).toMatchObject({ presses: 0, attempt: 0 });
    await one.release("lagging-active-list");
    const ids = [await listingOf(one), await listingOf(two)];
    expect(new Set(ids).size).toBe(2);
    expect(await one.submits()).toBe(2);
  });
});

/**
 * Its listing, once it is done. What looks like it and is asked about is said to be something else; what was denied before it
 * showed, and is asked about, is waited for.
 */
const listingOf = async (post: Awaited<ReturnType<typeof at.post>>): Promise<string | undefined> => {
  for (;;) {
    const target = await post.settled();
    const kind = target.question?.kind;
    if (kind === "alike") await at.world.answer(post.targetId, { kind: "another-thing" });
    else if (kind === "there") await at.world.answer(post.targetId, { kind: "wait" });
    else {
      expect(target).toMatchObject({ state: "done" });
      return target.listing?.externalId;
    }
  }
};
