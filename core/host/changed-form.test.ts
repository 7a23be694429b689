/** A site that writes over a form after it was filled and before it was sent: image recognition, a restored draft. */
import { expect, it } from "vitest";
import { apply, keeperOf, newPosting, type Posting } from "../posting/index.ts";
import { carryOut, type Hands, type Pressed } from "./carry-out.ts";
import { NOW, readyHands } from "./testing/ready-hands.ts";

const FENCE = 3;
const changed: Pressed = {
  kind: "refused",
  ending: { code: "field", label: "Title", reason: "site-changed-it" },
};

/** @param refusals what comes of the first tries to press; the next one presses, and the site says that it is listed. */
const run = async (refusals: Pressed[]) => {
  const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: NOW });
  let posting: Posting = { ...begun, state: "claimed", fence: FENCE, runUntil: NOW + 900_000 };
  const done: string[] = [];
  const hands: Hands = {
    ...readyHands,
    noteReading: () => Promise.resolve(),
    send(event) {
      const known = {
        liveFence: FENCE,
        leaseUntil: NOW + 900_000,
        gone: null,
        cloudReady: true,
      };
      const applied = apply(posting, event, keeperOf(posting, [], { now: NOW, ...known }));
      if (applied.ok) posting = applied.posting;
      return Promise.resolve(applied);
    },
    fill() {
      done.push("fill");
      return Promise.resolve({ kind: "filled" });
    },
    async press(permit) {
      const refusal = refusals.shift();
      if (refusal) return refusal;
      if (!(await permit())) return { kind: "unpressed" };
      done.push("press");
      return { kind: "pressed", by: "hawker" };
    },
    siteAnswer: () => Promise.resolve({ kind: "listed", externalId: "m1", url: "https://shop.test/m1" }),
    record: {
      has: () => Promise.resolve(false),
      last: () => Promise.resolve(null),
      write: () => Promise.resolve(),
      erase: () => Promise.resolve(),
    },
  };
  return { posting: await carryOut(hands, posting, 0), done };
};

it("it is filled again where it stands, and pressed once", async () => {
  const { posting, done } = await run([changed]);
  expect(posting).toMatchObject({ presses: 1, permits: 1, sign: { externalId: "m1" } });
  expect(done).toEqual(["fill", "fill", "press"]);
});

it("a site that keeps writing over it is the person's to see: nothing is pressed", async () => {
  const { posting, done } = await run([changed, changed, changed, changed]);
  expect(posting).toMatchObject({
    state: "needs_human",
    presses: 0,
    permits: 0,
    question: { kind: "field" },
    ending: { code: "field", label: "Title", reason: "site-changed-it" },
  });
  expect(done).toEqual(["fill", "fill", "fill"]);
});

it("a permit that aged meanwhile is no reason to give the form up, nor is the form to say that time ran out", async () => {
  const { posting, done } = await run([changed, { kind: "unpressed" }, changed, { kind: "unpressed" }]);
  expect(posting).toMatchObject({ presses: 1, sign: { externalId: "m1" } });
  expect(done).toEqual(["fill", "fill", "fill", "press"]);
});

it("a field that is gone is not filled again", async () => {
  const gone: Pressed = { kind: "refused", ending: { code: "field", label: "Title", reason: "not-found" } };
  const { posting, done } = await run([gone]);
  expect(posting).toMatchObject({ state: "needs_human", ending: { reason: "not-found" } });
  expect(done).toEqual(["fill"]);
});
