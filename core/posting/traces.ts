/**
 * What proves an act: the trace it leaves where the account can read. A listing is a new row (match.ts). Here are the acts that
 * leave another trace. Each answers in the same words, so that one machine and one story carry all of them out.
 *
 * - A message is an own one after the thread's tail. Equal texts are a question, and so is what the buyer wrote since.
 * - A cart line merges with what was there: its difference in quantity is the trace. A part of it, or more, is a question.
 * - An end is proved by the listing's own status, or by its being gone twice. A list that cannot be read ends nothing.
 */
import type { Marker } from "../marketplace/marketplace.ts";
import { isOver } from "./keeper.ts";
import { AGREE_MS } from "./limits.ts";
import { folded } from "./marker.ts";
import {
  type Before,
  type Books,
  isDismissedElsewhere,
  lookBefore,
  rivalsOf,
  type Verdict,
  candidateOf,
  type IdentifiedRow,
  verdictOf,
  whyIncomplete,
} from "./match.ts";
import type { Candidate, Posting } from "./posting.ts";
import type { Reading, ReadRow } from "./reading.ts";

export type Trace = {
  /** Before the first press: may it be pressed at all? */
  before(posting: Posting, itemId: string | null, marker: Marker, reading: Reading, books: Books): Before;
  /** After a press: is it there? */
  after(posting: Posting, reading: Reading, books: Books): Verdict;
};

export const LISTING: Trace = { before: lookBefore, after: verdictOf };

const isRivalled = (posting: Posting, marker: Marker, books: Books): boolean =>
  rivalsOf(posting, marker, books).length > 0;

const isOthers = (posting: Posting, books: Books, row: IdentifiedRow): boolean => {
  const owner = books.owned.get(row.externalId);
  return owner !== undefined && owner.posting !== posting.id;
};

const incomplete = (reading: Reading): { kind: "incomplete"; why: string } => ({
  kind: "incomplete",
  why: whyIncomplete(reading),
});

/** An earlier press left something behind, which is looked at before anything else. */
const leftBehind = (trace: Trace, posting: Posting, marker: Marker, reading: Reading, books: Books) => {
  if (posting.presses === 0 || posting.baseline === null) return null;
  const verdict = trace.after({ ...posting, marker: posting.marker ?? marker }, reading, books);
  return verdict.kind === "found" || verdict.kind === "candidates" ? verdict : null;
};

// Messages: rows are a thread, oldest first; the status says whose each is.

/** How much of a thread is kept as what was there: enough to find the place again where the site names no ids. */
const TAIL = 20;
const lineOf = ({ externalId, status, title }: ReadRow): string =>
  externalId === null ? `${status}: ${title.trim()}` : `#${externalId}`;

/** Letters and digits where there are any: sites trim, and turn quotes and dashes. */
const isSameText = (a: string, b: string): boolean =>
  folded(a) === "" ? a.trim() === b.trim() : folded(a) === folded(b);

/** Where in the thread the tail ends; null where it cannot be found, or could be in two places. */
function endOfTail(tail: readonly string[], thread: readonly ReadRow[]): number | null {
  const lines = thread.map(lineOf);
  // A tail shorter than is kept was the whole thread: it can only be at the beginning.
  const isWhole = tail.length < TAIL;
  const ends = lines.flatMap((_, at) => {
    const from = at + 1 - tail.length;
    if (from < 0 || (isWhole && from > 0)) return [];
    return tail.every((line, index) => lines[from + index] === line) ? [at] : [];
  });
  if (tail.length === 0) return -1;
  return ends.length === 1 ? ends[0]! : null;
}

/** Where the site names no ids a row is known as the second, third, ... of its text. */
function keyed(thread: readonly ReadRow[]): IdentifiedRow[] {
  const counts = new Map<string, number>();
  return thread.map((row) => {
    const line = lineOf(row);
    const count = (counts.get(line) ?? 0) + 1;
    counts.set(line, count);
    return { ...row, externalId: row.externalId ?? `${line} (${count})` };
  });
}

/** What was written after the tail. */
function writtenSince(posting: Posting, reading: Reading): IdentifiedRow[] | null {
  const end = endOfTail(posting.baseline ?? [], reading.rows);
  return end === null ? null : keyed(reading.rows).slice(end + 1);
}

function messageAfter(posting: Posting, reading: Reading, books: Books): Verdict {
  const { marker } = posting;
  const since = writtenSince(posting, reading);
  if (since === null || marker === null)
    return { kind: "incomplete", why: "the place in the thread was not found" };
  const fresh = since.filter(
    (row) =>
      !posting.dismissed.includes(row.externalId) &&
      (!isOthers(posting, books, row) || isDismissedElsewhere(books, row)),
  );
  const named = fresh.find(({ externalId }) => externalId === posting.sign?.externalId);
  if (named) return { kind: "found", row: candidateOf(named), by: "id" };
  const alike = fresh.filter(({ status, title }) => status === "mine" && isSameText(title, marker.title));
  const [only] = alike;
  // Where the thread was not read before the press, any of its messages may be an older one.
  const isDoubtful = posting.baseline === null || (only && isDismissedElsewhere(books, only));
  if (only && (alike.length > 1 || isDoubtful || isRivalled(posting, marker, books)))
    return { kind: "candidates", rows: alike.map(candidateOf) };
  if (only) return { kind: "found", row: candidateOf(only), by: "likeness" };
  return reading.complete ? { kind: "absent", unexplained: fresh.map(candidateOf) } : incomplete(reading);
}

