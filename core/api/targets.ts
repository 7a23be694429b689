/** One account's share of a job over HTTP: what is known of it, what it asks, and what a person may do about it. */
import { z } from "zod";
import { DRIVERS, PLATFORMS, TARGET_STATES, progressSchema } from "../job/job.ts";
import type { Answer } from "../posting/events.ts";
import type { ProvedBy, QuestionKind } from "../posting/posting.ts";
import { ENDING_CODES } from "../posting/sentences.ts";

const QUESTIONS = ["ready", "alike", "there", "field", "stop", "stuck"] as const satisfies QuestionKind[];
const PROOFS = ["id", "likeness", "person"] as const satisfies ProvedBy[];
const WAYS = ["answer", "cancel", "retry", "take-over"] as const;

const rowId = z.string().min(1).max(300);
/** What a person says to a question. Which of them a question takes is in the target's `answers`. */
export const answerSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("publish"), hash: z.string().min(1).max(128).nullable().default(null) })
    .describe(
      "`ready`: publish what was shown. `hash` binds it to the payload that was shown; null takes it as it is",
    ),
  z
    .strictObject({
      kind: z.literal("is-it"),
      externalId: rowId,
      url: z.httpUrl().max(2000).nullable().default(null),
    })
    .describe("This row of the account's own list is it. Left out, `url` is the candidate's"),
  z.strictObject({ kind: z.literal("another-thing") }).describe("`alike`: none of these is it; post"),
  z
    .strictObject({ kind: z.literal("not-there"), again: z.boolean().default(false) })
    .describe("It was not posted. `again` publishes it once more; else it has failed"),
  z.strictObject({ kind: z.literal("wait") }).describe("Go on looking, and ask again in a day"),
  z.strictObject({ kind: z.literal("go-on") }).describe("What was in the way is out of the way: go on"),
  z.strictObject({ kind: z.literal("use-cloud") }).describe("No browser came for it: let the cloud do it"),
]) satisfies z.ZodType<Answer>;
export const ANSWERS = answerSchema.options.map((option) => option.shape.kind.value);

export const answerRequestSchema = z.strictObject({
  /** Of the question it answers: an older one is refused. */
  question: z.int().positive(),
  answer: answerSchema,
});
export const takeOverRequestSchema = z.strictObject({ driver: z.enum(DRIVERS) });

const questionSchema = z.object({
  number: z.number(),
  kind: z.enum(QUESTIONS),
  askedAt: z.string(),
  candidates: z.array(
    z.object({
      externalId: z.string(),
      url: z.string().nullable(),
      title: z.string(),
      priceText: z.string(),
      status: z.string(),
    }),
  ),
});

export const targetSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  platform: z.enum(PLATFORMS),
  driver: z.enum(DRIVERS),
  state: z.enum(TARGET_STATES),
  ending: z
    .looseObject({ code: z.string() })
    .nullable()
    .describe(`Why it is where it is, with its parameters. Codes: ${ENDING_CODES.join(", ")}`),
  stateReason: z.string().nullable().describe("`ending` as a sentence"),
  question: questionSchema.nullable().describe("What a person is asked; an answer names its `number`"),
  answers: z.array(z.enum(ANSWERS)).describe("What the question takes, the likeliest first"),
  can: z.array(z.enum(WAYS)).describe("What may be done now; each is a route of this target"),
  cancelAsked: z
    .boolean()
    .describe("It is to be cancelled once it is known that nothing is being, or was, published"),
  attempt: z.number(),
  progress: progressSchema.nullable(),
  report: z.unknown().nullable(),
  listing: z
    .object({
      externalId: z.string(),
      url: z.string().nullable(),
      by: z.enum(PROOFS),
      status: z.string().nullable().describe("How the row stood when it was found, as the site names it"),
    })
    .nullable()
    .describe("The row of the account's own list that proved it, and by what it was recognised"),
  listingUrl: z.string().nullable(),
  settledAt: z.string().nullable(),
});

export type AnswerRequest = z.input<typeof answerRequestSchema>;
export type Target = z.infer<typeof targetSchema>;
