/** Rows as the database answers them, and what the API makes of them. Columns it does not know are ignored. */
import { z } from "zod";
import type { Job, JobDetail } from "#core/api/index.ts";
import { ACTIONS, DRIVERS, JOB_STATES, MODES, PLATFORMS } from "#core/job/index.ts";
import { instant, progress } from "#core/api/columns.ts";
import { errorOf, toTarget } from "./target-rows.ts";

const jobRowSchema = z.object({
  id: z.string(),
  workspace_id: z.string(),
  inventory_item_id: z.string().nullable(),
  action: z.enum(ACTIONS),
  driver: z.enum(DRIVERS),
  mode: z.enum(MODES),
  platforms: z.array(z.enum(PLATFORMS)),
  status: z.enum(JOB_STATES),
  progress,
  result: z.unknown(),
  run_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
});
/** Without the payload: it holds the whole item, and lists are long. What went wrong is said by the targets. */
export const JOB_COLUMNS = Object.keys(jobRowSchema.shape).join(",");

export const toJob = (value: unknown, targets: readonly unknown[]): Job => {
  const row = jobRowSchema.parse(value);
  const known = targets.map(toTarget);
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    itemId: row.inventory_item_id,
    action: row.action,
    driver: row.driver,
    mode: row.mode,
    platforms: row.platforms,
    status: row.status,
    progress: row.progress,
    result: row.result ?? null,
    error: errorOf(known),
    runAt: row.run_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    targets: known,
  };
};

const eventRowSchema = z.object({
  id: z.number(),
  ts: instant,
  platform: z.string().nullable(),
  level: z.enum(["info", "warn", "error"]),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
});
export const EVENT_COLUMNS = Object.keys(eventRowSchema.shape).join(",");

export const toEvents = (rows: readonly unknown[]): JobDetail["events"] =>
  rows.map((row) => eventRowSchema.parse(row));
