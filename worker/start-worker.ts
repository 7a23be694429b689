/** Puts a worker together and runs it: queue runner, heartbeats, sweeper, browsers. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Logger, parseCrontab, run } from "graphile-worker";
import { ServiceAway } from "#core/host/index.ts";
import { importWorkerKeys } from "#core/session/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { chromiumArgs, findHeadlessChromium } from "./browser/find-chromium.ts";
import { pageBundle } from "./browser/page-bundle.ts";
import { browserSource, createBrowserPool } from "./browser/pool.ts";
import { createDatabase } from "./data/database.ts";
import { createHeartbeats } from "./data/heartbeats.ts";
import { createUnheard } from "./data/unheard.ts";
import type { WorkerEnv } from "./env.ts";
import type { Log } from "./log.ts";
import { supabasePhotos } from "./photos/photo-store.ts";
import { taskListOf } from "./task-list.ts";
import { DEAD_AFTER_BEATS, sweepOnce } from "./tasks/sweep.ts";
import type { Task, TaskName } from "./tasks/task.ts";
import type { WorkerContext } from "./worker-context.ts";

/** The sweep's place in the pulse. */
const BEATS_PER_SWEEP = 2;
/** How long a drain may take before running tasks are aborted: longer than the slowest form. */
const DRAIN_MS = 300_000;

export type RunningWorker = {
  /**
   * Takes no more work, finishes what runs, signs off.
   * @throws ServiceAway when the database could not be told: then others take over what this worker held.
   */
  drain(reason: string): Promise<void>;
  /** Ends what runs: unsubmitted targets go back to the queue. @throws as drain. */
  abort(reason: string): Promise<void>;
  /** When the queue's runner is over, whether it was told to or not. It never rejects. */
  ended: Promise<void>;
  context: WorkerContext;
};

export const createContext = async (
  env: WorkerEnv,
  log: Log,
  reach: WorkerContext["reach"] = () => undefined,
): Promise<WorkerContext> => {
  const keys = await importWorkerKeys(JSON.parse(await readFile(env.HAWKER_WORKER_KEYS, "utf8")));
  if (keys.env !== env.HAWKER_ENV)
    throw new Error(`HAWKER_WORKER_KEYS holds keys for "${keys.env}", HAWKER_ENV says "${env.HAWKER_ENV}".`);
  const own = !env.HAWKER_BROWSER_WS && !env.HAWKER_BROWSER_CDP;
  const executablePath = env.HAWKER_CHROMIUM ?? (own ? findHeadlessChromium() : null) ?? undefined;
  if (own && !executablePath)
    throw new Error("No Chromium found. Set HAWKER_CHROMIUM to the path of Chrome or Chromium.");
  const args = [...new Set([...chromiumArgs(), ...env.HAWKER_CHROMIUM_ARGS])];
  return {
    db: createDatabase(env.DATABASE_URL, env.HAWKER_CONCURRENCY),
    keys,
    browsers: createBrowserPool(
      browserSource({ ws: env.HAWKER_BROWSER_WS, cdp: env.HAWKER_BROWSER_CDP, executablePath, args }),
      log,
    ),
    photos: supabasePhotos(env.SUPABASE_URL, env.SUPABASE_SECRET_KEY),
    bundle: await pageBundle("marketplaces/page.ts"),
    marketplaces: MARKETPLACES,
    ignoreHttpsErrors: env.HAWKER_IGNORE_HTTPS_ERRORS,
    pulseMs: env.HAWKER_PULSE_MS,
    settleScale: env.HAWKER_SETTLE_SCALE,
    unheard: createUnheard(log),
    log,
    stopNow: new AbortController().signal,
    now: () => Date.now(),
    random: () => Math.random(),
    reach,
  };
};

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
const queueLogger = (log: Log): Logger =>
  new Logger(
    () => (level, message) =>
      log[LEVELS[level as keyof typeof LEVELS] ?? "debug"]({ from: "queue" }, message),
  );

export type StartOptions = {
  concurrency: number;
  /** Replaces tasks: benches measure the queue with targets that have nothing to do. */
  tasks?: Partial<Record<TaskName, Task>>;
  /** Start a browser ahead of the first job; true unless told. */
  warmBrowser?: boolean;
};

export const startWorker = async (given: WorkerContext, options: StartOptions): Promise<RunningWorker> => {
  const stopNow = new AbortController();
  const context: WorkerContext = { ...given, stopNow: stopNow.signal };
  const { db, log, browsers } = context;
  const heartbeats = createHeartbeats(db, process.pid, log);
  const say = (what: string) => (err: unknown) => log.warn({ err }, what);
  const crontab = await readFile(path.join(import.meta.dirname, "crontab"), "utf8");
  const tasks = taskListOf(context, options.tasks);
  await sweepOnce(context);
  const runner = await run({
    pgPool: db.queuePool,
    taskList: tasks.list,
    parsedCronItems: parseCrontab(crontab),
    concurrency: options.concurrency,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: DRAIN_MS,
    logger: queueLogger(log),
    preset: {
      plugins: [
        {
          name: "HawkerHeartbeat",
          version: "1.0.0",
          worker: {
            hooks: { startWorker: (_context, { worker }) => heartbeats.begin(worker.workerPool.id) },
          },
        },
      ],
    },
  });
  // Both follow the clock on purpose: a heartbeat is a sign of life in time, and the dead send no notification.
  let missed = 0;
  let isAborted = false;
  const unreachable = Promise.withResolvers<void>();
  const beat = async (): Promise<void> => {
    if (await heartbeats.beat()) {
      missed = 0;
      return context.unheard.flush();
    }
    missed += 1;
    // The queue would go on trying for hours to note what is done. What was not told yet dies with this process: it is waited for.
    const mayPass = context.unheard.waiting() > 0 && missed * context.pulseMs < DRAIN_MS;
    const isVain = isAborted || (missed >= DEAD_AFTER_BEATS && !mayPass);
    if (draining && isVain && tasks.running() === 0) unreachable.resolve();
  };
  const beating = setInterval(() => void beat().catch(say("a beat failed")), context.pulseMs);
  const sweeping = setInterval(
    () => void sweepOnce(context).catch(say("sweep failed")),
    BEATS_PER_SWEEP * context.pulseMs,
  );
  if (options.warmBrowser ?? true) void browsers.warm().catch(say("no browser could be started yet"));

  const finish = async (stopping: Promise<void>): Promise<void> => {
    const told = await Promise.race([stopping.then(() => true), unreachable.promise.then(() => false)]);
    clearInterval(sweeping);
    clearInterval(beating);
    await browsers.close();
    if (!told) throw new ServiceAway("The database does not answer: it was not told that this worker ends.");
    await context.unheard.flush(); // also what was kept since the last beat
    await heartbeats.end();
    await Promise.all([db.pool.end(), db.queuePool.end()]);
  };
  let draining: Promise<void> | null = null;
  const drain = (reason: string): Promise<void> => (draining ??= finish(runner.stop(reason)));
  return {
    context,
    drain,
    ended: runner.promise.then(
      () => undefined,
      (err: unknown) => log.error({ err }, "the queue failed"),
    ),
    // Running tasks give their targets back and end by themselves: then it is a drain, only a quick one.
    abort(reason) {
      isAborted = true;
      stopNow.abort(new Error(`The worker was stopped: ${reason}.`));
      return drain(reason);
    },
  };
};
