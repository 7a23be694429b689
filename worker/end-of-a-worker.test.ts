/** What a worker still has to tell when it ends, and to whom. The queue is a stand-in: when its runner is over the test says. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ServiceAway } from "#core/host/index.ts";
import { createUnheard } from "./data/unheard.ts";
import { createLog } from "./log.ts";
import { startWorker } from "./start-worker.ts";
import type { WorkerContext } from "./worker-context.ts";

type Hook = (context: null, event: { worker: { workerPool: { id: string } } }) => Promise<void>;
const queue = vi.hoisted(() => ({ starts: null as unknown, stopped: Promise.resolve() }));
vi.mock("graphile-worker", () => ({
  Logger: class {},
  parseCrontab: () => [],
  run: (options: { preset: { plugins: { worker: { hooks: { startWorker: unknown } } }[] } }) => {
    queue.starts = options.preset.plugins[0]?.worker.hooks.startWorker;
    return Promise.resolve({ stop: () => queue.stopped, promise: new Promise(() => undefined) });
  },
}));

const PULSE_MS = 5_000;
const never = new Promise<void>(() => undefined);
/** The database's functions that were called, while it was there. */
let called: string[];
let away: boolean;
let answers: Promise<void>;

const start = async () => {
  const log = createLog("silent");
  const call = async (name: string) => {
    if (away) throw new ServiceAway("The database did not answer.");
    if (name === "worker_heartbeat") await answers;
    called.push(name);
    return {};
  };
  const pool = { end: () => Promise.resolve() };
  const context = {
    db: { call, pool, queuePool: pool, rows: () => Promise.resolve([]) },
    browsers: { warm: () => Promise.resolve(), close: () => Promise.resolve() },
    unheard: createUnheard(log),
    log,
    pulseMs: PULSE_MS,
    stopNow: new AbortController().signal,
    marketplaces: {},
  } as unknown as WorkerContext;
  const worker = await startWorker(context, { concurrency: 1, warmBrowser: false });
  await (queue.starts as Hook)(null, { worker: { workerPool: { id: "pool" } } });
  /** As a run that could not tell it, and ended. */
  const keep = () => context.unheard.keep(() => context.db.call("posting_event", {}));
  return { worker, keep };
};
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  Object.assign(queue, { stopped: Promise.resolve() });
  [called, away, answers] = [[], false, Promise.resolve()];
});
afterEach(() => void vi.useRealTimers());

it("what was kept since the last beat is told before it signs off", async () => {
  const { worker, keep } = await start();
  keep();
  await worker.drain("SIGTERM");
  expect(called.slice(-2)).toEqual(["posting_event", "worker_stopped"]);
});

it("a beat under way does not put back what is signed off", async () => {
  const { worker } = await start();
  const slow = Promise.withResolvers<void>();
  answers = slow.promise;
  await passes(PULSE_MS);
  const ending = worker.drain("SIGTERM");
  await passes(1);
  slow.resolve();
  await ending;
  expect(called.slice(-2)).toEqual(["worker_heartbeat", "worker_stopped"]);
});

it("with the database gone it ends by the time it would be taken for dead; with evidence to tell, minutes later", async () => {
  queue.stopped = never;
  const ends = async (isToTell: boolean, isToldTwice = false) => {
    away = false;
    const { worker, keep } = await start();
    away = true;
    if (isToTell) keep();
    let error: unknown = null;
    (isToldTwice ? worker.abort("SIGINT") : worker.drain("SIGTERM")).catch(
      (cause: unknown) => (error = cause),
    );
    let beats = 0;
    for (; error === null && beats < 100; beats += 1) await passes(PULSE_MS);
    expect(error).toBeInstanceOf(ServiceAway);
    return beats;
  };
  expect(await ends(false)).toBe(4);
  expect(await ends(true)).toBe(60);
  expect(await ends(true, true)).toBe(1);
});

it("the database comes back while it waits: it is told, and the end is clean", async () => {
  const over = Promise.withResolvers<void>();
  queue.stopped = over.promise;
  const { worker, keep } = await start();
  away = true;
  keep();
  const ending = worker.drain("SIGTERM");
  await passes(10 * PULSE_MS);
  away = false;
  await passes(PULSE_MS);
  expect(called).toContain("posting_event");
  over.resolve();
  await ending;
  expect(called.at(-1)).toBe("worker_stopped");
});
