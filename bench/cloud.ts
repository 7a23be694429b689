/**
 * The cloud: from request_job to the listing being read back in the account's own list, on the practice sites with real
 * sessions, photos, leases and fences. First one post at a time (latency), then as many at once as the worker takes
 * (throughput, memory), then the same with a browser launched per job.
 */
import { readdir, readFile } from "node:fs/promises";
import type { BrowserContextOptions } from "playwright-core";
import type { ChannelId } from "#core/marketplace/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { browserSource, type BrowserPool } from "#worker/browser/pool.ts";
import { createLog } from "#worker/log.ts";
import { createContext, startWorker } from "#worker/start-worker.ts";
import type { Connected } from "#worker/testing/seller.ts";
import { startSellerWorld, type SellerWorld } from "#worker/testing/seller-world.ts";
import { findHeadlessChromium } from "#worker/browser/find-chromium.ts";
import { median, percentile, round, type BenchResult } from "./bench.ts";

const CHANNELS = Object.keys(MARKETPLACES) as ChannelId[];
const ONE_BY_ONE = 12;
const AT_ONCE = 18;
const CONCURRENCY = 3;
const SAMPLED = 5;
const ENDED = ["done", "needs_human", "failed"];

export const about = "create to posted, posts a minute, memory a session, beside a browser launched per job";

