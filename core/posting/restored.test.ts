/** A database that was put back: what was pressed since is not in it, and may have gone out with other words. */
import { describe, expect, it } from "vitest";
import { HOUR_MS, lateEvidence, NO_BOOKS } from "./index.ts";
import { readingOf, row } from "./testing/readings.ts";
import { MARKER, Told } from "./testing/told.ts";

/** Put back to before its press, not found, and closed by its person. */
const closedAfterRestore = (before: Told): Told =>
  before
    .then({ kind: "restored" })
    .after(HOUR_MS)
    .surelyAbsent()
    .answered({ kind: "not-there", again: false });

const closedAfterTwo = (second = MARKER): Told => {
  const told = new Told().pressed().surelyAbsent().answered({ kind: "not-there", again: true });
  return told.pressed({ marker: second }).surelyAbsent().answered({ kind: "not-there", again: false });
};

describe("a listing of the first of two presses that comes up when both were said not to be there", () => {
  it("is asked about though its price was edited in between", () => {
    const told = closedAfterTwo({ ...MARKER, priceText: "$39" });
    const event = lateEvidence(told.posting, readingOf(told.now, row("1"), row("100")), NO_BOOKS);
    expect(event).toMatchObject({ kind: "late-row", candidates: [{ externalId: "100" }] });
  });

  it("is known by its words where both had the same: other rows are nobody's question", () => {
    const told = closedAfterTwo();
    const other = row("100", { title: "Oak chair" });
    expect(lateEvidence(told.posting, readingOf(told.now, row("1"), other), NO_BOOKS)).toBeNull();
  });
});

describe("a listing that comes up after its posting was put back from a backup and closed", () => {
  it("is asked about though its price was edited between the backup and the press", () => {
    const told = closedAfterRestore(new Told().filled());
    const [old, edited] = [row("1"), row("100", { priceText: "$39" })];
    const event = lateEvidence(told.posting, readingOf(told.now, old, edited), NO_BOOKS);
    expect(event).toMatchObject({ kind: "late-row", candidates: [{ externalId: "100" }] });
    expect(told.then(event!).posting.state).toBe("needs_human");
  });

  it("is asked about though the browser that pressed has told of its press since, and the item was sold", () => {
    const told = closedAfterRestore(new Told().filled());
    told.then({ kind: "pressed", attempt: 1 });
    expect(told.posting).toMatchObject({ presses: 1, permits: 1, guess: null });
    told.after(HOUR_MS).surelyAbsent().answered({ kind: "not-there", again: true });
    told.filled().then({ kind: "fail", ending: { code: "sold" } });
    const event = lateEvidence(told.posting, readingOf(told.now, row("100", { priceText: "$39" })), NO_BOOKS);
    expect(event).toMatchObject({ kind: "late-row", candidates: [{ externalId: "100" }] });
  });

  it("is not asked about where the press was in the backup, and its words with it", () => {
    const told = closedAfterRestore(new Told().pressed());
    const other = row("100", { title: "Oak chair", priceText: "$39" });
    expect(lateEvidence(told.posting, readingOf(told.now, row("1"), other), NO_BOOKS)).toBeNull();
  });
});
