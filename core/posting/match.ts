/**
 * What a reading says about a posting. Pure: the posting, what was read, and what else this login's books hold.
 *
 * A named id decides alone, in any status. Else the one new row that nobody owns and that fits what was pressed. A row proves
 * one posting. Lesser readings find, they never deny. A new row that no posting owns or fits speaks against absence.
 */
import type { Marker } from "../marketplace/marketplace.ts";
import type { PostingEvent } from "./events.ts";
import { areTwins, fits, twinKeyOf, type TwinKey } from "./marker.ts";
import type { Candidate, Posting, ProvedBy } from "./posting.ts";
import type { Reading, ReadRow } from "./reading.ts";

export type IdentifiedRow = ReadRow & { externalId: string };

/** What is known of a login besides this posting. */
export type Books = {
  /** Rows somebody answers for: a posting that proved them, an item they are recorded for, or a person who said so. */
  owned: ReadonlyMap<string, { posting: string | null; item: string | null; by: ProvedBy | "record" }>;
  /** Other postings of this login with a press whose outcome is not proven; unclear: the site said nothing of it either. */
  rivals: readonly { id: string; twin: TwinKey | null; isUnclear: boolean }[];
};

export const NO_BOOKS: Books = { owned: new Map(), rivals: [] };

export type Verdict =
  | { kind: "found"; row: Candidate; by: "id" | "likeness" }
  /** More than one could be it, or it could be a rival's: a person is asked. */
  | { kind: "candidates"; rows: Candidate[] }
  /** Complete, and not in it. `unexplained`: new rows nobody owns, which speak against absence. */
  | { kind: "absent"; unexplained: Candidate[] }
  /** Nothing found, and nothing denied. */
  | { kind: "incomplete"; why: string };

const isIdentified = (row: ReadRow): row is IdentifiedRow => row.externalId !== null;

export const candidateOf = (row: IdentifiedRow): Candidate => ({
  externalId: row.externalId,
  url: row.url,
  title: row.title,
  priceText: row.priceText,
  status: row.status,
});

const mine = (posting: Posting, books: Books, row: IdentifiedRow): boolean => {
  const owner = books.owned.get(row.externalId);
  return owner === undefined || owner.posting === posting.id;
};

/** A person said of another posting that this row is not its own: it may be this one's all the same, and is asked about. */
export const isDismissedElsewhere = (books: Books, row: IdentifiedRow): boolean => {
  const owner = books.owned.get(row.externalId);
  return owner !== undefined && owner.posting === null && owner.by === "person";
};

export const whyIncomplete = (reading: Reading): string =>
  reading.gaps.map(({ page, why }) => `${page}: ${why}`).join(", ") || "incomplete";

/** Whose rows could be taken for its own. */
export const rivalsOf = (posting: Posting, marker: Marker, books: Books): Books["rivals"] =>
  books.rivals.filter(
    ({ id, twin }) => id !== posting.id && (twin === null || areTwins(twin, twinKeyOf(marker))),
  );

/** After a press: is it there? */
export function verdictOf(posting: Posting, reading: Reading, books: Books): Verdict {
  const rows = reading.rows.filter(isIdentified);
  const named = posting.sign?.externalId ?? null;
  if (named !== null) {
    const row = rows.find(({ externalId }) => externalId === named);
    if (row) return { kind: "found", row: candidateOf(row), by: "id" };
    return reading.complete
      ? { kind: "absent", unexplained: [] }
      : { kind: "incomplete", why: whyIncomplete(reading) };
  }
  const before = new Set([...(posting.baseline ?? []), ...posting.dismissed]);
  const isDoubtful = (row: IdentifiedRow) => isDismissedElsewhere(books, row);
  const since = rows.filter(
    (row) => !before.has(row.externalId) && (mine(posting, books, row) || isDoubtful(row)),
  );
  const { marker } = posting;
  // With which words it was pressed, if it was, nobody may know (apply-evidence.ts): then any new row may be it.
  const mayBeIt = (row: IdentifiedRow) => (marker === null ? posting.baseline !== null : fits(marker, row));
  const alike = since.filter((row) => row.status !== "draft" && mayBeIt(row));
  const isRivalled = marker !== null && rivalsOf(posting, marker, books).length > 0;
  const [only] = alike;
  if (only && (alike.length > 1 || isRivalled || isDoubtful(only) || posting.baseline === null))
    return { kind: "candidates", rows: alike.map(candidateOf) };
  if (only) return { kind: "found", row: candidateOf(only), by: "likeness" };
  if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) };
  return { kind: "absent", unexplained: since.filter((row) => !isDoubtful(row)).map(candidateOf) };
}

