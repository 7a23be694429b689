/**
 * Chaos: a worker posts to the practice sites while, at 50 seeded random moments, it or its browser is killed (SIGKILL).
 * A new worker is started at once, as a supervisor would. The judge is the sites' own ledger, a process of its own.
 *
 * duplicates: listings beyond the first of an item at a site. lost: jobs that did not end, or that ended otherwise than
 * the ledger says. recoveryMaxS: from a kill to the first thing that happens to a target it interrupted.
 */
import { execFileSync } from "node:child_process";
import type { ChannelId } from "#core/marketplace/index.ts";
import type { Item } from "#core/item/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import {
  startSellerWorld,
  type Connected,
  type JobHandle,
  type SellerWorld,
} from "#worker/testing/seller-world.ts";
import { spawnWorker, type SpawnedWorker } from "#worker/testing/spawn-worker.ts";
import { round, type BenchResult } from "./bench.ts";

const KILLS = 50;
const SEED = 20261121;
/** Kept in the queue at all times, so that every kill meets work. */
const IN_FLIGHT = 6;
const SETTLED = ["done", "needs_human", "failed", "cancelled"];

export const about = "50 seeded kills of the worker and of the browser at random moments; the ledger judges";

/** mulberry32: small, seeded, good enough to choose moments. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Ordered = { item: Item; account: Connected; job: JobHandle };
type Kill = { victim: "worker" | "browser"; at: Date; targets: string[] };

/** The browser process of this worker, not the renderers below it. */
const browserPids = (workerPid: number): number[] => {
  const children = (pid: number): number[] => {
    try {
      return execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
        .trim()
        .split("\n")
        .filter(Boolean)
        .map(Number);
    } catch {
      return []; // pgrep ends with 1 when there is none
    }
  };
  return children(workerPid);
};

const killSomething = async (
  world: SellerWorld,
  worker: SpawnedWorker,
  victim: Kill["victim"],
): Promise<Kill> => {
  const { rows } = await world.admin.query<{ id: string }>(
    "select id from public.job_targets where state in ('claimed', 'filling', 'submitting')",
  );
  const at = new Date();
  if (victim === "worker") worker.kill("SIGKILL");
  else for (const pid of browserPids(worker.process.pid!)) process.kill(pid, "SIGKILL");
  return { victim, at, targets: rows.map(({ id }) => id) };
};

/** Seconds from the kill to the next event of each target it met. */
const recoveries = async (world: SellerWorld, kills: readonly Kill[]): Promise<number[]> => {
  const found: number[] = [];
  for (const { at, targets } of kills) {
    for (const target of targets) {
      const { rows } = await world.admin.query<{ seconds: string | null }>(
        "select extract(epoch from min(ts) - $2::timestamptz) as seconds from public.listing_job_events where target_id = $1 and ts > $2",
        [target, at],
      );
      if (rows[0]?.seconds != null) found.push(Number(rows[0].seconds));
    }
  }
  return found;
};

const judge = async (world: SellerWorld, orders: readonly Ordered[]) => {
  const { listings } = await world.control.ledger();
  const verdict = { done: 0, needsHuman: 0, failed: 0, duplicates: 0, lost: [] as string[] };
  for (const { item, account, job } of orders) {
    const target = await world.target(job.targetIds[0]!);
    const live = listings.filter(
      ({ site, fields, status }) =>
        site === account.channel &&
        status === "active" &&
        (fields["title"] ?? fields["PostingTitle"]) === item.title,
    ).length;
    verdict.duplicates += Math.max(0, live - 1);
    if (target.state === "done") verdict.done += 1;
    if (target.state === "needs_human") verdict.needsHuman += 1;
    if (target.state === "failed") verdict.failed += 1;
    const agrees =
      target.state === "done"
        ? live >= 1
        : target.state === "needs_human" || (target.state === "failed" && live === 0);
    if (!agrees)
      verdict.lost.push(
        `${account.channel}: ${target.state} (${target.state_reason}) with ${live} in the ledger`,
      );
  }
  return verdict;
};

export const run = async (say: (text: string) => void = () => undefined): Promise<BenchResult> => {
  const random = randomFrom(SEED);
  const world = await startSellerWorld();
  const env = world.workerEnv({ HAWKER_SETTLE_SCALE: "0.02" });
  let worker = await spawnWorker(env);
  try {
    const accounts: Connected[] = [];
    for (const handle of ["maria", "jonas"])
      for (const channel of Object.keys(MARKETPLACES) as ChannelId[])
        accounts.push(await world.connect(channel, { handle }));
    const orders: Ordered[] = [];
    const order = async () => {
      const account = accounts[orders.length % accounts.length]!;
      const item = await world.item(SAMPLES["denim-jacket"]);
      orders.push({ item, account, job: await world.createJob(item, [account]) });
    };
    const open = async () => {
      const { rows } = await world.admin.query<{ n: number }>(
        "select count(*)::int as n from public.job_targets where state <> all($1)",
        [SETTLED],
      );
      return rows[0]!.n;
    };
    const kills: Kill[] = [];
    while (kills.length < KILLS) {
      for (let n = await open(); n < IN_FLIGHT; n += 1) await order();
      await pause(300 + random() * 7000);
      const kill = await killSomething(world, worker, random() < 0.5 ? "worker" : "browser");
      kills.push(kill);
      if (kill.victim === "worker") {
        await worker.ended;
        worker = await spawnWorker(env);
      }
      if (kills.length % 10 === 0) say(`${kills.length} kills, ${orders.length} jobs`);
    }
    say("no more kills: letting it finish");
    await world
      .waitFor(
        orders.flatMap(({ job }) => job.targetIds),
        SETTLED,
        240_000,
      )
      .catch((error: unknown) => say(String(error)));
    const [verdict, seconds] = [await judge(world, orders), await recoveries(world, kills)];
    const figures = {
      runs: kills.length,
      duplicates: verdict.duplicates,
      lost: verdict.lost.length,
      recoveryMaxS: round(Math.max(0, ...seconds), 1),
      jobs: orders.length,
      interrupted: new Set(kills.flatMap(({ targets }) => targets)).size,
      done: verdict.done,
      needsHuman: verdict.needsHuman,
      failed: verdict.failed,
    };
    return {
      figures,
      goals: {
        runs: { op: "=", value: KILLS },
        duplicates: { op: "=", value: 0 },
        lost: { op: "=", value: 0 },
        recoveryMaxS: { op: "<", value: 60 },
      },
      table: [
        `${kills.filter(({ victim }) => victim === "worker").length} kills of the worker, ${kills.filter(({ victim }) => victim === "browser").length} of its browser, seed ${SEED}`,
        `${figures.jobs} jobs, ${figures.interrupted} targets interrupted: ${figures.done} done, ${figures.needsHuman} waiting for a person, ${figures.failed} failed with a reason`,
        `duplicates ${figures.duplicates}, lost ${figures.lost}, slowest recovery ${figures.recoveryMaxS} s`,
        ...verdict.lost,
      ],
    };
  } finally {
    worker.kill("SIGTERM");
    await worker.ended;
    await world.close();
  }
};
