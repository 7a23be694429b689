/** A worker that is told to end (SIGTERM), and one that stands still for a while (SIGSTOP). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PERMIT_MS } from "#core/posting/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { databaseLine, type DatabaseLine } from "./testing/database-line.ts";
import { startSellerWorld, type SellerWorld } from "./testing/seller-world.ts";
import { spawnWorker, type Kill, type SpawnedWorker } from "./testing/spawn-worker.ts";
import { OVER } from "./testing/targets.ts";
import { postAt, type Posted } from "./testing/working-world.ts";
import type { Point } from "./worker-context.ts";

const PULSE = { HAWKER_SETTLE_SCALE: "0.02", HAWKER_PULSE_MS: "1500", HAWKER_LOG_LEVEL: "debug" };
const SLOW = { timeout: 900_000 };
const LONG = { timeout: 60_000 };
const spawned: SpawnedWorker[] = [];
let world: SellerWorld;

const start = async (kill?: Kill, env: Record<string, string> = {}): Promise<SpawnedWorker> => {
  const worker = await spawnWorker(world.workerEnv({ ...PULSE, ...env }), kill);
  spawned.push(worker);
  return worker;
};
const newPost = (): Promise<Posted> => postAt(world, "craigslist", { sample: SAMPLES["denim-jacket"] });
/** A worker that stands still from when it is at this point: what is sent to it then it hears as it goes on. */
const startAndStopAt = async (
  at: Point,
  post: Posted,
  env: Record<string, string> = {},
): Promise<SpawnedWorker> => {
  const worker = await start({ at, targetId: post.targetId, signal: "SIGSTOP" }, env);
  await worker.stopped();
  return worker;
};

beforeAll(async () => {
  world = await startSellerWorld();
});
afterEach(async () => {
  const left = spawned.splice(0);
  for (const worker of left) worker.kill("SIGKILL");
  await Promise.all(left.map(({ ended }) => ended));
});
afterAll(() => world.close());

describe("SIGTERM", SLOW, () => {
  it("when a target is being filled: it is finished, nothing new is taken, the process ends clean", async () => {
    const first = await newPost();
    const worker = await startAndStopAt("filling", first);
    worker.kill("SIGTERM");
    worker.kill("SIGCONT");
    await expect.poll(() => worker.output(), LONG).toContain("draining");
    const second = await newPost();
    expect(await worker.ended).toBe(0);
    expect(await first.settled()).toMatchObject({ state: "done", attempt: 0, presses: 1 });
    expect(await world.target(second.targetId)).toMatchObject({ state: "queued", claimedAt: null });
    expect(await first.listed()).toHaveLength(1);
    expect(await second.submits()).toBe(0);
    const { rowCount } = await world.admin.query("select from private.worker_heartbeats");
    expect(rowCount).toBe(0); // it signed off
    const { rows: leases } = await world.admin.query("select holder from public.account_leases");
    expect(leases).toEqual([]);
    await start();
    expect(await second.settled()).toMatchObject({ state: "done" });
  });

  it("when it comes twice: what is unsubmitted goes back to the queue at once, and uses no attempt up", async () => {
    const post = await newPost();
    const worker = await startAndStopAt("filling", post);
    worker.kill("SIGTERM");
    worker.kill("SIGINT");
    worker.kill("SIGCONT");
    expect(await worker.ended).toBe(0);
    expect(await world.target(post.targetId)).toMatchObject({ state: "queued", attempt: 0, permits: 0 });
    await start();
    expect(await post.settled()).toMatchObject({ state: "done", attempt: 0, presses: 1 });
    expect(await post.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(1);
  });
});

describe("SIGTERM, when the database is gone for good", SLOW, () => {
  let line: DatabaseLine;
  beforeAll(async () => {
    line = await databaseLine(world.stack.workerDatabaseUrl);
  });
  afterEach(() => line.mend());
  afterAll(() => line?.close());

  it("and the worker has nothing to do: it ends, and says that nobody could be told", async () => {
    const worker = await start(undefined, { DATABASE_URL: line.url });
    line.cut();
    worker.kill("SIGTERM");
    expect(await worker.ended).toBe(1);
    expect(worker.output()).toContain("it was not told that this worker ends");
  });

  const endedAt = async (at: Point) => {
    const post = await newPost();
    const worker = await startAndStopAt(at, post, { DATABASE_URL: line.url });
    line.cut();
    worker.kill("SIGTERM");
    worker.kill("SIGINT");
    worker.kill("SIGCONT");
    expect(await worker.ended).toBe(1);
    line.mend();
    await start();
    const settled = await post.settled();
    const submits = await post.submits();
    expect(await post.listed()).toHaveLength(submits);
    return { settled, submits };
  };

  it.each(["filling", "pressed"] as const)(
    "and a target is at '%s', and it comes twice: the worker ends, another goes on, one listing",
    async (at) => {
      const { settled, submits } = await endedAt(at);
      expect(settled).toMatchObject({ state: "done", attempt: 0 });
      expect(submits).toBe(1);
    },
  );

  it("and a target was permitted, and it comes twice: what is pressed in time is found, else the person is asked", async () => {
    const { settled, submits } = await endedAt("permitted");
    expect(submits).toBeLessThanOrEqual(1);
    expect(settled).toMatchObject(
      submits === 1 ? { state: "done" } : { state: "needs_human", ending: { code: "not-found" } },
    );
  });
});

describe("SIGSTOP", SLOW, () => {
  it("when the worker stands still between the permit and the press: the permit is void and returned, one listing", async () => {
    const post = await newPost();
    const worker = await startAndStopAt("permitted", post);
    const { permit } = await world.target(post.targetId);
    // The browser is not stopped: its own clock goes on.
    const isVoid = () => Date.now() > permit!.at + PERMIT_MS + 2_000;
    await expect.poll(isVoid, { timeout: 60_000, interval: 500 }).toBe(true);
    expect(await post.submits()).toBe(0);
    worker.kill("SIGCONT");
    const done = await post.until("over", ({ state }) => OVER.includes(state));
    expect(done).toMatchObject({ state: "done", permits: 2, presses: 1, attempt: 0 });
    expect(await post.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(1);
  });

  it("when it stands still until another took its work: it presses nothing when it wakes", async () => {
    const post = await newPost();
    const worker = await startAndStopAt("permitted", post);
    await start(); // takes the one that stands still for dead
    const asked = await post.settled();
    expect(asked).toMatchObject({ state: "needs_human", ending: { code: "not-found" }, presses: 1 });
    worker.kill("SIGCONT");
    // The record of the one that woke knows of no press: that settles it, and it is posted for the consent it had.
    const done = await post.until("over", ({ state }) => state === "done");
    expect(done).toMatchObject({ attempt: 0 });
    expect(await post.listed()).toHaveLength(1);
    expect(await post.submits()).toBe(1);
  });
});
