/** A login that is known to be out of order, or rests: whether a run begins all the same, and how it waits if not. */
import type { Ending, Posting, PostingEvent } from "../posting/index.ts";

/** An account that waits for its owner is looked at again now and then; its postings' hours run on. */
const ACCOUNT_REST_MS = 10 * 60_000;
const LEAST_MS = 1_000;

/** It is only looked for; or a person answered, and nothing has happened since: they say that it works. */
export const beginsAllTheSame = ({ state, questions, ending }: Posting): boolean =>
  state === "unknown" || (questions > 0 && ending === null);

/**
 * Nothing was opened and nobody failed: it waits with the login, and goes on by itself once that works again. Whoever met
 * the trouble has asked; one question for each posting of the login would say nothing more.
 */
export function waitForLogin(
  fence: number,
  ending: Extract<Ending, { code: "account" | "resting" }>,
  now: number,
): PostingEvent {
  const inMs = ending.code === "resting" ? Math.max(LEAST_MS, ending.until - now) : ACCOUNT_REST_MS;
  return { kind: "requeue", fence, ending, inMs, usesAttempt: false };
}
