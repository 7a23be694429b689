/** How a run that cannot go on ends: what its ending means for the posting, as the event that says so. */
import {
  consequenceOf,
  type Ending,
  HOUR_MS,
  nextTryMs,
  pauseMs,
  type Posting,
  type PostingEvent,
} from "../posting/index.ts";

const LEAST_REST_MS = 60_000;
const LONGEST_REST_MS = 15 * 60_000;

/** About the login or the site, not about what is in the form. */
const OF_THE_LOGIN: readonly Ending["code"][] = ["stop", "wrong-login", "account"];

/** What nobody caused is tried again ever less often, until its hour is over; seldom, where a person knows of it. */
export function restMs(posting: Posting, now: number): number {
  const waited = now - (posting.decideBy - HOUR_MS);
  if (waited < 0) return LONGEST_REST_MS;
  return Math.min(LONGEST_REST_MS, Math.max(LEAST_REST_MS, waited / 4));
}

export type RunEnd = {
  ending: Ending;
  /** The page took the browser with it. */
  crashed: boolean;
};
/** `now` by the clock of whoever keeps the record. */
type EndsAt = { now: number; random: () => number; lookMs: readonly number[] };

/** @param fence of the claim that ends. */
export function endingEvent(
  posting: Posting,
  fence: number,
  { ending, crashed }: RunEnd,
  { now, random, lookMs }: EndsAt,
): PostingEvent {
  const consequence = consequenceOf(ending);
  if (consequence === "ask") {
    const question = OF_THE_LOGIN.includes(ending.code) ? "stop" : "field";
    return { kind: "ask", fence, question, ending, candidates: [] };
  }
  const requeue = (inMs: number, usesAttempt = false): PostingEvent => {
    return { kind: "requeue", fence, ending, inMs, usesAttempt, crashed };
  };
  if (posting.state === "unknown") return requeue(nextTryMs(posting, lookMs, now));
  if (consequence === "fail") return { kind: "fail", fence, ending };
  if (consequence === "again") return requeue(pauseMs(posting.attempt + 1, random), true);
  // An interrupted run goes on at once; after a crash the browser gets a moment.
  if (ending.code === "interrupted") return requeue(0);
  if (ending.code === "browser-gone") return requeue(pauseMs(posting.crashes + 1, random));
  return requeue(restMs(posting, now));
}
