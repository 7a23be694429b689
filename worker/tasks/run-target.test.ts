import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import exifr from "exifr";
import sharp from "sharp";
import type { ChannelId } from "#core/marketplace/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker, type RunningWorker } from "../start-worker.ts";
import { findCanaries } from "../testing/canary.ts";
import { makePhoto, startSellerWorld, type Connected, type SellerWorld } from "../testing/seller-world.ts";

const SETTLED = ["done", "needs_human", "failed", "cancelled"];

let world: SellerWorld;
let worker: RunningWorker;
const logged: string[] = [];
const accounts = {} as Record<ChannelId, Connected>;
let versions = 1;

beforeAll(async () => {
  world = await startSellerWorld();
  const context = await createContext(
    world.env({ HAWKER_SETTLE_SCALE: "0.02" }),
    createLog("trace", { write: (line) => void logged.push(line) }),
  );
  worker = await startWorker(context, { concurrency: 3 });
  for (const channel of ["facebook", "mercari", "craigslist"] as const)
    accounts[channel] = await world.connect(channel);
});
afterAll(async () => {
  await worker.drain("end of tests");
  await world.close();
});
afterEach(async () => {
  await world.control.release();
});

const reconnect = async (channel: ChannelId) => {
  versions += 1;
  accounts[channel] = await world.connect(channel, {
    accountId: accounts[channel].id,
    sessionVersion: versions,
  });
};
const post = async (
  channels: ChannelId[],
  options: Parameters<SellerWorld["createJob"]>[2] & { photos?: Buffer[] } = {},
) => {
  const item = await world.item(SAMPLES["denim-jacket"], options.photos ? { photos: options.photos } : {});
  const job = await world.createJob(
    item,
    channels.map((channel) => accounts[channel]),
    options,
  );
  return { item, ...job, settled: (ms?: number) => world.waitFor(job.targetIds, SETTLED, ms) };
};
const listed = async (title: string) =>
  (await world.control.ledger()).listings.filter(
    ({ fields }) => (fields["title"] ?? fields["PostingTitle"]) === title,
  );
const health = async (channel: ChannelId) =>
  (
    await world.admin.query<{ status: string }>("select status from public.platform_accounts where id = $1", [
      accounts[channel].id,
    ])
  ).rows[0]?.status;

