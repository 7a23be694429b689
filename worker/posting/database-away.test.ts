/** The database is cut off from the worker at every step of a posting, and comes back: it goes on by itself. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/index.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker, type RunningWorker } from "../start-worker.ts";
import { databaseLine, type DatabaseLine } from "../testing/database-line.ts";
import { startSellerWorld, type SellerWorld } from "../testing/seller-world.ts";
import { postAt, type Misfortune, type Posted } from "../testing/working-world.ts";
import type { Point } from "../worker-context.ts";

/** Nothing but a look later on can find it. */
const UNSEEN: readonly Misfortune[] = [["reply-lost"], ["lagging-active-list"]];

type Outage = [at: Point, channel: ChannelId, faults?: readonly Misfortune[]];
const OUTAGES: Outage[] = [
  ["claimed", "facebook"],
  ["looked", "mercari"],
  ["filling", "craigslist"],
  ["filled", "facebook"],
  ["permitted", "craigslist"],
  ["pressed", "facebook"],
  ["judged", "mercari"],
  ["recorded", "craigslist"],
  ["settling", "mercari", UNSEEN],
];
const SLOW = { timeout: 900_000 };
const posts = new Map<Outage, Posted>();
let world: SellerWorld;
let line: DatabaseLine;
let worker: RunningWorker;
/** Called at the first moment the worker reaches this point with a posting that went through nothing yet. */
let cutAt: { point: Point; reached: () => void } | null = null;

const reach = (point: Point, targetId: string): void => {
  const isEarlier = [...posts.values()].some((post) => post.targetId === targetId);
  if (point !== cutAt?.point || isEarlier) return;
  const { reached } = cutAt;
  cutAt = null;
  line.cut();
  reached();
};

/** One posting, the cut, and the mending once somebody has noticed it. */
const goThrough = async (outage: Outage): Promise<void> => {
  const [point, channel, faults = []] = outage;
  const cut = new Promise<void>((reached) => (cutAt = { point, reached }));
  const post = await postAt(world, channel, { faults });
  await cut;
  posts.set(outage, post);
  await line.missed();
  line.mend();
  if (faults === UNSEEN) await post.release("lagging-active-list");
};

beforeAll(async () => {
  world = await startSellerWorld();
  line = await databaseLine(world.stack.workerDatabaseUrl);
  const env = world.env({ DATABASE_URL: line.url, HAWKER_SETTLE_SCALE: "0.02", HAWKER_PULSE_MS: "1000" });
  worker = await startWorker(await createContext(env, createLog("silent"), reach), { concurrency: 4 });
  for (const outage of OUTAGES) await goThrough(outage);
}, SLOW.timeout);
afterAll(async () => {
  await worker?.drain("end of tests");
  await line?.close();
  await world?.close();
});

describe("when the database is cut off from the worker, and comes back", SLOW, () => {
  it.each(OUTAGES.map((outage) => [outage[0], outage[1], outage] as const))(
    "at '%s' on %s: it goes on by itself, no attempt is used up, one listing",
    async (_, __, outage) => {
      const post = posts.get(outage)!;
      const done = await post.settled();
      expect(done).toMatchObject({ state: "done", attempt: 0, presses: 1 });
      const [listing, ...more] = await post.listed();
      expect(more).toEqual([]);
      expect(done.listing?.externalId).toBe(listing?.externalId);
      expect(await post.submits()).toBe(1);
    },
  );

  it("when all is over: no lease is left", async () => {
    await Promise.all([...posts.values()].map((post) => post.settled()));
    const leases = async () => (await world.admin.query("select holder from public.account_leases")).rows;
    await expect.poll(leases, { timeout: 60_000 }).toEqual([]);
  });
});
