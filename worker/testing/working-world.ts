/** A seller's world with a worker at work in this process: what most tests of a posting begin with. */
import { afterAll, beforeAll } from "vitest";
import type { Item } from "#core/item/index.ts";
import type { ChannelId } from "#core/marketplace/index.ts";
import type { Ending } from "#core/posting/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import type { FaultOptions } from "#practice/control-client.ts";
import type { FaultName } from "#practice/server/fault-request.ts";
import type { Fault } from "#practice/server/faults.ts";
import type { ListingNow } from "#practice/ledger-entry.ts";
import { createLog } from "../log.ts";
import { createContext, startWorker, type RunningWorker } from "../start-worker.ts";
import type { WorkerContext } from "../worker-context.ts";
import type { Connected, JobOptions, Seller } from "./seller.ts";
import { startSellerWorld, type SellerWorld } from "./seller-world.ts";
import { OVER, type TargetNow } from "./targets.ts";

/** Tests that wait more than they work, run beside each other: each has its turn at the worker, and a window to wait for. */
export const BESIDE = { timeout: 900_000 };

/** One posting of one item at one login. */
export type Posted = {
  item: Item;
  account: Connected;
  jobId: string;
  targetId: string;
  /** When it is over, or waits for a person. */
  settled(ms?: number): Promise<TargetNow>;
  until(what: string, is: (target: TargetNow) => boolean, ms?: number): Promise<TargetNow>;
  /** What the site's ledger holds of it. */
  listed(): Promise<ListingNow[]>;
  /** Submits that reached the site, refused ones too. */
  submits(): Promise<number>;
  /** One more thing that goes wrong at the site from now on, for this login alone. */
  strike(fault: FaultName, options?: FaultOptions): Promise<void>;
  /** The end of it. */
  release(fault: FaultName): Promise<void>;
  /** Looked for now, rather than at the hour of the next look. */
  lookNow(): Promise<void>;
  events(): Promise<string[]>;
  /** When this line has been written about it so many times. */
  told(line: string, times?: number): Promise<void>;
  /** When it was written that it ended so for now, with the sentence for it. */
  toldEnding(code: Ending["code"]): Promise<string>;
};
type PostOptions = JobOptions & {
  /** A login that nobody used before, unless told. */
  account?: Connected;
  /** Whose it is; the world's own seller, unless told. */
  seller?: Seller;
  item?: Item;
  sample?: Item;
  title?: string;
  photos?: Buffer[];
  /** What goes wrong at the site, for this login alone. */
  faults?: readonly Misfortune[];
};
export type Misfortune = readonly [fault: FaultName, options?: FaultOptions];

type WorkingWorld = {
  readonly world: SellerWorld;
  readonly worker: RunningWorker;
  /** Everything the worker logged. */
  logged(): string;
  post(channel: ChannelId, options?: PostOptions): Promise<Posted>;
};

type WorkingOptions = {
  /** See HAWKER_SETTLE_SCALE; faults have to be compressed alike. */
  scale?: number;
  concurrency?: number;
  env?: Record<string, string>;
  /** Changes the worker's context before it starts. */
  change?: (context: WorkerContext, world: SellerWorld) => WorkerContext;
};

/** @returns things that are there once `beforeAll` is through. */
export const workingWorld = (options: WorkingOptions = {}): WorkingWorld => {
  const { scale = 0.02, concurrency = 6, env = {}, change = (context: WorkerContext) => context } = options;
  const lines: string[] = [];
  let world: SellerWorld;
  let worker: RunningWorker;
  beforeAll(async () => {
    world = await startSellerWorld();
    const settings = world.env({ HAWKER_SETTLE_SCALE: String(scale), ...env });
    const log = createLog("trace", { write: (line) => void lines.push(line) });
    worker = await startWorker(change(await createContext(settings, log), world), { concurrency });
  });
  afterAll(async () => {
    await worker?.drain("end of tests");
    await world?.close();
  });
  return {
    get world() {
      return world;
    },
    get worker() {
      return worker;
    },
    logged: () => lines.join(""),
    post: (channel, input) => postAt(world, channel, input),
  };
};

/** Makes the item and the job; whoever works at this world does the rest. */
export const postAt = async (
  world: SellerWorld,
  channel: ChannelId,
  options: PostOptions = {},
): Promise<Posted> => {
  const { seller = world, sample = SAMPLES.jeans, title, photos } = options;
  const account = options.account ?? (await world.freshAccount(channel, seller));
  const made = { ...(title === undefined ? {} : { title }), ...(photos ? { photos } : {}) };
  for (const [fault, how] of options.faults ?? [])
    await world.control.fault(channel, fault, { ...how, account: account.handle });
  const item = options.item ?? (await seller.item(sample, made));
  const { jobId, targetIds } = await seller.createJob(item, [account], options);
  const targetId = targetIds[0]!;
  return {
    item,
    account,
    jobId,
    targetId,
    settled: async (ms) => (await world.waitFor([targetId], OVER, ms))[0]!,
    until: (what, is, ms) => world.waitUntil(targetId, what, is, ms),
    async listed() {
      const listings = await world.listed(item.title);
      return listings.filter(({ site, account: whose }) => site === channel && whose === account.handle);
    },
    async submits() {
      const { entries } = await world.control.ledger({ site: channel });
      return entries.filter((entry) => entry.kind === "submit" && entry.account === account.handle).length;
    },
    strike: async (fault, how) =>
      void (await world.control.fault(channel, fault, { ...how, account: account.handle })),
    async release(fault) {
      const isOurs = (one: Fault) =>
        one.site === channel && one.fault === fault && one.account === account.handle;
      const ours = (await world.control.faults()).filter(isOurs);
      if (ours.length === 0) throw new Error(`${fault} does not strike ${account.handle}.`);
      for (const { id } of ours) await world.control.release({ id });
    },
    lookNow: async () =>
      void (await world.admin.query(
        "select private.enqueue_target(t, now()) from public.job_targets t where id = $1",
        [targetId],
      )),
    events: () => world.events(targetId),
    told: (line, times = 1) => world.waitForEvent(targetId, line, times),
    toldEnding: (code) => world.waitForEnding(targetId, code),
  };
};
