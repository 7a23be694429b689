/** M8: the same facts give the same verdict, in any order, however late and however often they come. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS, isFinal, lateEvidence, NO_BOOKS, twinKeyOf, verdictOf } from "./index.ts";
import type { ListingRow } from "../plan/index.ts";
import type { Posting, PostingEvent, Reading } from "./index.ts";
import { MARKER, Told, WINDOW_MS } from "./testing/told.ts";

/** Where a posting may be when evidence of its first press comes, or comes back. */
const BASES: Record<string, () => Told> = {
  "being pressed": () => new Told().permitted(),
  "looked for": () => new Told().pressed(),
  "asked about": () => new Told().pressed().surelyAbsent(),
  "given up, as the person said": () =>
    new Told().pressed().surelyAbsent().answered({ kind: "not-there", again: false }),
  "to be pressed again": () =>
    new Told().pressed().surelyAbsent().answered({ kind: "not-there", again: true }),
  "filled a second time": () =>
    new Told().pressed().surelyAbsent().answered({ kind: "not-there", again: true }).filled(),
  "cancelled after a press": () => {
    const told = new Told().permitted().then({ kind: "cancel" }, { kind: "pressed", attempt: 1 });
    told.leaseUntil = told.now;
    return told.surelyAbsent();
  },
  "filled before the person": () => new Told({ mode: "review" }).filled().then({ kind: "ready" }),
  "cancelled with its form filled": () =>
    new Told({ mode: "review" }).filled().then({ kind: "ready" }, { kind: "cancel" }),
};

const byHand: PostingEvent = {
  kind: "pressed-by-person",
  marker: MARKER,
  twin: twinKeyOf(MARKER),
  baseline: ["1"],
  policy: { windowMs: WINDOW_MS, absenceProves: false },
};
const row = (externalId: string) =>
  ({ externalId, url: null, ...MARKER, status: "active" }) satisfies ListingRow;
const FACTS: Record<string, PostingEvent> = {
  "the host's record of its press": { kind: "pressed", attempt: 1 },
  "a press by hand": byHand,
  "said, without an id": { kind: "said-listed", externalId: null, url: null },
  "said, with its id": { kind: "said-listed", externalId: "100", url: null },
  "found by that id": { kind: "found", externalId: "100", url: null, by: "id" },
  "found by likeness": { kind: "found", externalId: "100", url: null, by: "likeness" },
  "another found by likeness": { kind: "found", externalId: "9", url: null, by: "likeness" },
  "a late row": { kind: "late-row", candidates: [row("100")] },
};
type Fact = keyof typeof FACTS;
const SIGHTS: readonly Fact[] = ["found by likeness", "another found by likeness", "a late row"];
const PROOFS: readonly Fact[] = ["said, without an id", "said, with its id", "found by that id"];

const NAMING: readonly Fact[] = ["said, with its id", "found by that id"];

/** What the list shows at last. A row taken for it by likeness was the only one that looked like it. */
function readingAfter(facts: readonly Fact[], now: number): Reading {
  const isOther = facts.includes("another found by likeness");
  const isOwn = !isOther || facts.some((fact) => NAMING.includes(fact));
  const ids = ["1", ...(isOther ? ["9"] : []), ...(isOwn ? ["100"] : [])];
  return { begunAt: now, endedAt: now, login: "seller", rows: ids.map(row), complete: true, gaps: [] };
}

/** One more look at the end, as there always is one. */
function lookedAt(told: Told, facts: readonly Fact[]): void {
  told.after(HOUR_MS);
  const reading = readingAfter(facts, told.now);
  const late = isFinal(told.posting) ? lateEvidence(told.posting, reading, NO_BOOKS) : null;
  if (late) told.try(late);
  if (told.posting.state !== "unknown") return;
  const marker = told.posting.marker ?? MARKER; // as carry-out does
  const verdict = verdictOf({ ...told.posting, marker }, reading, NO_BOOKS);
  if (verdict.kind === "found")
    told.try({ kind: "found", externalId: verdict.row.externalId, url: null, by: verdict.by });
}

/** What is known, whichever way it came to be known. */
function verdict({ state, listing, sign, unsettledAt, closedAt }: Posting): string {
  if (state === "done") return `live as ${listing?.externalId}`;
  const named = sign?.externalId ? `, named ${sign.externalId}` : sign ? ", said to be listed" : "";
  if (isFinal({ state })) return `${closedAt === null ? "over" : "watched"}${named}`;
  return unsettledAt === null ? state : `looked for or asked about${named}`;
}

type Delivery = { fact: Fact; afterMs: number };
const delivered = (base: string, deliveries: readonly Delivery[], facts: readonly Fact[]): Posting => {
  const told = BASES[base]!();
  for (const { fact, afterMs } of deliveries) told.after(afterMs).try(FACTS[fact]!);
  lookedAt(told, facts);
  return told.posting;
};

const schedules = fc
  .record({
    base: fc.constantFrom(...Object.keys(BASES)),
    // Two rows that look like it are a question by themselves (match.ts), not two facts.
    facts: fc
      .subarray(Object.keys(FACTS), { minLength: 1, maxLength: 5 })
      .filter((facts) => facts.filter((fact) => SIGHTS.includes(fact)).length < 2),
  })
  .chain(({ base, facts }) => {
    const delivery = (fact: Fact) => fc.record({ fact: fc.constant(fact), afterMs: fc.nat(2 * HOUR_MS) });
    const once = facts.map(delivery);
    const again = fc.array(fc.constantFrom(...facts).chain(delivery), { maxLength: 3 });
    const schedule = fc
      .tuple(fc.tuple(...once), again)
      .chain(([first, more]) =>
        fc.shuffledSubarray([...first, ...more], { minLength: first.length + more.length }),
      );
    return fc.record({ base: fc.constant(base), facts: fc.constant(facts), one: schedule, other: schedule });
  });

describe("evidence", () => {
  it("gives the same verdict in any order, with any delay, however often it is repeated", () => {
    fc.assert(
      fc.property(schedules, ({ base, facts, one, other }) => {
        expect(verdict(delivered(base, one, facts))).toBe(verdict(delivered(base, other, facts)));
      }),
      { numRuns: 20_000 },
    );
  });

  it("of a listing is never followed by a plain failed or cancelled", () => {
    fc.assert(
      fc.property(schedules, ({ base, facts, one }) => {
        fc.pre(facts.some((fact) => PROOFS.includes(fact)));
        const { state, closedAt } = delivered(base, one, facts);
        expect(isFinal({ state }) && state !== "done" && closedAt === null).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
