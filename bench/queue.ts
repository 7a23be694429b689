/**
 * The queue: how soon a new target is claimed at 50 a second, how fast 10,000 no-op targets drain beside Graphile Worker
 * alone, and what a poller would have taken. One process, loopback, the local stack's Postgres.
 */
import { randomUUID } from "node:crypto";
import { Logger, runTaskList, type TaskList } from "graphile-worker";
import pg from "pg";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { givingBack, withLease } from "#worker/data/leases.ts";
import { claimTarget, tellPosting } from "#worker/data/postings.ts";
import { createLog } from "#worker/log.ts";
import { createContext, startWorker } from "#worker/start-worker.ts";
import { targetPayloadSchema, type Task } from "#worker/tasks/task.ts";
import type { Connected } from "#worker/testing/seller.ts";
import { startSellerWorld, type SellerWorld } from "#worker/testing/seller-world.ts";
import type { WorkerContext } from "#worker/worker-context.ts";
import { median, percentile, round, type BenchResult } from "./bench.ts";

const PER_SECOND = 50;
const SECONDS = 15;
/** The same load before the clock runs: connections opened, functions planned. */
const WARM_SECONDS = 5;
const DRAIN = 10_000;
const TARGETS_PER_JOB = 50;
const CONCURRENCY = 8;
const quiet = new Logger(() => () => undefined);

/** A target with nothing to do: claimed with a lease and a fence, told to be done, lease given back, as any other. */
const noOpTarget =
  (context: WorkerContext, claimed: Map<string, number>): Task =>
  async (payload, run) => {
    const { targetId } = targetPayloadSchema.parse(payload);
    await givingBack(context, run.holder, async () => {
      const claim = await claimTarget(context, targetId, run.holder);
      if (!claim.claimed) return;
      claimed.set(targetId, performance.now());
      const { fence, place } = claim;
      const lease = { accountId: place.account_id, fence, outer: run.signal };
      await withLease(context.db, lease, async () => {
        await tellPosting(context.db, targetId, { kind: "finish", fence }, randomUUID());
      });
    });
  };

/** Accounts that only the queue will ever look at: nothing opens their sessions here. */
const addAccounts = async (world: SellerWorld, count: number): Promise<Connected[]> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  await world.admin.query(
    `insert into public.platform_accounts (id, user_id, workspace_id, platform, handle, login_key, status, cloud_allowed, session_payload_encrypted, session_version)
     select id, $2, $3, 'mercari', id::text, 'mercari:' || id, 'connected', true, '{}', 1 from unnest($1::uuid[]) id`,
    [ids, world.userId, world.workspaceId],
  );
  return ids.map((id) => ({ id, channel: "mercari", handle: id, version: 1, session: null as never }));
};

/** Of the kind that ends without a press: what is measured here is the queue. */
const createJob = (world: SellerWorld, accounts: Connected[]) =>
  world.createJob(SAMPLES["oak-chair"], accounts, { action: "verify" });

/** From the answer of request_job (its commit) to the answer of claim_target. */
const claimLatencies = async (
  world: SellerWorld,
  claimed: Map<string, number>,
  accounts: Connected[],
  seconds: number,
): Promise<number[]> => {
  const created = new Map<string, number>();
  const total = PER_SECOND * seconds;
  claimed.clear();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: total }, async (_, n) => {
      await until(began + (n * 1000) / PER_SECOND);
      const { targetIds } = await createJob(world, [accounts[n % accounts.length]!]);
      created.set(targetIds[0]!, performance.now());
    }),
  );
  await reached(() => claimed.size >= total, 60_000);
  return [...created].map(([id, at]) => Math.max(0, (claimed.get(id) ?? Infinity) - at));
};

