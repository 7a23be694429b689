/**
 * The clock for postings whose record this browser keeps (core/posting/own-clock.ts). It begins anew with the browser, and then
 * so does every window (browser-start.ts).
 */
import {
  ownTimeAfter,
  ownTimeAwake,
  ownTimeFrom,
  readAnew,
  type Clocks,
  type OwnTime,
} from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";

const KEY = "sessionClock";
type Kept = { now: number; wall: number };

let last: OwnTime | null = null;

const goOn = async (clocks: Clocks): Promise<{ time: OwnTime; isUnsure: boolean }> => {
  if (last) return ownTimeAfter(last, clocks);
  const kept = (await chrome.storage.session.get(KEY))[KEY] as Kept | undefined;
  // Whoever asked meanwhile has begun it.
  if (last) return ownTimeAfter(last, clocks);
  return kept ? ownTimeAwake(kept, clocks) : { time: ownTimeFrom(clocks), isUnsure: false };
};

const readAllAnew = (): Promise<number> =>
  database.posts
    .filter(({ keeper, posting }) => keeper === "browser" && posting.readingAt !== null)
    .modify((post) => {
      post.posting = readAnew(post.posting);
    });

/** Milliseconds since 1970, never ahead of the wall clock by which they began. Not to be called in a transaction. */
export const sessionNow = async (): Promise<number> => {
  const clocks = { wall: Date.now(), monotonic: performance.now() };
  const { time, isUnsure } = await goOn(clocks);
  last = time;
  if (isUnsure) await readAllAnew();
  await chrome.storage.session.set({ [KEY]: { now: time.now, wall: clocks.wall } satisfies Kept });
  return time.now;
};
