/** What the queue hands a task, reduced to what tasks use. */
import type { JobHelpers } from "graphile-worker";
import { z } from "zod";

export const TASK_NAMES = [
  "run_target",
  "verify_account",
  "settle_unknown",
  "sweep",
  "remove_photos",
] as const;
export type TaskName = (typeof TASK_NAMES)[number];

export type Run = {
  /** Who holds what this run takes: unique, so nothing is resumed by accident; the part before "/" has a heartbeat. */
  holder: string;
  /** Aborts when the worker must end now; draining lets a run finish. */
  signal: AbortSignal;
  /** Puts this very task back into the queue for later, and replaces the entry that is running. */
  snooze(until: Date): Promise<void>;
};
export type Task = (payload: unknown, run: Run) => Promise<void>;

/** Payloads hold ids only; everything else is read from the database when the task runs. */
export const targetPayloadSchema = z.object({ targetId: z.uuid() });
export const accountPayloadSchema = z.object({ accountId: z.uuid(), targetId: z.uuid().optional() });

export const runOf = (helpers: JobHelpers, random: () => number, stopNow: AbortSignal): Run => {
  const { job } = helpers;
  return {
    holder: `${job.locked_by}/${job.id}.${job.attempts}`,
    signal: AbortSignal.any([helpers.abortSignal, stopNow]),
    async snooze(until) {
      // A little later than the moment itself, and not all at once.
      const runAt = new Date(until.getTime() + 50 + Math.round(random() * 450));
      await helpers.addJob(job.task_identifier, job.payload, {
        runAt,
        maxAttempts: 3,
        priority: job.priority,
        ...(job.key ? { jobKey: job.key } : {}),
      });
    },
  };
};
