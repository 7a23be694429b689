/**
 * Two clocks of one machine: the wall clock, which can be set, and the monotonic one, which stands still while the machine
 * sleeps (Linux, macOS: w3c/hr-time issue 115). What must not be used late is void when either says so; what must not be
 * concluded early waits for the slower one.
 */
import { FIRST_LOOK_MS, PERMIT_MS, SECOND_MS } from "./limits.ts";
import type { Posting } from "./posting.ts";

export type Clocks = { wall: number; monotonic: number };

/**
 * @param since when the permit was asked for; for a confirmation, when its press was made.
 * @returns why nothing may be pressed any more; null while it may.
 */
export function whyVoid(since: Clocks, now: Clocks, lifeMs = PERMIT_MS): "clock-moved" | "aged" | null {
  const ages = [now.wall - since.wall, now.monotonic - since.monotonic];
  if (ages.some((age) => age < 0)) return "clock-moved";
  return ages.some((age) => age > lifeMs) ? "aged" : null;
}

/** More than timers and roundings make of it: a clock was set, or the machine slept. */
const APART_MS = 5 * SECOND_MS;
const areApart = (before: Clocks, now: Clocks): boolean =>
  Math.abs(now.wall - before.wall - (now.monotonic - before.monotonic)) > APART_MS;

/** What time it is for a browser that keeps records itself, and what its clocks showed then. */
export type OwnTime = { now: number; clocks: Clocks };

/** A start of the browser: nobody knows how long it was closed, so that all times count anew (`timesAnew`). */
export const ownTimeFrom = (clocks: Clocks): OwnTime => ({ now: clocks.wall, clocks });

/** Between two lives of a service worker only the wall clock goes on; the alarms wake it this often. */
const LONGEST_GAP_MS = 60 * SECOND_MS;

/** @returns the time in the next life, and whether more may have passed than that says. */
export function ownTimeAwake(
  last: { now: number; wall: number },
  clocks: Clocks,
): { time: OwnTime; isUnsure: boolean } {
  const gap = clocks.wall - last.wall;
  const counted = Math.min(LONGEST_GAP_MS, Math.max(0, gap));
  return { time: { now: last.now + counted, clocks }, isUnsure: gap !== counted };
}

/**
 * Goes on no faster than either clock: one that is set forward, or a night with the lid closed, ends no window.
 * @returns the time, and whether more may have passed than it says.
 */
export function ownTimeAfter(last: OwnTime, clocks: Clocks): { time: OwnTime; isUnsure: boolean } {
  const passed = Math.min(clocks.wall - last.clocks.wall, clocks.monotonic - last.clocks.monotonic);
  return {
    time: { now: last.now + Math.max(0, passed), clocks },
    isUnsure: areApart(last.clocks, clocks),
  };
}

/** Nobody can say how old a reading is: before a permit the lists are read anew. */
export const readAnew = (posting: Posting): Posting => ({ ...posting, readingAt: null });

/**
 * For a browser that keeps the record itself, after its start: nobody can say how much of the window is over, nor how old a
 * reading is. Both count anew.
 */
export function timesAnew(posting: Posting, now: number): Posting {
  const { permit, unsettledAt, dueAt } = posting;
  if (unsettledAt === null) return readAnew(posting);
  return {
    ...readAnew(posting),
    unsettledAt: now,
    absentAt: null,
    dueAt: Math.min(dueAt, now + FIRST_LOOK_MS),
    permit: permit && {
      ...permit,
      at: Math.min(permit.at, now),
      until: Math.min(permit.until, now + PERMIT_MS),
    },
  };
}
