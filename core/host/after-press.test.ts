/** The page that says what came of a press stays as it is until that is on record: whoever goes on after a death asks it again. */
import { expect, it } from "vitest";
import { apply, keeperOf, newPosting, type Posting } from "../posting/index.ts";
import { carryOut, type Hands, type SiteAnswer } from "./carry-out.ts";
import { empty, NOW, readyHands } from "./testing/ready-hands.ts";

const FENCE = 3;
const UNTIL = NOW + 900_000;

/** Where the lists were read once it was pressed, and what came of it. */
const pressed = async (answer: SiteAnswer, keeperAhead = 0) => {
  const begun = newPosting({ id: "p", itemId: "i", driver: "tab", mode: "publish", at: NOW });
  let posting: Posting = { ...begun, state: "claimed", fence: FENCE, runUntil: UNTIL };
  const asides: boolean[] = [];
  let readings = 0;
  let isPressed = false;
  const hands: Hands = {
    ...readyHands,
    noteReading: () => Promise.resolve(),
    async send(event) {
      const known = { liveFence: FENCE, leaseUntil: UNTIL, gone: null, cloudReady: true };
      const applied = apply(posting, event, keeperOf(posting, [], { now: NOW, ...known }));
      if (applied.ok) posting = applied.posting;
      return applied;
    },
    read(aside) {
      readings += 1;
      if (isPressed) asides.push(aside);
      return Promise.resolve(empty);
    },
    async press(permit) {
      isPressed = await permit();
      return { kind: "pressed", by: "hawker" };
    },
    siteAnswer: () => Promise.resolve(answer),
    record: {
      has: () => Promise.resolve(isPressed),
      last: () => Promise.resolve(isPressed ? 1 : null),
      write: () => Promise.resolve(),
      erase: () => Promise.resolve(),
    },
  };
  return { posting: await carryOut(hands, posting, keeperAhead), asides, readings };
};

it("a refusal is in the form that still stands, with what the person set in it: the lists are read beside it", async () => {
  const { posting, asides } = await pressed({ kind: "rejected", message: "Please select a brand" });
  expect(asides).toEqual([true]);
  expect(posting).toMatchObject({ state: "needs_human", question: { kind: "field" }, presses: 0 });
});

it("a page that says nothing is not led to the lists, which are no answer of the site's", async () => {
  const { posting, asides } = await pressed({ kind: "unknown", message: "" });
  expect(asides).toEqual([true]);
  expect(posting).toMatchObject({ state: "unknown", sign: null });
});

it("what was said to be listed is on record, and its page may go", async () => {
  const { posting, asides } = await pressed({ kind: "listed", externalId: null, url: null });
  expect(asides).toEqual([false]);
  expect(posting).toMatchObject({ state: "unknown", sign: { externalId: null } });
});

it("a reading counts though this host's clock lags behind that of whoever dated it: the lists are not read again", async () => {
  const inStep = await pressed({ kind: "listed", externalId: "m1", url: null });
  const lagging = await pressed({ kind: "listed", externalId: "m1", url: null }, -5_000);
  expect(lagging.readings).toBe(inStep.readings);
});
