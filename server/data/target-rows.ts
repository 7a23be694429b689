/** One account's share of a job: the posting the machine keeps, and what the API says of it. */
import { z } from "zod";
import type { Target } from "#core/api/index.ts";
import { PLATFORMS } from "#core/job/index.ts";
import { answersTo, sentenceOf, waysOut, type Posting } from "#core/posting/index.ts";
import { POSTING_COLUMNS, postingOf } from "#core/posting/row.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { instant, progress } from "#core/api/columns.ts";

/** What the row tells besides the posting. */
const besideSchema = z.object({
  account_id: z.string(),
  platform: z.enum(PLATFORMS),
  progress: progress.nullable(),
  report: z.unknown(),
  settled_at: instant.nullable(),
  listings: z.object({ url: z.string().nullable() }).nullish(),
});
const BESIDE = ["account_id", "platform", "progress", "report", "settled_at", "listings(url)"];
export const TARGET_COLUMNS = [...POSTING_COLUMNS, ...BESIDE].join(",");

const questionOf = ({ question }: Posting): Target["question"] =>
  question && { ...question, askedAt: new Date(question.askedAt).toISOString() };

export const toTarget = (value: unknown): Target => {
  const row = besideSchema.parse(value);
  const posting = postingOf(value);
  const site = marketplaceOf(row.platform).identity.name;
  return {
    id: posting.id,
    accountId: row.account_id,
    platform: row.platform,
    driver: posting.driver,
    state: posting.state,
    ending: posting.ending,
    stateReason: posting.ending && sentenceOf(posting.ending, site),
    question: questionOf(posting),
    answers: [...answersTo(posting)],
    can: [...new Set(waysOut(posting).map((way) => way.do))],
    cancelAsked: posting.cancelAsked,
    attempt: posting.attempt,
    progress: row.progress,
    report: row.report ?? null,
    listing: posting.listing,
    listingUrl: row.listings?.url ?? posting.listing?.url ?? null,
    settledAt: row.settled_at,
  };
};

/** More would be read by nobody. */
const MAX_REASONS = 3;

/** What went wrong and still stands, each reason once; null while there is nothing of the kind. */
export const errorOf = (targets: readonly Target[]): string | null => {
  const wrong = targets.filter(({ state }) => state === "failed" || state === "needs_human");
  const reasons = [...new Set(wrong.flatMap(({ stateReason }) => stateReason ?? []))];
  if (reasons.length === 0) return null;
  const more = reasons.length - MAX_REASONS;
  return [...reasons.slice(0, MAX_REASONS), ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
};
