/** A permit that comes when nobody can use it any more: the run was stopped, or the press took too long, while it was asked for. */
import { expect, it } from "vitest";
import { apply, keeperOf, newPosting, type Posting } from "../posting/index.ts";
import { carryOut, type Hands } from "./carry-out.ts";
import { NOW, readyHands } from "./testing/ready-hands.ts";

const FENCE = 3;
const UNTIL = NOW + 900_000;

/** @param press what the phase does meanwhile; `granted` resolves when the keeper has given the permit. */
const run = async (press: (granted: Promise<void>) => ReturnType<Hands["press"]>) => {
  const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: NOW });
  let posting: Posting = { ...begun, state: "claimed", fence: FENCE, runUntil: UNTIL };
  const granted = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  const pressed = new Set<number>();
  const hands: Hands = {
    ...readyHands,
    noteReading: () => Promise.resolve(),
    async send(event) {
      const known = { liveFence: FENCE, leaseUntil: UNTIL, gone: null, cloudReady: true };
      const applied = apply(posting, event, keeperOf(posting, [], { now: NOW, ...known }));
      if (applied.ok) posting = applied.posting;
      if (event.kind === "permit") {
        granted.resolve();
        await late.promise; // its answer is slow
      }
      return applied;
    },
    press(permit) {
      void permit();
      void granted.promise.then(() => queueMicrotask(late.resolve));
      return press(granted.promise);
    },
    record: {
      has: (attempt) => Promise.resolve(pressed.has(attempt)),
      last: () => Promise.resolve(pressed.size > 0 ? Math.max(...pressed) : null),
      write: (attempt) => Promise.resolve(void pressed.add(attempt)),
      erase: (attempt) => Promise.resolve(void pressed.delete(attempt)),
    },
    endingOf: () => ({ ending: { code: "paused" }, crashed: false }),
  };
  return { posting: await carryOut(hands, posting, 0), pressed };
};

it("the run was stopped: the permit is given back, and nothing is on record as pressed", async () => {
  const { posting, pressed } = await run(async (granted) => {
    await granted;
    throw new Error("paused");
  });
  expect(posting).toMatchObject({ presses: 0, unsettledAt: null, state: "needs_human" });
  expect([...pressed]).toEqual([]);
});

it("the press took too long: the permit is given back, once it is there", async () => {
  let tries = 0;
  const { posting, pressed } = await run(async (granted) => {
    await granted;
    tries += 1;
    return { kind: "unpressed" };
  });
  expect(tries).toBe(3);
  expect(posting).toMatchObject({ presses: 0, unsettledAt: null, ending: { code: "permits-aged" } });
  expect([...pressed]).toEqual([]);
});
