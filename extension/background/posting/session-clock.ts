/**
 * The clock for postings whose record this browser keeps (core/posting/own-clock.ts). It begins anew with the browser, and then
 * so does every window (browser-start.ts).
 *
 * It falls behind the wall clock by all the time nobody asked it: hours where nothing was open. It is not put forward again,
 * not even while nothing is open: that nothing stands which it would end too early is more than can be known at one moment, and
 * a clock that only ever measures how much has passed needs no particular number to begin from. So no time of such a record may
 * meet `Date.now()`: whoever begins, compares or ends one asks `keepersNow`.
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
import type { PostRow } from "#extension/store/rows.ts";

const KEY = "sessionClock";
type Kept = { now: number; wall: number };

let last: OwnTime | null = null;

const goOn = (kept: Kept | undefined, clocks: Clocks): { time: OwnTime; isUnsure: boolean } => {
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
  const kept = last ? undefined : ((await chrome.storage.session.get(KEY))[KEY] as Kept | undefined);
  // From here to `last` in one turn: of two who ask at once, the later one reads the later clocks.
  const clocks = { wall: Date.now(), monotonic: performance.now() };
  const { time, isUnsure } = goOn(kept, clocks);
  last = time;
  if (isUnsure) await readAllAnew();
  await chrome.storage.session.set({ [KEY]: { now: time.now, wall: clocks.wall } satisfies Kept });
  return time.now;
};

type Keeper = PostRow["keeper"];

/** What time it is for whoever keeps a post's record: times of it mean nothing on another clock. Not in a transaction. */
export const keepersNow = async (keeper: Keeper): Promise<number> =>
  keeper === "browser" ? sessionNow() : Date.now();

/** For posts of both, or where who keeps one is read in a transaction. */
export const nowByKeeper = async (): Promise<Record<Keeper, number>> => ({
  browser: await sessionNow(),
  service: Date.now(),
});
