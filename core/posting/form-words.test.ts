/** With which words a listing would be known, when the item was edited between one form and the next. */
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "./limits.ts";
import {
  areTwins,
  isWatched,
  lateEvidence,
  NO_BOOKS,
  type PostingEvent,
  type ReadRow,
  twinKeyOf,
  verdictOf,
} from "./index.ts";
import { readingOf, row } from "./testing/readings.ts";
import { MARKER, Told, type ToldEvent } from "./testing/told.ts";

const AT_39 = { priceText: "$39" };
const EDITED = { ...MARKER, ...AT_39 };
const stands = (marker = EDITED, baseline = ["1"]): PostingEvent => ({
  kind: "form-stands",
  marker,
  twin: twinKeyOf(marker),
  baseline,
});
const byHand: PostingEvent = {
  kind: "pressed-by-person",
  marker: EDITED,
  twin: twinKeyOf(EDITED),
  baseline: ["1"],
  policy: { windowMs: 60_000, absenceProves: false },
};
const late = (told: Told, ...rows: ReadRow[]) =>
  lateEvidence(told.posting, readingOf(told.now, row("1"), ...rows), NO_BOOKS);
/** Filled at $45, failed, its price edited to $39, asked for again. */
const editedAndRetried = () =>
  new Told().filled().then({ kind: "fail", ending: { code: "item", message: "price" } }, { kind: "retry" });
const fillEdited: ToldEvent = { kind: "fill", marker: EDITED, twin: twinKeyOf(EDITED) };

describe("a form that was filled anew with other words, while the service was away", () => {
  it("pressed by hand, its listing is known by the new words, and a row with the old ones is not it", () => {
    const told = editedAndRetried().then(stands(), byHand);
    expect(told.posting).toMatchObject({ marker: EDITED, reworded: false });
    expect(areTwins(told.posting.twin!, twinKeyOf(EDITED))).toBe(true);
    const seen = readingOf(told.now, row("1"), row("100", AT_39), row("200"));
    expect(verdictOf(told.posting, seen, NO_BOOKS)).toMatchObject({
      kind: "found",
      row: { externalId: "100" },
    });
  });

  it("closed, and pressed with nobody hearing of it: its listing is noticed", () => {
    const told = editedAndRetried().then(stands(), { kind: "cancel" });
    expect(late(told, row("100", AT_39))).toMatchObject({ kind: "late-row" });
  });

  it("after a press with the old words, and closed: a listing with either is noticed", () => {
    const told = new Told().pressed().surelyAbsent().answered({ kind: "not-there", again: false });
    told.then({ kind: "retry" }).claimed();
    told.then({ kind: "looked", baseline: ["1"] }, fillEdited, { kind: "cancel" }, { kind: "ready" });
    expect(told.posting).toMatchObject({ state: "cancelled", reworded: true });
    expect(late(told, row("100", AT_39))).toMatchObject({ kind: "late-row" });
  });
});

describe("a form that is told of after a backup was put back", () => {
  it("does not say with which words the press went out that the backup took", () => {
    const told = new Told()
      .claimed()
      .then({ kind: "looked", baseline: ["1"] }, { kind: "restored" }, stands(MARKER));
    expect(told.posting.marker).toBeNull();
    told.after(HOUR_MS).surelyAbsent().answered({ kind: "not-there", again: false });
    expect(late(told, row("100", AT_39))).toMatchObject({ kind: "late-row" });
  });

  it("does not say what was there before that press", () => {
    const told = new Told().then({ kind: "restored" }, stands(MARKER, ["1", "100"]));
    const seen = verdictOf(told.posting, readingOf(told.now, row("1"), row("100", AT_39)), NO_BOOKS);
    expect(seen).toMatchObject({ unexplained: [{ externalId: "1" }, { externalId: "100" }] });
  });
});

it("a late row that was answered with Cancel is not asked about again, and the watch ends when it would have", () => {
  const told = new Told().then(stands(), { kind: "cancel" });
  const { closedAt } = told.posting;
  told.after(DAY_MS).then(late(told, row("100", AT_39))!, { kind: "cancel" });
  expect(told.posting).toMatchObject({ state: "cancelled", closedAt, dismissed: ["100"] });
  expect(late(told, row("100", AT_39))).toBeNull();
  expect(late(told, row("100", AT_39), row("101", AT_39))).toMatchObject({ kind: "late-row" });
  expect(isWatched(told.posting, closedAt! + 30 * DAY_MS)).toBe(false);
});

it("permits that are given back by run after run end at a person, before half a day is over", () => {
  const told = new Told();
  const began = told.now;
  while (told.posting.state !== "needs_human" && told.now < began + DAY_MS) {
    told.permitted().after(125_000);
    told.leaseUntil = 0;
    const given = { attempt: told.posting.permits, fence: told.fence };
    told
      .then({ kind: "lapse" })
      .after(15 * 60_000)
      .then({ kind: "unpressed", ...given });
  }
  expect(told.posting).toMatchObject({ ending: { code: "permits-aged" }, presses: 0 });
  expect(told.now - began).toBeLessThan(DAY_MS / 2);
});
