/**
 * Workers that are killed (SIGKILL) on either side of everything that is written down or done; the moments between are the
 * chaos bench's. One after another dies of a posting of its own and carries on what the ones before it left behind.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelId } from "#core/marketplace/index.ts";
import { findCanaries } from "./testing/canary.ts";
import { startSellerWorld, type SellerWorld } from "./testing/seller-world.ts";
import { spawnWorker, type Kill, type SpawnedWorker } from "./testing/spawn-worker.ts";
import { OVER } from "./testing/targets.ts";
import { postAt, type Misfortune, type Posted } from "./testing/working-world.ts";
import type { Point } from "./worker-context.ts";

const PULSE = { HAWKER_SETTLE_SCALE: "0.02", HAWKER_PULSE_MS: "1500", HAWKER_LOG_LEVEL: "debug" };
const SLOW = { timeout: 900_000 };
const LONG_MS = 900_000;

/** Nothing but a look later on can find it. */
const UNSEEN: readonly Misfortune[] = [["reply-lost"], ["lagging-active-list"]];

type Death = [point: Point, channel: ChannelId, faults?: readonly Misfortune[]];
/** Nothing was pressed yet. */
const BEFORE: Death[] = [
  ["claimed", "facebook"],
  ["looked", "mercari"],
  ["filling", "craigslist"],
  ["filled", "facebook"],
];
/** The listing was made, or is being made. */
const AFTER: Death[] = [
  ["pressed", "facebook"],
  ["judged", "mercari"],
  ["recorded", "craigslist"],
  ["settling", "facebook", UNSEEN],
];
/** Nobody but the site knows whether it was pressed. */
const BETWEEN: Death[] = [["permitted", "craigslist"]];

const spawned: SpawnedWorker[] = [];
const victims = new Map<Death, Posted>();
let world: SellerWorld;

const start = async (concurrency: number, kill?: Kill): Promise<SpawnedWorker> => {
  const env = world.workerEnv({ ...PULSE, HAWKER_CONCURRENCY: String(concurrency) });
  const worker = await spawnWorker(env, kill);
  spawned.push(worker);
  return worker;
};

/** It does one thing at a time: what others left behind it may carry on before it dies, but takes nothing along. */
const die = async (death: Death): Promise<void> => {
  const [at, channel, faults = []] = death;
  const post = await postAt(world, channel, { faults });
  victims.set(death, post);
  const doomed = await start(1, { at, targetId: post.targetId });
  expect(await doomed.ended).toBe("SIGKILL");
  if (faults === UNSEEN) await post.release("lagging-active-list");
};

beforeAll(async () => {
  world = await startSellerWorld();
  for (const death of [...BEFORE, ...AFTER, ...BETWEEN]) await die(death);
  await start(4);
}, LONG_MS);
afterAll(async () => {
  for (const worker of spawned) worker.kill("SIGKILL");
  await Promise.all(spawned.map(({ ended }) => ended));
  await world.close();
});

const victimOf = (death: Death): Posted => victims.get(death)!;

describe("a worker that was killed", SLOW, () => {
  it.each(BEFORE.map((death) => [death[0], death] as const))(
    "when at '%s', before anything was pressed: another carries on, no attempt is used up, one listing",
    async (_, death) => {
      const post = victimOf(death);
      expect(await post.settled()).toMatchObject({ state: "done", attempt: 0, presses: 1, crashes: 0 });
      expect(await post.listed()).toHaveLength(1);
      expect(await post.submits()).toBe(1);
    },
  );

  it.each(AFTER.map((death) => [death[0], death[1], death] as const))(
    "when at '%s' of %s, after the press: another finds the listing, nothing is pressed again",
    async (_, channel, death) => {
      const post = victimOf(death);
      const done = await post.settled();
      expect(done).toMatchObject({ state: "done", attempt: 0, presses: 1 });
      const [listing, ...more] = await post.listed();
      expect(more).toEqual([]);
      expect(done.listing?.externalId).toBe(listing?.externalId);
      expect(await post.submits()).toBe(1);
    },
  );

  it.each(BETWEEN.map((death) => [death[1], death] as const))(
    "when between the permit and the press on %s: a person is asked, and is right; one listing after all",
    async (_, death) => {
      const post = victimOf(death);
      const asked = await post.settled();
      expect(asked).toMatchObject({
        state: "needs_human",
        question: { kind: "there", candidates: [] },
        ending: { code: "not-found" },
        presses: 1,
        attempt: 0,
      });
      expect(await post.submits()).toBe(0);
      await world.answer(post.targetId, { kind: "not-there", again: true });
      expect(await post.until("done", ({ state }) => OVER.includes(state))).toMatchObject({ state: "done" });
      expect(await post.listed()).toHaveLength(1);
      expect(await post.submits()).toBe(1);
    },
  );

  it("when what they all wrote is searched for every cookie of every session: none is there", async () => {
    const output = spawned.map((worker) => worker.output()).join("\n");
    expect(await findCanaries(world, { output })).toEqual([]);
  });
});
