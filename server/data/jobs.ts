/** Jobs, under the caller's rights. What is created, cancelled or retried is decided by functions in the database. */
import { z } from "zod";
import type { createJobRequestSchema, Job, JobDetail, jobsQuerySchema } from "#core/api/index.ts";
import { ApiProblem } from "../problem.ts";
import { bodyHash } from "./body-hash.ts";
import type { Database } from "./database.ts";
import { parseCursor, writeCursor } from "./jobs-cursor.ts";
import { takenSchema, type Taken } from "./rate-limit.ts";
import { EVENT_COLUMNS, JOB_COLUMNS, toEvents, toJob } from "./rows.ts";
import { dataOf, sqlProblem } from "./sql-problem.ts";
import { TARGET_COLUMNS } from "./target-rows.ts";

/** The newest ones: a job that runs for days stays readable. */
const MAX_EVENTS = 500;

const answerSchema = z.object({
  job: z.unknown(),
  targets: z.array(z.unknown()),
  replayed: z.boolean().default(false),
});
const refusalSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() });
const budgetedSchema = z.object({ budget: takenSchema, refusal: refusalSchema.optional() }).loose();

type Request = z.output<typeof createJobRequestSchema>;
export type Created = { job: Job; replayed: boolean };

const createdFrom = (value: unknown): Created => {
  const answer = answerSchema.parse(value);
  return { job: toJob(answer.job, answer.targets), replayed: answer.replayed };
};

/**
 * Job, targets, first events and queue entries in one transaction, once per key; the caller's budget is taken in the same
 * round trip.
 * @param onBudget is told what is left before anything else is looked at, and may throw.
 */
export const createJob = async (
  database: Database,
  request: Request,
  idempotencyKey: string,
  onBudget: (taken: Taken) => void,
): Promise<Created> => {
  const answer = budgetedSchema.parse(
    dataOf(
      await database.rpc("request_job", {
        p_request: request,
        p_idempotency_key: idempotencyKey,
        p_body_hash: await bodyHash(request),
      }),
    ),
  );
  onBudget(answer.budget);
  if (answer.refusal) throw sqlProblem(answer.refusal);
  return createdFrom(answer);
};

const targetsIn = (row: unknown): unknown[] =>
  z.object({ job_targets: z.array(z.unknown()) }).parse(row).job_targets;

const JOB_WITH_TARGETS = `${JOB_COLUMNS},job_targets(${TARGET_COLUMNS})`;

export const getJob = async (database: Database, jobId: string): Promise<JobDetail> => {
  const [jobs, events] = await Promise.all([
    database.from("listing_jobs").select(JOB_WITH_TARGETS).eq("id", jobId).limit(1),
    database
      .from("listing_job_events")
      .select(EVENT_COLUMNS)
      .eq("job_id", jobId)
      .order("id", { ascending: false })
      .limit(MAX_EVENTS),
  ]);
  const rows: unknown[] = dataOf(jobs);
  if (rows.length === 0) {
    throw new ApiProblem("not_found", "There is no such job. GET /api/listings/jobs lists yours.");
  }
  const newest: unknown[] = dataOf(events);
  return { ...toJob(rows[0], targetsIn(rows[0])), events: toEvents(newest.toReversed()) };
};

export const listJobs = async (
  database: Database,
  query: z.output<typeof jobsQuerySchema>,
): Promise<{ jobs: Job[]; nextCursor: string | null }> => {
  let select = database.from("listing_jobs").select(JOB_WITH_TARGETS);
  if (query.status) select = select.eq("status", query.status);
  if (query.itemId) select = select.eq("inventory_item_id", query.itemId);
  if (query.platform) select = select.contains("platforms", JSON.stringify([query.platform]));
  if (query.cursor) {
    const { createdAt, id } = parseCursor(query.cursor);
    select = select.or(`created_at.lt."${createdAt}",and(created_at.eq."${createdAt}",id.lt.${id})`);
  }
  const rows: unknown[] = dataOf(
    await select
      .order("created_at", { ascending: false })
      .order("id", { ascending: false })
      // One more than asked for says whether there is a next page.
      .limit(query.limit + 1),
  );
  const page = rows.slice(0, query.limit);
  return {
    jobs: page.map((row) => toJob(row, targetsIn(row))),
    nextCursor: rows.length > page.length ? writeCursor(page.at(-1)) : null,
  };
};

export const cancelJob = async (database: Database, jobId: string): Promise<JobDetail> => {
  dataOf(await database.rpc("cancel_job", { p_job_id: jobId }));
  return getJob(database, jobId);
};

/** @param eventId told twice under one id, what failed is tried again once. */
export const retryJob = async (database: Database, jobId: string, eventId: string): Promise<JobDetail> => {
  dataOf(await database.rpc("retry_job", { p_job_id: jobId, p_event_id: eventId }));
  return getJob(database, jobId);
};