function messageBefore(
  posting: Posting,
  _itemId: string | null,
  marker: Marker,
  reading: Reading,
  books: Books,
): Before {
  const verdict = leftBehind(MESSAGE, posting, marker, reading, books);
  if (verdict) return { kind: "verdict", verdict };
  const said = ownLastWords(reading).filter(
    (row) =>
      isSameText(row.title, marker.title) &&
      !posting.dismissed.includes(row.externalId) &&
      !isOthers(posting, books, row),
  );
  if (said.length > 0)
    return rivalsOf(posting, marker, books).some(({ isUnclear }) => isUnclear)
      ? { kind: "twin" }
      : { kind: "alike", rows: said.map(candidateOf) };
  if (!reading.complete) return incomplete(reading);
  return { kind: "go", baseline: reading.rows.slice(-TAIL).map(lineOf) };
}

/** What was written from here since the other side wrote last. */
function ownLastWords(reading: Reading): IdentifiedRow[] {
  const theirs = reading.rows.findLastIndex(({ status }) => status !== "mine");
  return keyed(reading.rows).slice(theirs + 1);
}

export const MESSAGE: Trace = { before: messageBefore, after: messageAfter };

// Carts: rows are lines, the id is what is in the line, and each says how many.

const AMOUNT = "×";
const lineKey = (id: string, quantity: number): string => `${id}${AMOUNT}${quantity}`;

function quantities(rows: readonly ReadRow[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { externalId, quantity } of rows)
    if (externalId !== null) sums.set(externalId, (sums.get(externalId) ?? 0) + (quantity ?? 1));
  return sums;
}

function quantityBefore(baseline: readonly string[], id: string): number {
  const line = baseline.find((one) => one.startsWith(`${id}${AMOUNT}`));
  return line ? Number(line.slice(id.length + AMOUNT.length)) : 0;
}

function cartAfter(posting: Posting, reading: Reading, books: Books): Verdict {
  const { marker, baseline } = posting;
  const id = marker?.sku ?? null;
  if (marker === null || id === null || baseline === null)
    return { kind: "incomplete", why: "what was in the cart before is not known" };
  const now = quantities(reading.rows).get(id) ?? 0;
  const added = now - quantityBefore(baseline, id);
  const row: IdentifiedRow = {
    externalId: lineKey(id, now),
    url: null,
    title: marker.title,
    priceText: "",
    status: `${added} of ${marker.quantity ?? 1}`,
  };
  const isDismissed = posting.dismissed.includes(row.externalId);
  if (added === 0 || isDismissed)
    return reading.complete
      ? { kind: "absent", unexplained: risenLines(posting, reading, books) }
      : incomplete(reading);
  const isItsOwn = added === (marker.quantity ?? 1) && !isOthers(posting, books, row);
  if (isItsOwn && !isRivalled(posting, marker, books))
    return { kind: "found", row: candidateOf(row), by: "likeness" };
  return { kind: "candidates", rows: [candidateOf(row)] };
}

/** Lines of something else that hold more than before, and nobody put it there: the site may have taken another size. */
function risenLines(posting: Posting, reading: Reading, books: Books): Candidate[] {
  return [...quantities(reading.rows)].flatMap(([id, now]) => {
    const more = now - quantityBefore(posting.baseline ?? [], id);
    const row = { externalId: lineKey(id, now), url: null, title: id, priceText: "", status: `${more} more` };
    const isKnown = posting.dismissed.includes(row.externalId) || isOthers(posting, books, row);
    return id === posting.marker?.sku || more <= 0 || isKnown ? [] : [row];
  });
}

function cartBefore(
  posting: Posting,
  _itemId: string | null,
  marker: Marker,
  reading: Reading,
  books: Books,
): Before {
  const verdict = leftBehind(CART, posting, marker, reading, books);
  if (verdict) return { kind: "verdict", verdict };
  if (!reading.complete) return incomplete(reading);
  return {
    kind: "go",
    baseline: [...quantities(reading.rows)].map(([id, quantity]) => lineKey(id, quantity)),
  };
}

export const CART: Trace = { before: cartBefore, after: cartAfter };

// Ends.

/**
 * @param readings of the account's own lists since the end was pressed, newest first.
 * @returns `ended` when proved; `live` when the newest shows it as before, and ending it may be pressed again; else `unproven`.
 */
export function endVerdict(externalId: string, readings: readonly Reading[]): "ended" | "live" | "unproven" {
  const shown = (reading: Reading) => reading.rows.find((row) => row.externalId === externalId);
  const [newest] = readings;
  if (!newest) return "unproven";
  const row = shown(newest);
  if (row) return isOver(row.status) ? "ended" : "live";
  const lastShown = readings.findIndex((reading) => shown(reading) !== undefined);
  const since = lastShown === -1 ? readings : readings.slice(0, lastShown);
  const isGoneTwice = since.some(
    ({ complete, begunAt }) => complete && newest.complete && begunAt <= newest.begunAt - AGREE_MS,
  );
  return isGoneTwice ? "ended" : "unproven";
}
