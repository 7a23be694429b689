/** Posts on sites that behave, by a real worker: what a seller gets when nothing goes wrong. */
import exifr from "exifr";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import type { LedgerPhoto } from "#practice/ledger-entry.ts";
import { siteIds } from "#practice/sites.ts";
import { findCanaries } from "../testing/canary.ts";
import { makePhoto } from "../testing/photos.ts";
import { OVER } from "../testing/targets.ts";
import { workingWorld } from "../testing/working-world.ts";

const at = workingWorld();

const colourOf = async (file: Uint8Array) => [...(await sharp(file).rotate().resize(1, 1).raw().toBuffer())];
const shapeOf = ({ width, height, orientation, exifGps }: LedgerPhoto) => [
  width > height,
  orientation,
  exifGps,
];

const expectSame = async (sent: readonly LedgerPhoto[], originals: readonly Buffer[]): Promise<void> => {
  for (const [index, { sha256 }] of sent.entries()) {
    const bytes = await at.world.control.photo(sha256);
    expect(await exifr.gps(Buffer.from(bytes))).toBeUndefined();
    const [want, got] = [await colourOf(originals[index]!), await colourOf(bytes)];
    want.forEach((channel, part) => expect(Math.abs(channel - got[part]!)).toBeLessThan(12));
  }
};

describe("a post in publish mode", () => {
  it("when all is well: one listing on each of three sites, photos in order, upright and without a place", async () => {
    const photos = [
      await makePhoto(11, { orientation: 6, gps: true }),
      await makePhoto(12),
      await makePhoto(13, { orientation: 3 }),
    ];
    const { world } = at;
    const item = await world.item(SAMPLES["denim-jacket"], { photos });
    const accounts = await Promise.all(siteIds.map((site) => world.freshAccount(site)));
    const { targetIds } = await world.createJob(item, accounts);
    const targets = await world.waitFor(targetIds, OVER);
    expect(targets.map(({ state, ending, presses }) => [state, ending, presses])).toEqual(
      siteIds.map(() => ["done", null, 1]),
    );
    const listings = await world.listed(item.title);
    expect(listings.map(({ site }) => site).sort()).toEqual([...siteIds].sort());
    for (const listing of listings) {
      expect(listing.photos.map(shapeOf)).toEqual([
        [false, null, false],
        [true, null, false],
        [true, null, false],
      ]);
      await expectSame(listing.photos, photos);
    }
    const recorded = await world.admin.query<{ external_id: string }>(
      "select external_id from public.listings where item_id = $1",
      [item.id],
    );
    const ids = listings.map(({ externalId }) => externalId);
    expect(recorded.rows.map(({ external_id: id }) => id).sort()).toEqual(ids.sort());
    for (const { id } of targets)
      expect(await world.events(id)).toEqual(expect.arrayContaining(["Queued", "Submitting", "Done"]));
  });

  it("when the item cannot be listed there: it fails at once with the marketplace's sentence, without a browser", async () => {
    const post = await at.post("mercari", { sample: { ...SAMPLES.jeans, category: null } });
    const target = await post.settled();
    expect(target).toMatchObject({ state: "failed", attempt: 0, ending: { code: "item" } });
    expect(target.reason).toMatch(/category/i);
  });

  it("when the same item is asked for again on purpose: a second listing; by accident: refused, naming the first", async () => {
    const first = await at.post("craigslist");
    expect(await first.settled()).toMatchObject({ state: "done" });
    const { item, account } = first;
    await expect(at.world.createJob(item, [account])).rejects.toThrow("already listed at this account");
    const edited = { ...item, description: `${item.description} Edited.` };
    await expect(at.world.createJob(edited, [account])).rejects.toThrow("already listed at this account");
    const again = await at.post("craigslist", { item, account, again: true });
    expect(await again.settled()).toMatchObject({ state: "done" });
    expect(await first.listed()).toHaveLength(2);
    const [one, two] = [await at.world.target(first.targetId), await at.world.target(again.targetId)];
    expect(one.listing?.externalId).not.toBe(two.listing?.externalId);
  });
});

describe("a post in review mode", () => {
  it("when it is filled: nothing is submitted, it is asked; after Publish it is posted once, and what was shown", async () => {
    const post = await at.post("mercari", { mode: "review" });
    const ready = await post.settled();
    expect(ready).toMatchObject({
      state: "needs_human",
      question: { kind: "ready" },
      presses: 0,
      permits: 0,
    });
    expect(ready.report).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({ id: "title", status: "done", verified: true }),
      ]),
    });
    expect(await post.submits()).toBe(0);
    await at.world.answer(post.targetId, { kind: "publish", hash: null });
    expect(await post.until("done", ({ state }) => state === "done")).toMatchObject({ presses: 1 });
    expect(await post.listed()).toHaveLength(1);
  });

  it("when what was shown is not what would be published by now: it is asked again, nothing is submitted", async () => {
    const post = await at.post("craigslist", { mode: "review" });
    await post.settled();
    await at.world.answer(post.targetId, { kind: "publish", hash: "of something else" });
    expect(await post.settled()).toMatchObject({ question: { kind: "ready", number: 2 }, presses: 0 });
    expect(await post.submits()).toBe(0);
  });
});

describe("cookies", () => {
  it("when everything above ran: no value of any session is in a table or a log line", async () => {
    expect(at.logged().split("\n").length).toBeGreaterThan(50);
    expect(await findCanaries(at.world, { log: at.logged() })).toEqual([]);
  });
});