describe("run_target", () => {
  it("when all is well: one listing on each of three sites, photos in order, upright and without a place", async () => {
    const photos = [
      await makePhoto(11, { orientation: 6, gps: true }),
      await makePhoto(12),
      await makePhoto(13, { orientation: 3 }),
    ];
    const { item, targetIds, settled } = await post(["facebook", "mercari", "craigslist"], { photos });
    const targets = await settled();
    expect(targets.map(({ state, reason }) => [state, reason])).toEqual([
      ["done", null],
      ["done", null],
      ["done", null],
    ]);
    const listings = await listed(item.title);
    expect(listings.map(({ site }) => site).sort()).toEqual(["craigslist", "facebook", "mercari"]);
    const colour = async (file: Uint8Array) => [
      ...(await sharp(file).rotate().resize(1, 1).raw().toBuffer()),
    ];
    for (const listing of listings) {
      expect(listing.photos.map(({ width, height, orientation, exifGps }) => [width > height, orientation, exifGps])).toEqual([
        [false, null, false], [true, null, false], [true, null, false],
      ]); // prettier-ignore
      for (const [index, photo] of listing.photos.entries()) {
        const sent = await world.control.photo(photo.sha256);
        expect(await exifr.gps(Buffer.from(sent))).toBeUndefined();
        const [want, got] = [await colour(photos[index]!), await colour(sent)];
        want.forEach((channel, at) => expect(Math.abs(channel - got[at]!)).toBeLessThan(12));
      }
    }
    const rows = await world.admin.query<{ external_id: string; item_id: string }>(
      "select external_id, item_id from public.listings where item_id = $1",
      [item.id],
    );
    expect(rows.rows.map(({ external_id }) => external_id).sort()).toEqual(
      listings.map(({ externalId }) => externalId).sort(),
    );
    expect(await world.events(targetIds[0]!)).toEqual(
      expect.arrayContaining(["Queued", "Submitting", "Done"]),
    );
  });

  it("when the mode is review: fills, submits nothing and hands over", async () => {
    const { item, settled } = await post(["mercari"], { mode: "review" });
    const [target] = await settled();
    expect(target).toMatchObject({
      state: "needs_human",
      reason: expect.stringContaining("Ready to publish"),
    });
    expect(target?.report).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({ id: "title", status: "done", verified: true }),
      ]),
    });
    expect(await listed(item.title)).toEqual([]);
  });

  it("when the same item is listed again on purpose: a second listing; by accident: none", async () => {
    const { item, settled } = await post(["craigslist"]);
    await settled();
    const again = await world.createJob(item, [accounts.craigslist], { again: true });
    expect(await world.waitFor(again.targetIds, SETTLED)).toMatchObject([{ state: "done" }]);
    expect(await listed(item.title)).toHaveLength(2);
    // Another revision of the same item, looking the same in the list: it is there already.
    const edited = await world.createJob({ ...item, description: `${item.description} Edited.` }, [
      accounts.craigslist,
    ]);
    expect(await world.waitFor(edited.targetIds, SETTLED)).toMatchObject([
      { state: "done", reason: "was already listed" },
    ]);
    expect(await listed(item.title)).toHaveLength(2);
  });

  it("when the item cannot be listed there: fails at once with the marketplace's sentence, without a browser", async () => {
    const item = await world.item({ ...SAMPLES["denim-jacket"], category: null });
    const job = await world.createJob(item, [accounts.mercari]);
    const [target] = await world.waitFor(job.targetIds, SETTLED);
    expect(target).toMatchObject({ state: "failed", attempt: 1 });
    expect(target?.reason).toMatch(/category/i);
  });

  it.each([
    ["facebook", "captcha", "load", "needs_human", /captcha/],
    ["mercari", "block", "load", "blocked", /blocked/],
    ["craigslist", "session-expired", "load", "expired", /log in/i],
    ["mercari", "limit-reached", undefined, "connected", /as much as it allows/],
  ] as const)(
    "when %s shows %s: a person is needed, nothing is tried again",
    async (channel, fault, at, status, reason) => {
      await world.control.fault(channel, fault, { times: 20, ...(at ? { at } : {}) });
      const { item, settled } = await post([channel]);
      const [target] = await settled();
      expect(target).toMatchObject({ state: "needs_human", attempt: 1 });
      expect(target?.reason).toMatch(reason);
      expect(await health(channel)).toBe(status);
      expect(await listed(item.title)).toEqual([]);
      await world.control.release();
      await reconnect(channel);
    },
  );

  it.each([
    ["mercari", "500-after-commit"],
    ["craigslist", "reply-lost"],
    ["facebook", "reply-lost"],
    ["mercari", "reply-lost"],
  ] as const)(
    "when %s commits and the answer is lost (%s): exactly one listing, found again",
    async (channel, fault) => {
      await world.control.fault(channel, fault);
      const { item, settled } = await post([channel]);
      expect(await settled()).toMatchObject([{ state: "done" }]);
      expect(await listed(item.title)).toHaveLength(1);
    },
  );

  it("when the site's list lags behind: the listing is waited for, not made again", async () => {
    await world.control.fault("mercari", "lagging-active-list", { ms: 1500 });
    const { item, targetIds, settled } = await post(["mercari"]);
    expect(await settled()).toMatchObject([{ state: "done" }]);
    expect(await world.events(targetIds[0]!)).toEqual(
      expect.arrayContaining([expect.stringContaining("the answer is not known yet")]),
    );
    expect(await listed(item.title)).toHaveLength(1);
  });

  it("when the browser dies in the middle: tried again, one listing", async () => {
    const { item, targetIds, settled } = await post(["craigslist"]);
    await expect
      .poll(() => world.events(targetIds[0]!), { timeout: 30_000 })
      .toContain("type of posting: done");
    await worker.context.browsers.closeAll();
    expect(await settled()).toMatchObject([{ state: "done", attempt: 2 }]);
    expect(await listed(item.title)).toHaveLength(1);
  });
});

