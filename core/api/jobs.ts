/** Jobs over HTTP: create, read, cancel, retry. What a person does about one of their targets is in targets.ts. */
import { z } from "zod";
import { itemSchema } from "../item/item.ts";
import {
  ACTIONS,
  DRIVERS,
  JOB_STATES,
  MODES,
  PLATFORMS,
  jobEventSchema,
  progressSchema,
} from "../job/job.ts";
import { isWithinTwoYears } from "../job/run-at.ts";
import { targetSchema } from "./targets.ts";

/** Nobody schedules further ahead, and what a clock says that is further off is no time to count from. */
const isNear = (time: string): boolean => isWithinTwoYears(Date.parse(time), Date.now());

const fieldsSchema = z.strictObject({
  workspaceId: z.uuid(),
  action: z.enum(ACTIONS).default("list"),
  /** The item as it is to be listed; also stored as the job's payload, so later edits do not change a job under way. */
  item: itemSchema.optional(),
  targets: z
    .array(z.strictObject({ accountId: z.uuid(), platform: z.enum(PLATFORMS) }))
    .min(1)
    .max(50),
  driver: z.enum(DRIVERS).default("cloud"),
  mode: z.enum(MODES).default("review"),
  runAt: z.iso
    .datetime()
    .refine(isNear, "must be within two years of now")
    .optional()
    .describe("Not before this time; within two years of now"),
  fallbackAfterSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .optional()
    .describe("Seconds after runAt when the cloud may take a tab target that no tab ever claimed"),
  again: z.boolean().default(false).describe("Another one on purpose, beside the one that is listed there"),
  pressed: z
    .boolean()
    .default(false)
    .describe(
      "For tab jobs only: the person has already published it by the site's own button while the service was away",
    ),
  city: z
    .string()
    .trim()
    .max(100)
    .optional()
    .describe(
      'The city of a site that has one per city, as in its address ("sfbay"); else the ZIP code decides',
    ),
  priority: z.int().min(-10).max(10).default(0),
});

/** What was pressed has happened: in a tab, to be listed, and now. */
export const createJobRequestSchema = fieldsSchema
  .refine(({ pressed, driver }) => !pressed || driver === "tab", {
    path: ["driver"],
    error: 'must be "tab" with pressed: only in a tab has a person published it already',
  })
  .refine(({ pressed, action }) => !pressed || action === "list", {
    path: ["action"],
    error: 'must be "list" with pressed: nothing else is published',
  })
  .refine(({ pressed, runAt }) => !pressed || runAt === undefined, {
    path: ["runAt"],
    error: "cannot go with pressed: it has been published already",
  })
  .refine(({ pressed, fallbackAfterSeconds }) => !pressed || fallbackAfterSeconds === undefined, {
    path: ["fallbackAfterSeconds"],
    error: "cannot go with pressed: it has been published already",
  });

export const jobSchema = z.object({
  id: z.uuid(),
  workspaceId: z.uuid(),
  itemId: z.uuid().nullable(),
  action: z.enum(ACTIONS),
  driver: z.enum(DRIVERS),
  mode: z.enum(MODES),
  platforms: z.array(z.enum(PLATFORMS)),
  status: z.enum(JOB_STATES),
  progress: progressSchema,
  result: z.unknown().nullable(),
  error: z.string().nullable().describe("What went wrong and still stands, in sentences"),
  runAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  targets: z.array(targetSchema),
});
export const jobDetailSchema = jobSchema.extend({ events: z.array(jobEventSchema) });
export const createJobResponseSchema = z.object({ job: jobSchema, replayed: z.boolean() });
export const jobsQuerySchema = z.strictObject({
  status: z.enum(JOB_STATES).optional(),
  platform: z.enum(PLATFORMS).optional(),
  itemId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(200).optional(),
});
export const jobsResponseSchema = z.object({ jobs: z.array(jobSchema), nextCursor: z.string().nullable() });

export type CreateJobRequest = z.input<typeof createJobRequestSchema>;
export type Job = z.infer<typeof jobSchema>;
export type JobDetail = z.infer<typeof jobDetailSchema>;
