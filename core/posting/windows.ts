/** What becomes unproven, and what is proven again: used by every event that opens or ends the wait for a listing. */
import { DAY_MS, FIRST_LOOK_MS, HOUR_MS } from "./limits.ts";
import type { Marker } from "../marketplace/marketplace.ts";
import type { Candidate, Posting, ProvedListing } from "./posting.ts";

/** A driver's own word on when it comes again: within a day. */
export const inAWhile = (ms: number, now: number): number => now + Math.min(DAY_MS, Math.max(0, ms));

/** Until when looking goes on before a person is called: after the site's own word, for a day. */
export const lookUntil = (posting: Posting, now: number): number =>
  posting.sign && posting.unsettledAt !== null
    ? Math.max(now + HOUR_MS, posting.unsettledAt + DAY_MS)
    : now + HOUR_MS;

/** It may have been posted: looked for from now on, over the window that counts from `from`. */
export function opened(posting: Posting, from: number, now: number): Partial<Posting> {
  const unsettledAt = Math.max(posting.unsettledAt ?? 0, from);
  const isLooked = posting.state === "unknown";
  return {
    state: "unknown",
    // Whoever pressed goes on looking; whoever was about to press is stopped.
    fence: isLooked || posting.state === "submitting" ? posting.fence : null,
    unsettledAt,
    absentAt: null,
    question: null,
    closedAt: null,
    dueAt: now + FIRST_LOOK_MS,
    quietUntil: null,
    decideBy: Math.max(
      posting.decideBy,
      unsettledAt + (posting.sign ? DAY_MS : HOUR_MS),
      // What comes to light late is looked for before anybody is called.
      isLooked ? 0 : now + HOUR_MS,
    ),
  };
}

/** It ended without proof that nothing came of it: what was filled or pressed is watched for. */
export function closed(
  posting: Posting,
  state: "failed" | "cancelled",
  ending: Posting["ending"],
  now: number,
): Partial<Posting> {
  const isToWatch = posting.presses > 0 || posting.filledAt !== null;
  return {
    state,
    ending,
    fence: null,
    runUntil: null,
    question: null,
    cancelAsked: false,
    // What was agreed to ends with it: whatever reopens it later asks before it presses.
    consent: null,
    permit: null,
    settledAttempts: posting.permits,
    // Ended again over rows that came up since: those are answered for, and the watch goes on as it was.
    ...(posting.closedAt === null ? {} : dismissedRows(posting, posting.question?.candidates ?? [])),
    closedAt: isToWatch ? (posting.closedAt ?? now) : null,
  };
}

/** A person said of these that they are not its. */
export const dismissedRows = (posting: Posting, rows: readonly Candidate[]): Partial<Posting> => ({
  dismissed: [...new Set([...posting.dismissed, ...rows.map(({ externalId }) => externalId)])],
});

/** Cancelled, with what is known of what its person may have done. */
export const cancelled = (posting: Posting, now: number): Partial<Posting> =>
  closed(posting, "cancelled", cancelledBy(posting), now);

/** Proved by a row. */
export const done = (posting: Posting, listing: ProvedListing): Partial<Posting> => ({
  state: "done",
  listing,
  question: null,
  unsettledAt: null,
  absentAt: null,
  cancelAsked: false,
  closedAt: null,
  ending: posting.presses === 0 ? { code: "already-listed" } : null,
});

/** Back in the queue with nothing unproven. */
export function queued(posting: Posting, dueAt: number): Partial<Posting> {
  return { state: "queued", fence: null, runUntil: null, question: null, dueAt };
}

/** What is said when it is cancelled: only what was read. */
const cancelledBy = (posting: Posting): Posting["ending"] => ({
  code: "cancelled",
  pressed: posting.presses > 0,
  filled: posting.filledAt !== null,
  ...(isPressUnknown(posting) ? { restored: true } : {}),
});

/** Pressed once more with these words: not those of an earlier press, as far as they are known. */
export const isReworded = (
  { presses, marker, reworded }: Posting,
  { title, priceText, sku = "" }: Marker,
): boolean =>
  reworded ||
  (presses > 0 && (marker?.title !== title || marker.priceText !== priceText || (marker.sku ?? "") !== sku));

/** What its listing would be known by from when a form is filled, which may be pressed without anybody hearing of it. */
export const wordsOfForm = (
  posting: Posting,
  { marker, twin }: { marker: Marker; twin: Posting["twin"] },
): Partial<Posting> => (posting.presses > 0 ? { reworded: isReworded(posting, marker) } : { marker, twin });

/** Nothing is on record of the one press there may have been. */
export const isPressUnknown = ({ presses, guess }: Posting): boolean => guess === "restored" && presses === 1;

/**
 * Asked for by a browser in which a person published it already, before anybody could be asked. How it was pressed follows
 * (`pressed-by-person`), and takes the guess's place.
 */
export function pressedBefore(posting: Posting, now: number): Posting {
  return {
    ...posting,
    ...opened(posting, now, now),
    consent: null,
    tabClaimed: true,
    presses: 1,
    guess: "told",
    windowMs: HOUR_MS,
    ending: { code: "no-answer" },
  };
}
