/** What the queue hands a task, reduced to what tasks use. */
import type { JobHelpers } from "graphile-worker";
import { z } from "zod";

const TASK_NAMES = ["run_target", "verify_account", "watch_account", "sweep", "remove_photos"] as const;
export type TaskName = (typeof TASK_NAMES)[number];

export type Run = {
  /** Who holds what this run takes: unique, so nothing is resumed by accident; the part before "/" has a heartbeat. */
  holder: string;
  /** Aborts when the worker must end now; draining lets a run finish. */
  signal: AbortSignal;
};
export type Task = (payload: unknown, run: Run) => Promise<void>;

/** Payloads hold ids only; everything else is read from the database when the task runs. */
export const targetPayloadSchema = z.object({ targetId: z.uuid() });
export const accountPayloadSchema = z.object({ accountId: z.uuid() });

export const runOf = ({ job, abortSignal }: JobHelpers, stopNow: AbortSignal): Run => ({
  holder: `${job.locked_by}/${job.id}.${job.attempts}`,
  signal: AbortSignal.any([abortSignal, stopNow]),
});