export type Before =
  /** Nothing of it is there: these rows were there before anything was pressed. */
  | { kind: "go"; baseline: string[] }
  /** The books say that a row there is this item's listing. */
  | { kind: "listed"; row: Candidate }
  /** A look-alike nobody answers for. */
  | { kind: "alike"; rows: Candidate[] }
  /** A look-alike that may be a twin's whose outcome is unclear: that is waited for. */
  | { kind: "twin" }
  /** An earlier press left something behind: found, or to be asked about. */
  | { kind: "verdict"; verdict: Verdict }
  | { kind: "incomplete"; why: string };

/** Before a press: may it be pressed at all? */
export function lookBefore(
  posting: Posting,
  itemId: string | null,
  marker: Marker,
  reading: Reading,
  books: Books,
): Before {
  const rows = reading.rows.filter(isIdentified);
  const recorded = rows.find(
    (row) =>
      !posting.isBeside &&
      posting.presses === 0 &&
      (row.status === "active" || row.status === "held") &&
      itemId !== null &&
      books.owned.get(row.externalId)?.item === itemId,
  );
  if (recorded) return { kind: "listed", row: candidateOf(recorded) };
  const dismissed = new Set(posting.dismissed);
  const alike = rows.filter(
    (row) =>
      row.status !== "draft" &&
      !dismissed.has(row.externalId) &&
      !(posting.presses > 0 && posting.baseline?.includes(row.externalId)) &&
      mine(posting, books, row) &&
      fits(marker, row),
  );
  if (posting.presses > 0 && posting.baseline !== null) {
    const verdict = verdictOf({ ...posting, marker: posting.marker ?? marker }, reading, books);
    if (verdict.kind === "found" || verdict.kind === "candidates") return { kind: "verdict", verdict };
  }
  if (alike.length > 0)
    return rivalsOf(posting, marker, books).some(({ isUnclear }) => isUnclear)
      ? { kind: "twin" }
      : { kind: "alike", rows: alike.map(candidateOf) };
  if (!reading.complete) return { kind: "incomplete", why: whyIncomplete(reading) };
  return { kind: "go", baseline: rows.map(({ externalId }) => externalId) };
}

/**
 * What a reading taken for somebody else says about a posting that ended filled or pressed, without proof. An id the site named decides; what
 * only looks like it may be something else by now, and is asked about.
 */
export function lateEvidence(
  posting: Posting,
  reading: Reading,
  books: Books,
  after: (posting: Posting, reading: Reading, books: Books) => Verdict = verdictOf,
): PostingEvent | null {
  if (posting.closedAt === null) return null;
  const verdict = after(posting.reworded ? { ...posting, marker: null } : posting, reading, books);
  if (verdict.kind === "found" && verdict.by === "id") {
    const { externalId, url, status } = verdict.row;
    return { kind: "found", externalId, url, by: "id", status };
  }
  const rows = lateRows(verdict);
  return rows.length > 0 ? { kind: "late-row", candidates: rows } : null;
}

const lateRows = (verdict: Verdict): Candidate[] => {
  if (verdict.kind === "found") return [verdict.row];
  return verdict.kind === "candidates" ? verdict.rows : [];
};

/** What a reading says about each posting of the login that is watched for, as the event to tell of it. */
export const lateNews = (
  reading: Reading,
  books: Books & { watched: readonly Posting[] },
): { id: string; event: PostingEvent }[] =>
  books.watched.flatMap((watched) => {
    const event = lateEvidence(watched, reading, books);
    return event ? [{ id: watched.id, event }] : [];
  });
