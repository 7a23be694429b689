/** A posting as a row of `job_targets`, read. The only place that knows the columns' names. */
import { z } from "zod";
import { ACTIONS, DRIVERS, MODES, TARGET_STATES } from "../job/job.ts";
import type { Ending } from "./endings.ts";
import type { Consent, Posting, QuestionKind } from "./posting.ts";

const time = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) context.addIssue("is no time");
  return ms;
});
const candidate = z.object({
  externalId: z.string(),
  url: z.string().nullable(),
  title: z.string(),
  priceText: z.string(),
  status: z.string(),
});
const consent = z.object({
  kind: z.enum(["start", "publish", "again", "another"]),
  hash: z.string().nullable(),
}) satisfies z.ZodType<Consent>;
const permit = z.object({
  attempt: z.number(),
  fence: z.number(),
  at: time,
  until: time,
  consent,
});
const question = z.object({
  number: z.number(),
  kind: z.enum(["ready", "alike", "there", "field", "stop", "stuck"]) satisfies z.ZodType<QuestionKind>,
  askedAt: time,
  candidates: z.array(candidate),
});
const fence = z.coerce.number();

const postingRowSchema = z.object({
  id: z.string(),
  item_id: z.string().nullable(),
  action: z.enum(ACTIONS),
  state: z.enum(TARGET_STATES),
  driver: z.enum(DRIVERS),
  mode: z.enum(MODES),
  run_at: time,
  attempt: z.number(),
  crashes: z.number(),
  fence: fence.nullable(),
  claimed_at: time.nullable(),
  run_until: time.nullable(),
  tab_claimed: z.boolean(),
  fallback_at: time.nullable(),
  is_beside: z.boolean(),
  consent: consent.nullable(),
  permits: z.number(),
  presses: z.number(),
  guess: z.enum(["restored", "told"]).nullable(),
  permit: permit.nullable(),
  settled_attempts: z.number(),
  unsettled_at: time.nullable(),
  window_ms: z.coerce.number(),
  absence_proves: z.boolean(),
  sign: z.object({ externalId: z.string().nullable(), url: z.string().nullable() }).nullable(),
  marker: z.object({ title: z.string(), priceText: z.string(), sku: z.string().optional() }).nullable(),
  reworded: z.boolean(),
  twin: z.object({ title: z.string(), cents: z.array(z.number()) }).nullable(),
  baseline: z.array(z.string()).nullable().default(null),
  reading_at: time.nullable(),
  reading_fence: fence.nullable(),
  absent_at: time.nullable(),
  quiet_until: time.nullable(),
  unexplained: z.array(candidate),
  dismissed: z.array(z.string()),
  filled_at: time.nullable(),
  question: question.nullable(),
  questions: z.number(),
  decide_by: time,
  cancel_asked: z.boolean(),
  listing: z
    .object({
      externalId: z.string(),
      url: z.string().nullable(),
      by: z.enum(["id", "likeness", "person"]),
      status: z.string().nullable().default(null),
    })
    .nullable(),
  ending: z
    .custom<Ending>((value) => typeof (value as { code?: unknown } | null)?.code === "string")
    .nullable(),
  closed_at: time.nullable(),
});

/** What the data API is asked for; the baseline can be long, and only drivers need it. */
export const POSTING_COLUMNS = Object.keys(postingRowSchema.shape).filter((column) => column !== "baseline");

/** @throws ZodError when a row is not one of ours. */
export function postingOf(row: unknown): Posting {
  const read = postingRowSchema.parse(row);
  return {
    id: read.id,
    itemId: read.item_id,
    action: read.action,
    state: read.state,
    driver: read.driver,
    mode: read.mode,
    dueAt: read.run_at,
    attempt: read.attempt,
    crashes: read.crashes,
    fence: read.fence,
    claimedAt: read.claimed_at,
    runUntil: read.run_until,
    tabClaimed: read.tab_claimed,
    fallbackAt: read.fallback_at,
    isBeside: read.is_beside,
    consent: read.consent,
    permits: read.permits,
    presses: read.presses,
    guess: read.guess,
    permit: read.permit,
    settledAttempts: read.settled_attempts,
    unsettledAt: read.unsettled_at,
    windowMs: read.window_ms,
    absenceProves: read.absence_proves,
    sign: read.sign,
    marker: read.marker
      ? {
          title: read.marker.title,
          priceText: read.marker.priceText,
          ...(read.marker.sku ? { sku: read.marker.sku } : {}),
        }
      : null,
    reworded: read.reworded,
    twin: read.twin,
    baseline: read.baseline,
    readingAt: read.reading_at,
    readingFence: read.reading_fence,
    absentAt: read.absent_at,
    quietUntil: read.quiet_until,
    unexplained: read.unexplained,
    dismissed: read.dismissed,
    filledAt: read.filled_at,
    question: read.question,
    questions: read.questions,
    decideBy: read.decide_by,
    cancelAsked: read.cancel_asked,
    listing: read.listing,
    ending: read.ending,
    closedAt: read.closed_at,
  };
}