/** A browser for every context: what a worker without a pool does. */
const launchPerJob = (args: string[]): BrowserPool => {
  const executablePath = findHeadlessChromium() ?? undefined;
  const source = browserSource({ executablePath, args });
  return {
    async withContext<T>(
      options: BrowserContextOptions,
      use: (
        context: Awaited<ReturnType<Awaited<ReturnType<typeof source.open>>["newContext"]>>,
      ) => Promise<T>,
    ): Promise<T> {
      const browser = await source.open();
      try {
        return await use(await browser.newContext(options));
      } finally {
        await browser.close();
      }
    },
    alive: () => ({ browsers: 0, contexts: 0 }),
    warm: () => Promise.resolve(),
    closeAll: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
};

/** Megabytes of memory of every process below this one whose program is a Chromium; shared pages counted once (PSS). */
const chromiumMegabytes = async (): Promise<number> => {
  const parents = new Map<number, number>();
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const text = (file: string) => readFile(file, "utf8").catch(() => "");
  for (const pid of pids)
    parents.set(pid, Number((await text(`/proc/${pid}/stat`)).replace(/^.*\) /s, "").split(" ")[1] ?? 0));
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (parents.has(pid) && pid > 1 && isOurs(parents.get(pid)!));
  let kilobytes = 0;
  for (const pid of pids.filter((each) => each !== process.pid && isOurs(each))) {
    if (!/chrom/i.test(await text(`/proc/${pid}/cmdline`))) continue;
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(await text(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  }
  return kilobytes / 1024;
};

const create = async (world: SellerWorld, account: Connected): Promise<string> => {
  const item = await world.item(SAMPLES["denim-jacket"]);
  const { targetIds } = await world.createJob(item, [account]);
  return targetIds[0]!;
};

const allPosted = async (world: SellerWorld, targetIds: string[]): Promise<void> => {
  for (const { state, reason } of await world.waitFor(targetIds, ENDED, 300_000))
    if (state !== "done") throw new Error(`A post ended as ${state}: ${reason}`);
};

/** From request_job to done, one after the other. */
const postOneByOne = async (world: SellerWorld, accounts: Connected[], count: number): Promise<number[]> => {
  const latencies: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await allPosted(world, [await create(world, accounts[n % accounts.length]!)]);
    latencies.push(performance.now() - began);
  }
  return latencies;
};

/** Fills the queue while nobody works, then lets a worker loose; posts a minute. One look for all: looking costs too. */
const drain = async (
  world: SellerWorld,
  accounts: Connected[],
  count: number,
  start: () => Promise<{ drain(reason: string): Promise<void> }>,
): Promise<number> => {
  const targetIds: string[] = [];
  for (let n = 0; n < count; n += 1) targetIds.push(await create(world, accounts[n % accounts.length]!));
  const began = performance.now();
  const worker = await start();
  await allPosted(world, targetIds);
  const minutes = (performance.now() - began) / 60_000;
  await worker.drain("measured");
  return count / minutes;
};

export const run = async (say: (text: string) => void = () => undefined): Promise<BenchResult> => {
  const world = await startSellerWorld();
  try {
    const accounts: Connected[] = [];
    for (const handle of ["maria", "jonas"])
      for (const channel of CHANNELS) accounts.push(await world.connect(channel, { handle }));
    const env = world.env({ HAWKER_CONCURRENCY: String(CONCURRENCY) });
    const log = createLog("silent");

    const context = await createContext(env, log);
    await context.browsers.warm();
    const idle = await chromiumMegabytes();
    const worker = await startWorker(context, { concurrency: CONCURRENCY });
    say("warming up");
    await postOneByOne(world, accounts, CHANNELS.length);
    say(`${ONE_BY_ONE} posts, one at a time`);
    const latencies = await postOneByOne(world, accounts, ONE_BY_ONE);
    await worker.drain("measured");
    const samples: number[] = [];
    let sampling = false;
    const pooledContext = await createContext(env, log, (point) => {
      // The forms are at their fullest now. A few looks, one at a time: looking at memory takes the time of posting.
      if (point !== "filled" || sampling || samples.length === SAMPLED) return;
      sampling = true;
      void chromiumMegabytes().then((megabytes) => {
        samples.push((megabytes - idle) / Math.max(1, pooledContext.browsers.alive().contexts));
        sampling = false;
      });
    });
    await pooledContext.browsers.warm();
    say(`${AT_ONCE} posts, ${CONCURRENCY} at a time`);
    const pooled = await drain(world, accounts, AT_ONCE, () =>
      startWorker(pooledContext, { concurrency: CONCURRENCY }),
    );

    say(`${AT_ONCE} posts, a browser launched for each`);
    const naive = {
      ...(await createContext(env, log)),
      browsers: launchPerJob([...env.HAWKER_CHROMIUM_ARGS]),
    };
    const launched = await drain(world, accounts, AT_ONCE, () =>
      startWorker(naive, { concurrency: CONCURRENCY }),
    );

    const figures = {
      postedP50Ms: Math.round(median(latencies)),
      postedP95Ms: Math.round(percentile(latencies, 95)),
      postsPerMin: round(pooled, 1),
      mbPerSession: Math.round(median(samples)),
      vsLaunchPerJob: round(pooled / launched),
      browserIdleMb: Math.round(idle),
    };
    const listings = (await world.control.ledger()).listings.length;
    const expected = CHANNELS.length + ONE_BY_ONE + 2 * AT_ONCE;
    if (listings !== expected)
      throw new Error(`The ledgers hold ${listings} listings instead of ${expected}.`);
    return {
      figures,
      goals: {
        postedP50Ms: { op: "<=", value: 1500 },
        postsPerMin: { op: ">=", value: 45 },
        mbPerSession: { op: "<=", value: 120 },
      },
      table: [
        `create -> posted    p50 ${figures.postedP50Ms} ms, p95 ${figures.postedP95Ms} ms   (one at a time, ${CHANNELS.join(", ")}; posted = read back in the account's own list)`,
        ...CHANNELS.map(
          (channel) =>
            `  ${channel.padEnd(12)}      p50 ${Math.round(median(latencies.filter((_, n) => accounts[n % accounts.length]!.channel === channel)))} ms`,
        ),
        `posts a minute      ${figures.postsPerMin} with ${CONCURRENCY} at a time; ${round(launched, 1)} with a browser launched per job`,
        `memory              ${figures.mbPerSession} MB a session (PSS) on top of ${figures.browserIdleMb} MB for the browser itself`,
        `ledgers             ${listings} listings, none twice`,
      ],
    };
  } finally {
    await world.close();
  }
};
