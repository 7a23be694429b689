/**
 * The clock for postings whose record this browser keeps: it never runs faster than either the wall clock or the monotonic one,
 * so that a clock set forward, or a night with the lid closed, does not end a window. It begins anew with the browser, and
 * then so does every window (record.ts).
 */

const KEY = "sessionClock";
/** Between two lives of the service worker only the wall clock went on; the alarms wake it this often. */
const LONGEST_GAP_MS = 60_000;

type Kept = { now: number; wall: number };

let kept: (Kept & { monotonic: number }) | null = null;

const begin = async (): Promise<Kept & { monotonic: number }> => {
  const stored = (await chrome.storage.session.get(KEY))[KEY] as Kept | undefined;
  const wall = Date.now();
  if (!stored) return { now: wall, wall, monotonic: performance.now() };
  const gap = Math.min(LONGEST_GAP_MS, Math.max(0, wall - stored.wall));
  return { now: stored.now + gap, wall, monotonic: performance.now() };
};

/** Milliseconds since 1970, never ahead of the wall clock by which they began. */
export const sessionNow = async (): Promise<number> => {
  const last = (kept ??= await begin());
  const wall = Date.now();
  const monotonic = performance.now();
  const passed = Math.max(0, Math.min(wall - last.wall, monotonic - last.monotonic));
  kept = { now: last.now + passed, wall, monotonic };
  await chrome.storage.session.set({ [KEY]: { now: kept.now, wall } satisfies Kept });
  return kept.now;
};
