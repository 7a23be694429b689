/** What a person does about one account's share of a job, under their own rights. The machine in the database decides. */
import { z } from "zod";
import type { JobDetail } from "#core/api/index.ts";
import { refusalSentence, type Answer, type PostingEvent } from "#core/posting/index.ts";
import { eventAnswerOf } from "#core/posting/wire.ts";
import { ApiProblem } from "../problem.ts";
import type { Database } from "./database.ts";
import { getJob } from "./jobs.ts";
import { dataOf } from "./sql-problem.ts";

export type TargetPlace = { id: string; targetId: string };
export type PersonEvent = Extract<PostingEvent, { kind: "answer" | "cancel" | "retry" | "take-over" }>;

const foundSchema = z.object({
  question: z
    .object({ candidates: z.array(z.object({ externalId: z.string(), url: z.string().nullable() })) })
    .nullable(),
});
type Found = z.output<typeof foundSchema>;

/** @throws not_found also for a target of another job, or of somebody else's. */
const findTarget = async (database: Database, { id, targetId }: TargetPlace): Promise<Found> => {
  const rows: unknown[] = dataOf(
    await database.from("job_targets").select("question").eq("id", targetId).eq("job_id", id).limit(1),
  );
  if (rows.length === 0) {
    throw new ApiProblem(
      "not_found",
      "There is no such target in this job. GET /api/listings/jobs/{id} lists them.",
    );
  }
  return foundSchema.parse(rows[0]);
};

/** Who picks a row by its id means the row that was shown, address and all. */
const withAddress = (answer: Answer, { question }: Found): Answer => {
  if (answer.kind !== "is-it" || answer.url !== null) return answer;
  const shown = question?.candidates.find(({ externalId }) => externalId === answer.externalId);
  return { ...answer, url: shown?.url ?? null };
};

const completed = (event: PersonEvent, found: Found): PersonEvent =>
  event.kind === "answer" ? { ...event, answer: withAddress(event.answer, found) } : event;

/**
 * @param eventId told twice under one id, it is played once and answered alike.
 * @throws conflict when the target does not take it now.
 */
export const tellTarget = async (
  database: Database,
  place: TargetPlace,
  event: PersonEvent,
  eventId: string,
): Promise<JobDetail> => {
  const found = await findTarget(database, place);
  const heard = eventAnswerOf(
    dataOf(
      await database.rpc("posting_event", {
        p_target_id: place.targetId,
        p_event: completed(event, found),
        p_event_id: eventId,
      }),
    ),
  );
  if (!heard.ok) throw new ApiProblem("conflict", refusalSentence(heard.code), { refusal: heard.code });
  return getJob(database, place.id);
};
