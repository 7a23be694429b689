/** Postings as the worker meets them: claimed, told about, and what else is known of their login. */
import { z } from "zod";
import { storable } from "#core/item/unstorable.ts";
import type { Applied, Posting, PostingEvent } from "#core/posting/index.ts";
import { postingOf } from "#core/posting/row.ts";
import { booksOf, claimOf, eventAnswerOf, type LoginBooks } from "#core/posting/wire.ts";
import { PLATFORMS } from "#core/job/index.ts";
import type { Database } from "./database.ts";

/** What of the row is not the posting itself. */
const placeSchema = z.object({
  id: z.uuid(),
  job_id: z.uuid(),
  workspace_id: z.uuid(),
  account_id: z.uuid(),
  platform: z.enum(PLATFORMS),
  report: z.record(z.string(), z.unknown()).nullable(),
});
export type Place = z.infer<typeof placeSchema>;
/** `keeperAhead`: by how much the database's clock was ahead of the worker's. */
export type ClaimedPosting = { posting: Posting; place: Place; fence: number; keeperAhead: number };
export type Claim = ({ claimed: true } & ClaimedPosting) | { claimed: false; reason: string };

export const claimTarget = async (
  { db, now }: { db: Database; now: () => number },
  targetId: string,
  holder: string,
): Promise<Claim> => {
  const input = { p_target_id: targetId, p_holder: holder };
  const answer = claimOf(await db.call("claim_target", input));
  if (!answer.claimed) return { claimed: false, reason: answer.reason };
  const { fence, at, row } = answer;
  return {
    claimed: true,
    fence,
    keeperAhead: at - now(),
    posting: postingOf(row),
    place: placeSchema.parse(row),
  };
};

/** Tells the database what happened; told twice under one id it counts once. */
export const tellPosting = async (
  db: Database,
  targetId: string,
  event: PostingEvent,
  eventId: string,
): Promise<Applied> => {
  const input = { p_target_id: targetId, p_event: event, p_event_id: eventId };
  const answer = eventAnswerOf(await db.call("posting_event", input));
  if (!answer.ok) return { ok: false, code: answer.code };
  return { ok: true, posting: postingOf(answer.row), reopens: null };
};

export const loginBooks = async (db: Database, targetId: string): Promise<LoginBooks> =>
  booksOf(await db.call("login_books", { p_target_id: targetId }));

export type ProgressLine = {
  message: string;
  level: "info" | "warn" | "error";
  data: Record<string, unknown>;
};

/** False when another driver has it by now. */
export const reportProgress = (
  db: Database,
  { targetId, fence }: { targetId: string; fence: number },
  told: {
    progress?: { percent: number; message: string };
    report?: Record<string, unknown>;
    lines?: ProgressLine[];
  },
): Promise<boolean> =>
  db.call("report_progress", {
    p_target_id: targetId,
    p_fence: fence,
    p_progress: told.progress ?? null,
    p_report: told.report ?? null,
    p_lines: told.lines ? JSON.stringify(storable(told.lines)) : null,
  });
