/**
 * The cloud: from create_job to the listing being read back in the account's own list, on the practice sites with real
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
import { startSellerWorld, type Connected, type SellerWorld } from "#worker/testing/seller-world.ts";
import { findHeadlessChromium } from "../scripts/find-chromium.ts";
import { median, percentile, round, type BenchResult } from "./bench.ts";

const CHANNELS = Object.keys(MARKETPLACES) as ChannelId[];
const ONE_BY_ONE = 12;
const AT_ONCE = 18;
const CONCURRENCY = 3;

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
export const chromiumMegabytes = async (): Promise<number> => {
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

type Phase = { perMinute: number; latencies: number[] };

const post = async (world: SellerWorld, account: Connected): Promise<number> => {
  const item = await world.item(SAMPLES["denim-jacket"]);
  const began = performance.now();
  const { targetIds } = await world.createJob(item, [account]);
  const [target] = await world.waitFor(targetIds, ["done", "needs_human", "failed"], 180_000);
  if (target?.state !== "done")
    throw new Error(`A post at ${account.channel} ended as ${target?.state}: ${target?.state_reason}`);
  return performance.now() - began;
};

const postAll = async (
  world: SellerWorld,
  accounts: Connected[],
  count: number,
  atOnce: number,
): Promise<Phase> => {
  const latencies: number[] = [];
  const began = performance.now();
  if (atOnce === 1)
    for (let n = 0; n < count; n += 1) latencies.push(await post(world, accounts[n % accounts.length]!));
  else
    latencies.push(
      ...(await Promise.all(
        Array.from({ length: count }, (_, n) => post(world, accounts[n % accounts.length]!)),
      )),
    );
  return { perMinute: count / ((performance.now() - began) / 60_000), latencies };
};

export const run = async (say: (text: string) => void = () => undefined): Promise<BenchResult> => {
  const world = await startSellerWorld();
  try {
    const accounts: Connected[] = [];
    for (const handle of ["maria", "jonas"])
      for (const channel of CHANNELS) accounts.push(await world.connect(channel, { handle }));
    const env = world.env({ HAWKER_CONCURRENCY: String(CONCURRENCY) });
    const log = createLog("silent");

    const samples: { megabytes: number; contexts: number }[] = [];
    let sampling: Promise<void> | null = null;
    const context = await createContext(env, log, (point) => {
      if (point !== "filled" || sampling) return;
      // The forms are at their fullest now. One look at a time.
      sampling = chromiumMegabytes().then((megabytes) => {
        samples.push({ megabytes, contexts: context.browsers.alive().contexts });
        sampling = null;
      });
    });
    await context.browsers.warm();
    const idle = await chromiumMegabytes();
    const worker = await startWorker(context, { concurrency: CONCURRENCY });
    say("warming up");
    await postAll(world, accounts, CHANNELS.length, 1);
    say(`${ONE_BY_ONE} posts, one at a time`);
    const single = await postAll(world, accounts, ONE_BY_ONE, 1);
    samples.length = 0;
    say(`${AT_ONCE} posts, ${CONCURRENCY} at a time`);
    const pooled = await postAll(world, accounts, AT_ONCE, AT_ONCE);
    await worker.drain("measured");

    say(`${AT_ONCE} posts, a browser launched for each`);
    const naive = await createContext(env, log);
    const args = [...env.HAWKER_CHROMIUM_ARGS];
    const launching = await startWorker(
      { ...naive, browsers: launchPerJob(args) },
      { concurrency: CONCURRENCY },
    );
    const launched = await postAll(world, accounts, AT_ONCE, AT_ONCE);
    await launching.drain("measured");

    const figures = {
      postedP50Ms: Math.round(median(single.latencies)),
      postedP95Ms: Math.round(percentile(single.latencies, 95)),
      postsPerMin: round(pooled.perMinute, 1),
      mbPerSession: Math.round(
        median(samples.map(({ megabytes, contexts }) => (megabytes - idle) / Math.max(1, contexts))),
      ),
      vsLaunchPerJob: round(pooled.perMinute / launched.perMinute),
      browserIdleMb: Math.round(idle),
    };
    const listings = (await world.control.ledger()).listings.length;
    const expected = CHANNELS.length + ONE_BY_ONE + 2 * AT_ONCE;
    if (listings !== expected)
      throw new Error(`The ledgers hold ${listings} listings instead of ${expected}.`);
    return {
      figures,
      goals: {
        postedP50Ms: { op: "<=", value: 6000 },
        mbPerSession: { op: "<=", value: 120 },
        vsLaunchPerJob: { op: ">=", value: 2 },
      },
      table: [
        `create -> posted    p50 ${figures.postedP50Ms} ms, p95 ${figures.postedP95Ms} ms   (one at a time, ${CHANNELS.join(", ")}; posted = read back in the account's own list)`,
        ...CHANNELS.map(
          (channel) =>
            `  ${channel.padEnd(12)}      p50 ${Math.round(median(single.latencies.filter((_, n) => accounts[n % accounts.length]!.channel === channel)))} ms`,
        ),
        `posts a minute      ${figures.postsPerMin} with ${CONCURRENCY} at a time; ${round(launched.perMinute, 1)} with a browser launched per job`,
        `memory              ${figures.mbPerSession} MB a session (PSS) on top of ${figures.browserIdleMb} MB for the browser itself`,
        `ledgers             ${listings} listings, none twice`,
      ],
    };
  } finally {
    await world.close();
  }
};
