import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMIT_MS } from "#core/posting/index.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { findCanaries } from "./testing/canary.ts";
import { startSellerWorld, type Connected, type SellerWorld } from "./testing/seller-world.ts";
import { spawnWorker, type SpawnedWorker } from "./testing/spawn-worker.ts";
import type { Point } from "./worker-context.ts";

const SETTLED = ["done", "needs_human", "failed", "cancelled"];
const spawned: SpawnedWorker[] = [];
let world: SellerWorld;
let account: Connected;

const start = async (killAt?: Point, killWith?: NodeJS.Signals): Promise<SpawnedWorker> => {
  const worker = await spawnWorker(
    world.workerEnv({ HAWKER_SETTLE_SCALE: "0.02", HAWKER_PULSE_MS: "1500", HAWKER_LOG_LEVEL: "debug" }),
    killAt,
    killWith,
  );
  spawned.push(worker);
  return worker;
};
const newJob = async () => {
  const item = await world.item(SAMPLES["denim-jacket"]);
  return { item, ...(await world.createJob(item, [account])) };
};
const listed = async (title: string) =>
  (await world.control.ledger()).listings.filter(({ fields }) => fields["PostingTitle"] === title);

beforeAll(async () => {
  world = await startSellerWorld();
  account = await world.connect("craigslist");
});
afterAll(async () => {
  for (const worker of spawned) worker.kill("SIGKILL");
  await Promise.all(spawned.map(({ ended }) => ended));
  await world.close();
});

/** Two workers, two browsers and the time after which a silent worker counts as dead. */
const SLOW = { timeout: 300_000 };

describe("SIGTERM", SLOW, () => {
  it("when a target is being filled: it is finished, nothing new is taken, the process ends clean", async () => {
    const worker = await start();
    const first = await newJob();
    await expect
      .poll(() => world.events(first.targetIds[0]!), { timeout: 60_000 })
      .toContain("continue: done");
    worker.kill("SIGTERM");
    const second = await newJob();
    expect(await worker.ended).toBe(0);
    expect(await world.target(first.targetIds[0]!)).toMatchObject({ state: "done", attempt: 1 });
    expect(await world.target(second.targetIds[0]!)).toMatchObject({ state: "queued", attempt: 0 });
    expect(await listed(first.item.title)).toHaveLength(1);
    const { rowCount } = await world.admin.query("select from private.worker_heartbeats");
    expect(rowCount).toBe(0);
    await world.admin.query("select public.sweep()"); // nothing to find: it signed off
    const next = await start();
    await world.waitFor(second.targetIds, ["done"]);
    next.kill("SIGTERM");
    expect(await next.ended).toBe(0);
  });

  it("when it comes twice: what is unsubmitted goes back to the queue at once", async () => {
    const worker = await start();
    const { item, targetIds } = await newJob();
    await expect.poll(() => world.events(targetIds[0]!), { timeout: 60_000 }).toContain("continue: done");
    worker.kill("SIGTERM");
    worker.kill("SIGINT");
    expect(await worker.ended).toBe(0);
    expect(await world.target(targetIds[0]!)).toMatchObject({ state: "queued" });
    const next = await start();
    expect(await world.waitFor(targetIds, SETTLED)).toMatchObject([{ state: "done" }]);
    expect(await listed(item.title)).toHaveLength(1);
    next.kill("SIGTERM");
    await next.ended;
  });
});

describe("SIGKILL", SLOW, () => {
  // On either side of everything that is written down or done; the moments between are the chaos bench's.
  it.each<Point>(["claimed", "intended", "permitted", "pressed", "recorded"])(
    "when the worker is killed at '%s': another one carries on within a minute, and the ledger holds exactly one listing",
    async (point) => {
      const doomed = await start(point);
      const { item, targetIds } = await newJob();
      expect(await doomed.ended).toBe("SIGKILL");
      const killedAt = Date.now();
      const heir = await start();
      const [target] = await world.waitFor(targetIds, SETTLED, 200_000);
      expect(target).toMatchObject({ state: "done" });
      expect(await listed(item.title)).toHaveLength(1);
      const { rows } = await world.admin.query<{ ts: Date }>(
        "select ts from public.listing_job_events where target_id = $1 and message like 'The driver stopped%'",
        [targetIds[0]],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]!.ts.getTime() - killedAt).toBeLessThan(60_000);
      heir.kill("SIGTERM");
      await heir.ended;
    },
  );

  it("when it is killed while settling what it did not know: another one settles it", async () => {
    await world.control.fault("craigslist", "lagging-active-list", { ms: 3000 });
    const doomed = await start("settling");
    const { item, targetIds } = await newJob();
    expect(await doomed.ended).toBe("SIGKILL");
    const heir = await start();
    expect(await world.waitFor(targetIds, SETTLED, 200_000)).toMatchObject([{ state: "done" }]);
    expect(await listed(item.title)).toHaveLength(1);
    heir.kill("SIGTERM");
    await heir.ended;
  });
});

describe("SIGSTOP", SLOW, () => {
  it("when the worker stands still between the permit and the press: the permit is void and returned, one listing in the end", async () => {
    const worker = await start("permitted", "SIGSTOP");
    const { item, targetIds } = await newJob();
    await world.waitFor(targetIds, ["submitting"], 120_000);
    const permitted = performance.now();
    // The browser is not stopped: its own clock goes on.
    await expect
      .poll(() => performance.now() - permitted, { timeout: 30_000, interval: 500 })
      .toBeGreaterThan(PERMIT_MS);
    expect(await listed(item.title)).toHaveLength(0);
    worker.kill("SIGCONT");
    expect(await world.waitFor(targetIds, SETTLED, 200_000)).toMatchObject([{ state: "done", attempt: 2 }]);
    expect(await listed(item.title)).toHaveLength(1);
    const { entries } = await world.control.ledger({ site: "craigslist" });
    const presses = entries.filter(
      (entry) => entry.kind === "submit" && entry.fields["PostingTitle"] === item.title,
    );
    expect(presses).toHaveLength(1);
    worker.kill("SIGTERM");
    await worker.ended;
  });
});

describe("what the workers wrote", () => {
  it("when searched for every cookie of every session: none is there", async () => {
    expect(
      await findCanaries(world, { output: spawned.map((worker) => worker.output()).join("\n") }),
    ).toEqual([]);
  });
});
