/** When a posting whose outcome is unproven is looked for next. One policy for every host. */
import { AGREE_MS, DAY_MS, HOUR_MS, SECOND_MS } from "./limits.ts";
import { type Posting, windowEndsAt } from "./posting.ts";

const UNREADABLE_MS = 30_000;
const LONGEST_MS = HOUR_MS;

/** From when the press may have happened; a clock that was set back knows only since when it is looked for anew. */
const pressedAt = ({ permit, unsettledAt }: Posting, now: number): number =>
  [permit?.at, unsettledAt].find((at) => at != null && at <= now) ?? now;

/**
 * Milliseconds until the next look.
 * @param lookMs when a channel's list is worth looking at, in milliseconds after the press.
 * Looks at those moments, then at the end of the window and again when a second reading agrees; after a sign of the site
 * ever less often, for a day.
 */
export function nextLookMs(posting: Posting, lookMs: readonly number[], now: number): number {
  const pressed = pressedAt(posting, now);
  const windowEnds = windowEndsAt(posting) ?? now;
  const moments = [
    ...lookMs.map((ms) => pressed + ms).filter((at) => at < windowEnds),
    windowEnds + SECOND_MS,
    // Where this very look is the first one after the window, the second agrees with it.
    (posting.absentAt ?? Math.max(now, windowEnds)) + AGREE_MS + SECOND_MS,
  ];
  const next = moments.find((at) => at > now);
  if (next !== undefined) return Math.max(SECOND_MS, next - now);
  return Math.min(LONGEST_MS, Math.max(AGREE_MS, (now - pressed) / 4));
}

/** After a look that could not be finished. */
export function nextTryMs(posting: Posting, lookMs: readonly number[], now: number): number {
  const open = now - (posting.unsettledAt ?? now);
  const patience = Math.min(LONGEST_MS, Math.max(UNREADABLE_MS, open / 8));
  return Math.max(nextLookMs(posting, lookMs, now), patience, SECOND_MS);
}

/** When a closed posting's rows are looked for, if no other reading comes by: ever less often. */
export function nextWatchMs(closedAt: number, now: number): number {
  return Math.min(DAY_MS, Math.max(HOUR_MS, (now - closedAt) / 2));
}
