/** What sellers tell of other crossposting tools: each trouble once, with what is right here. */
import { describe, expect, it } from "vitest";
import { DAY_MS, likenessOf, lookBefore, NO_BOOKS, twinKeyOf, verdictOf, type Books } from "./index.ts";
import { readingOf, row } from "./testing/readings.ts";
import { MARKER, NOON, Told, WINDOW_MS } from "./testing/told.ts";

const SAID = { kind: "said-listed", externalId: null, url: null } as const;

describe('the site says "published" and its list does not show it', () => {
  it("never pressed again by itself: looked for a day, then asked about", () => {
    const told = new Told().permitted().then(SAID);
    told.leaseUntil = told.now;
    told.surelyAbsent().after(60_000).absent();
    expect(told.posting).toMatchObject({ state: "unknown", presses: 1 });
    told.after(DAY_MS).absent();
    expect(told.posting).toMatchObject({
      state: "needs_human",
      presses: 1,
      question: { kind: "there" },
      ending: { code: "said-listed" },
    });
  });

  it("the same where the channel's folder calls absence proof", () => {
    const told = new Told().permitted({ policy: { windowMs: WINDOW_MS, absenceProves: true } }).then(SAID);
    told.leaseUntil = told.now;
    told.surelyAbsent().after(DAY_MS).absent();
    expect(told.posting.presses).toBe(1);
    expect(told.posting.state).toBe("needs_human");
  });
});

describe("the site stores the title differently", () => {
  const marker = { title: "Brass lamp – “works” & glows, 1960’s 🪔 <original>!!!", priceText: "$45" };
  it.each([
    ["cut at the first emoji", "Brass lamp – “works” & glows, 1960’s"],
    ["without emoji", "Brass lamp – “works” & glows, 1960’s  <original>!!!"],
    ["straight quotes", 'Brass lamp – "works" & glows, 1960\'s 🪔 <original>!!!'],
    ["plain dashes", "Brass lamp - “works” & glows, 1960’s 🪔 <original>!!!"],
    ["entities", "Brass lamp &ndash; &ldquo;works&rdquo; &amp; glows, 1960&rsquo;s 🪔 &lt;original&gt;!!!"],
    ["no angle brackets", "Brass lamp – “works” & glows, 1960’s 🪔 original!!!"],
    ["one exclamation mark", "Brass lamp – “works” & glows, 1960’s 🪔 <original>!"],
    ["none at its end", "Brass lamp – “works” & glows, 1960’s 🪔 <original>"],
    ["cut at a limit, with no ellipsis", "Brass lamp – “works” & gl"],
    ["other case", "BRASS LAMP – “WORKS” & GLOWS, 1960’S 🪔 <ORIGINAL>!!!"],
  ])("%s: known all the same", (_, title) =>
    expect(likenessOf(marker, { title, priceText: "$45" })).not.toBe("none"),
  );

  it("and lowers the price: a new row nobody knows speaks against absence, and is shown", () => {
    const { posting } = new Told().pressed();
    const lowered = row("2", { priceText: "$40" });
    expect(verdictOf(posting, readingOf(NOON, row("1"), lowered), NO_BOOKS)).toMatchObject({
      kind: "absent",
      unexplained: [{ externalId: "2" }],
    });
  });

  it("and names an id: that id decides, whatever the title says", () => {
    const { posting } = new Told().pressed().then({ ...SAID, externalId: "9" });
    const renamed = row("9", { title: "Vintage brass lamp by maria" });
    expect(verdictOf(posting, readingOf(NOON, renamed), NO_BOOKS)).toMatchObject({ kind: "found", by: "id" });
    // A look-alike is not it while the named one is not there.
    expect(verdictOf(posting, readingOf(NOON, row("2")), NO_BOOKS)).toEqual({
      kind: "absent",
      unexplained: [],
    });
  });
});

describe("the person presses the site's own Publish", () => {
  it("in review mode: their press is the one press, and its row makes it live", () => {
    const told = new Told({ mode: "review" }).filled().then({ kind: "ready" });
    told.leaseUntil = told.now;
    const policy = { windowMs: WINDOW_MS, absenceProves: false };
    told.then({
      kind: "pressed-by-person",
      marker: MARKER,
      twin: twinKeyOf(MARKER),
      baseline: ["1"],
      policy,
    });
    expect(told.posting).toMatchObject({ state: "unknown", presses: 1, consent: null });
    const verdict = verdictOf(told.posting, readingOf(NOON, row("1"), row("2")), NO_BOOKS);
    expect(verdict).toMatchObject({ kind: "found", row: { externalId: "2" } });
    told.then({ kind: "found", externalId: "2", url: null, by: "likeness" });
    expect(told.posting).toMatchObject({ state: "done", presses: 1 });
  });
});

describe("a twin is there", () => {
  const { posting } = new Told();

  it("made by hand: asked about once, not taken for the item", () => {
    expect(lookBefore(posting, "lamp", MARKER, readingOf(NOON, row("7")), NO_BOOKS)).toMatchObject({
      kind: "alike",
      rows: [{ externalId: "7" }],
    });
    const told = new Told().claimed();
    const candidates = [{ ...row("7"), externalId: "7" }];
    told.then({ kind: "ask", question: "alike", ending: { code: "several", count: 1 }, candidates });
    told.leaseUntil = told.now;
    told.answered({ kind: "another-thing" });
    expect(told.posting.state).toBe("queued");
    expect(lookBefore(told.posting, "lamp", MARKER, readingOf(NOON, row("7")), NO_BOOKS)).toMatchObject({
      kind: "go",
    });
  });

  it("of another item of the seller's: not this one's listing", () => {
    const owned = new Map([["7", { posting: "other", item: "another lamp", by: "id" as const }]]);
    const books: Books = { owned, rivals: [] };
    expect(lookBefore(posting, "lamp", MARKER, readingOf(NOON, row("7")), books)).toMatchObject({
      kind: "go",
    });
  });

  it("whose own outcome is unclear: waited for", () => {
    const rivals = [{ id: "other", twin: twinKeyOf(MARKER), isUnclear: true }];
    expect(
      lookBefore(posting, "lamp", MARKER, readingOf(NOON, row("7")), { owned: new Map(), rivals }),
    ).toEqual({
      kind: "twin",
    });
  });

  it("from before the press: never taken for what was pressed", () => {
    const pressed = new Told().pressed().posting;
    expect(verdictOf(pressed, readingOf(NOON, row("1")), NO_BOOKS)).toEqual({
      kind: "absent",
      unexplained: [],
    });
  });
});