describe("a session that is not what its row says", () => {
  const verify = async (account: Connected) => {
    const item = await world.item(SAMPLES["denim-jacket"]);
    const job = await world.createJob(item, [account]);
    const [target] = await world.waitFor(job.targetIds, SETTLED);
    expect(await listed(item.title)).toEqual([]);
    return target;
  };
  const sealedOf = async (id: string) =>
    (
      await world.admin.query<{ sealed: unknown; meta: unknown; version: number; consent: string }>(
        "select session_payload_encrypted as sealed, session_meta as meta, session_version as version, consent_id as consent from public.platform_accounts where id = $1",
        [id],
      )
    ).rows[0]!;
  const store = (id: string, row: Awaited<ReturnType<typeof sealedOf>>) =>
    world.admin.query(
      "update public.platform_accounts set session_payload_encrypted = $2, session_meta = $3, session_version = $4, consent_id = $5 where id = $1",
      [id, row.sealed, row.meta, row.version, row.consent],
    );

  it("when somebody else's session was planted: refused before anything is done", async () => {
    const planted = await world.connect("facebook", { handle: "jonas", loginAs: "maria" });
    const target = await verify(planted);
    expect(target).toMatchObject({
      state: "needs_human",
      reason: expect.stringContaining("signed in as someone else"),
    });
  });

  it("when two rows were swapped: neither opens", async () => {
    const jonas = await world.connect("mercari", { handle: "jonas" });
    const [his, hers] = [await sealedOf(jonas.id), await sealedOf(accounts.mercari.id)];
    await store(jonas.id, { ...his, sealed: hers.sealed });
    expect(await verify(jonas)).toMatchObject({
      state: "needs_human",
      reason: expect.stringContaining("Connect this account again"),
    });
    await store(jonas.id, { ...hers });
    expect(await verify(jonas)).toMatchObject({
      state: "needs_human",
      reason: expect.stringContaining("Connect this account again"),
    });
    const audit = await world.admin.query(
      "select 1 from public.audit_log where action = 'session.refused' and subject_id = $1",
      [jonas.id],
    );
    expect(audit.rowCount).toBe(2);
  });

  it("when yesterday's row was put back: refused, because a newer one was seen", async () => {
    const jonas = await world.connect("craigslist", { handle: "jonas" });
    const yesterday = await sealedOf(jonas.id);
    await world.connect("craigslist", { handle: "jonas", accountId: jonas.id, sessionVersion: 2 });
    const item = await world.item(SAMPLES["denim-jacket"]);
    const job = await world.createJob(item, [jonas]);
    expect(await world.waitFor(job.targetIds, SETTLED)).toMatchObject([{ state: "done" }]);
    await store(jonas.id, yesterday);
    expect(await verify(jonas)).toMatchObject({
      state: "needs_human",
      reason: expect.stringContaining("older than one already used"),
    });
  });
});

describe("verify_account", () => {
  it("when the session is live: connected; when it has ended: expired, and the seller is told", async () => {
    const item = await world.item(SAMPLES["denim-jacket"]);
    const job = await world.createJob(item, [accounts.facebook], { action: "verify" });
    expect(await world.waitFor(job.targetIds, SETTLED)).toMatchObject([{ state: "done" }]);
    expect(await health("facebook")).toBe("connected");
    await world.control.fault("facebook", "session-expired", { times: 20 });
    const second = await world.createJob(item, [accounts.facebook], { action: "verify" });
    expect(await world.waitFor(second.targetIds, SETTLED)).toMatchObject([
      { state: "needs_human", reason: expect.stringMatching(/log in/i) },
    ]);
    expect(await health("facebook")).toBe("expired");
  });
});

describe("cookies", () => {
  it("when everything above ran: no value of any session is in a table or a log line", async () => {
    expect(logged.length).toBeGreaterThan(50);
    expect(await findCanaries(world, { log: logged.join("") })).toEqual([]);
  });
});
