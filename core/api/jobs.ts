/** Jobs over HTTP: create, read, cancel, retry. */
import { z } from "zod";
import { itemSchema } from "../item/item.ts";
import {
  ACTIONS,
  DRIVERS,
  JOB_STATES,
  MODES,
  PLATFORMS,
  TARGET_STATES,
  jobEventSchema,
  progressSchema,
} from "../job/job.ts";

export const createJobRequestSchema = z.strictObject({
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
  runAt: z.iso.datetime().optional(),
  /** Seconds after runAt when the cloud may take a tab target nobody claimed (D3). */
  fallbackAfterSeconds: z.int().min(0).max(86_400).optional(),
  /** List again although an earlier job already listed this revision of the item there. */
  again: z.boolean().default(false),
  priority: z.int().min(-10).max(10).default(0),
});

export const targetSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  platform: z.enum(PLATFORMS),
  driver: z.enum(DRIVERS),
  state: z.enum(TARGET_STATES),
  stateReason: z.string().nullable(),
  attempt: z.number(),
  progress: progressSchema.nullable(),
  report: z.unknown().nullable(),
  listingUrl: z.string().nullable(),
  settledAt: z.string().nullable(),
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
  error: z.string().nullable(),
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
export type Target = z.infer<typeof targetSchema>;