const until = (at: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
const reached = async (done: () => boolean | Promise<boolean>, ms: number): Promise<void> => {
  const ends = performance.now() + ms;
  while (!(await done())) {
    if (performance.now() > ends) throw new Error("The queue did not get through its work in time.");
    await until(performance.now() + 20);
  }
};

const startNoOpWorker = async (world: SellerWorld, claimed: Map<string, number>) => {
  const context = await createContext(
    world.env({ HAWKER_CONCURRENCY: String(CONCURRENCY) }),
    createLog("silent"),
  );
  return startWorker(context, {
    concurrency: CONCURRENCY,
    tasks: { verify_account: noOpTarget(context, claimed) },
    warmBrowser: false,
  });
};

/** Fills the queue while nobody works, then lets the worker loose. */
const drainTargets = async (world: SellerWorld, accounts: Connected[]): Promise<number> => {
  for (let job = 0; job < DRAIN / TARGETS_PER_JOB; job += 1) {
    const from = (job * TARGETS_PER_JOB) % accounts.length;
    await createJob(world, accounts.slice(from, from + TARGETS_PER_JOB));
  }
  const claimed = new Map<string, number>();
  const worker = await startNoOpWorker(world, claimed);
  await reached(() => claimed.size >= DRAIN, 300_000);
  const times = [...claimed.values()];
  await worker.drain("measured");
  return (DRAIN - 1) / ((Math.max(...times) - Math.min(...times)) / 1000);
};

/** The same number of entries through Graphile Worker alone; `named`: with 32 queue names, which we used to give (ADR 5). */
const drainBare = async (world: SellerWorld, named: boolean): Promise<number> => {
  const pool = new pg.Pool({ connectionString: world.stack.workerDatabaseUrl, max: CONCURRENCY + 4 });
  const add = `select graphile_worker.add_job('bare', json_build_object('targetId', n), queue_name => ${named ? "'acct-' || (n % 32)" : "null"}) from generate_series(1, $1) n`;
  await pool.query(add, [DRAIN]);
  const times: number[] = [];
  const all = Promise.withResolvers<void>();
  const tasks: TaskList = {
    bare: () => {
      times.push(performance.now());
      if (times.length === DRAIN) all.resolve();
    },
  };
  const runner = runTaskList({ concurrency: CONCURRENCY, noHandleSignals: true, logger: quiet }, tasks, pool);
  await all.promise;
  await runner.gracefulShutdown();
  await pool.end();
  return (DRAIN - 1) / ((times.at(-1)! - times[0]!) / 1000);
};

/** What many crosslisters do: look every two seconds, with SKIP LOCKED. */
const pollerLatencies = async (world: SellerWorld): Promise<number[]> => {
  await world.admin.query(
    "create table if not exists private.bench_poller (id bigint generated always as identity primary key, taken boolean not null default false)",
  );
  const created = new Map<string, number>();
  const latencies: number[] = [];
  const poll = async () => {
    const { rows } = await world.admin.query<{ id: string }>(
      "update private.bench_poller set taken = true where id in (select id from private.bench_poller where not taken order by id for update skip locked) returning id",
    );
    const now = performance.now();
    for (const { id } of rows) latencies.push(now - (created.get(id) ?? now));
  };
  const timer = setInterval(() => void poll(), 2000);
  const began = performance.now();
  const total = PER_SECOND * 10;
  await Promise.all(
    Array.from({ length: total }, async (_, n) => {
      await until(began + (n * 1000) / PER_SECOND);
      const { rows } = await world.admin.query<{ id: string }>(
        "insert into private.bench_poller default values returning id",
      );
      created.set(rows[0]!.id, performance.now());
    }),
  );
  await reached(() => latencies.length >= total, 10_000);
  clearInterval(timer);
  await world.admin.query("drop table private.bench_poller");
  return latencies;
};

export const about =
  "create to claimed at 50/s; a drain of 10,000 no-op targets beside Graphile Worker alone; a 2 s poller";

export const run = async (say: (text: string) => void = () => undefined): Promise<BenchResult> => {
  const world = await startSellerWorld();
  try {
    const accounts = await addAccounts(world, 1000);
    say(`${PER_SECOND} jobs a second for ${SECONDS} s`);
    const claimed = new Map<string, number>();
    const worker = await startNoOpWorker(world, claimed);
    await claimLatencies(world, claimed, accounts, WARM_SECONDS);
    const latencies = await claimLatencies(world, claimed, accounts, SECONDS);
    await worker.drain("measured");
    say("a poller, for comparison");
    const polled = await pollerLatencies(world);
    say(`${DRAIN} entries through Graphile Worker alone`);
    const bare = await drainBare(world, false);
    const bareNamed = await drainBare(world, true);
    say(`${DRAIN} no-op targets`);
    const drained = await drainTargets(world, accounts);
    const figures = {
      claimP50Ms: round(median(latencies), 1),
      claimP99Ms: round(percentile(latencies, 99), 1),
      drainPerSec: Math.round(drained),
      bareDrainPerSec: Math.round(bare),
      bareNamedPerSec: Math.round(bareNamed),
      overhead: round(1 - drained / bare, 2),
      pollerP50Ms: Math.round(median(polled)),
    };
    return {
      figures,
      goals: {
        claimP50Ms: { op: "<=", value: 3 },
        claimP99Ms: { op: "<=", value: 10 },
        drainPerSec: { op: ">=", value: 600 },
      },
      table: [
        `create -> claimed   p50 ${figures.claimP50Ms} ms, p99 ${figures.claimP99Ms} ms   (${latencies.length} jobs at ${PER_SECOND}/s; a 2 s poller: p50 ${figures.pollerP50Ms} ms)`,
        `drain of ${DRAIN}      no-op targets ${figures.drainPerSec}/s, Graphile Worker alone ${figures.bareDrainPerSec}/s, alone with 32 queue names ${figures.bareNamedPerSec}/s`,
        "What the difference is: a bare entry is two statements. A no-op target is those and three transactions more:",
        "claim (row lock, account lease, fence), the event that ends it (rules, tally of the job, journal),",
        "lease back. They are what keeps a target from running twice. A real target takes seconds: there it is under 1%.",
      ],
    };
  } finally {
    await world.close();
  }
};
