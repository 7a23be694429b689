/** What a person reads when they are asked: nothing of it goes on by itself, and no press is told of that nobody knows of. */
import { describe, expect, it } from "vitest";
import {
  type Ending,
  HOUR_MS,
  newPosting,
  pressedBefore,
  sentenceOf,
  twinKeyOf,
  waysOut,
  type Posting,
  type PostingEvent,
} from "./index.ts";
import { MARKER, NOON, Told } from "./testing/told.ts";

const said = ({ ending }: Posting): string => sentenceOf(ending!, "Mercari");
const GOES_ON = /by itself\b(?<!not go on by itself)|trying again|when the network is back|^Waiting/i;

describe("what was left alone for its hour", () => {
  it.each<[Ending["code"], Ending]>([
    ["interrupted", { code: "interrupted" }],
    ["offline", { code: "offline" }],
    ["busy", { code: "busy" }],
    ["waits-for-twin", { code: "waits-for-twin" }],
    ["permit-void", { code: "permit-void" }],
    ["service-away", { code: "service-away", filled: false }],
    ["resting", { code: "resting", until: 0 }],
    ["unreachable", { code: "unreachable", message: "net::ERR_FAILED" }],
  ])("and came to %s the last time does not say that it goes on", (_, ending) => {
    const told = new Told().claimed().then({ kind: "requeue", ending, inMs: 0, usesAttempt: false });
    told.after(HOUR_MS).then({ kind: "hour" });
    expect(told.posting).toMatchObject({
      question: { kind: "stuck" },
      ending: { code: "stuck", last: ending },
    });
    expect(said(told.posting)).toMatch(/^It does not go on by itself\. \S/);
    expect(said(told.posting)).not.toMatch(GOES_ON);
  });

  it("a second time keeps what it came to, and nests nothing", () => {
    const last = { code: "interrupted" } as const;
    const told = new Told().claimed().then({ kind: "requeue", ending: last, inMs: 0, usesAttempt: false });
    told.after(HOUR_MS).then({ kind: "hour" }).answered({ kind: "wait" });
    told.after(25 * HOUR_MS).then({ kind: "hour" });
    expect(told.posting.ending).toEqual({ code: "stuck", last });
  });

  it("and nobody came for says so", () => {
    const told = new Told().after(HOUR_MS).then({ kind: "hour" });
    expect(said(told.posting)).toBe("No browser of yours has come for it yet.");
  });
});

it("what is asked after permits that aged says that nothing was pressed", () => {
  const sentence = sentenceOf({ code: "permits-aged" }, "Mercari");
  expect(sentence).toContain("nothing was pressed");
  expect(sentence).not.toMatch(GOES_ON);
});

describe("what was put back from a backup with no press on record", () => {
  const restored = () => new Told().then({ kind: "restored" });
  const surely = (told: Told) =>
    told
      .after(HOUR_MS - 60_000)
      .absent()
      .after(120_000)
      .absent()
      .after(31_000)
      .absent();

  it("is asked about without telling of a press", () => {
    const { posting } = surely(restored());
    expect(posting).toMatchObject({ question: { kind: "there" }, ending: { code: "restored" } });
    expect(said(posting)).not.toMatch(/was pressed|Looking/);
  });

  it("and is cancelled is not said to have been pressed, and is watched", () => {
    const { posting } = surely(restored().then({ kind: "cancel" }));
    expect(posting).toMatchObject({ state: "cancelled", ending: { restored: true } });
    expect(said(posting)).toMatch(/is not known/);
    expect(said(posting)).not.toContain("had been pressed");
    expect(posting.closedAt).not.toBeNull();
  });

  it("and pressed after all is told as any press", () => {
    const told = restored().then({
      kind: "pressed-by-person",
      marker: MARKER,
      twin: twinKeyOf(MARKER),
      baseline: null,
      policy: { windowMs: 0, absenceProves: false },
    });
    expect(surely(told).posting.ending).toEqual({ code: "not-found" });
  });

  it("is told as pressed where a press was on record", () => {
    const told = new Told().pressed().then({ kind: "restored" });
    expect(surely(told).posting.ending).toEqual({ code: "not-found" });
  });
});

describe("what was published by hand before it was asked for", () => {
  const told = () => {
    const one = new Told();
    one.posting = pressedBefore(
      newPosting({ id: "a", itemId: "a", driver: "tab", mode: "publish", at: NOON }),
      NOON,
    );
    return one;
  };
  const byHand: PostingEvent = {
    kind: "pressed-by-person",
    marker: MARKER,
    twin: twinKeyOf(MARKER),
    baseline: ["1"],
    policy: { windowMs: 60_000, absenceProves: false },
  };

  it("is one press, told twice", () => {
    expect(told().then(byHand).posting).toMatchObject({
      presses: 1,
      guess: null,
      windowMs: 60_000,
      baseline: ["1"],
    });
    expect(told().then(byHand, byHand).posting.presses).toBe(2);
  });

  it("and is cancelled before more is heard is said to have been pressed, and is watched", () => {
    const one = told().then({ kind: "cancel" });
    one
      .after(HOUR_MS + 60_000)
      .absent()
      .after(31_000)
      .absent();
    expect(one.posting).toMatchObject({ state: "cancelled", ending: { pressed: true } });
    expect(one.posting.closedAt).not.toBeNull();
  });
});

describe("what waits for a tab that has not come", () => {
  const ways = ({ posting }: Told) => waysOut(posting).map((way) => way.do);
  it("can be taken over, and no more once it is driven or to be cancelled", () => {
    expect(ways(new Told())).toContain("take-over");
    expect(ways(new Told({ driver: "cloud" }))).not.toContain("take-over");
    expect(ways(new Told().claimed())).not.toContain("take-over");
  });
});
