/** Puts right what killed workers, closed browsers and lost queue entries left behind. The database does the work. */
import type { WorkerContext } from "../worker-context.ts";
import type { Task } from "./task.ts";

/** Missed heartbeats. Long enough for a busy machine, short enough for recovery well under a minute. */
export const DEAD_AFTER_BEATS = 4;

type Swept = {
  /** Another sweep is under way. */
  busy?: boolean;
  dead?: string[];
  /** Runs whose lease had ended. */
  lapsed?: number;
  /** Postings whose hour was over. */
  asked?: number;
  /** Due, and without an entry in the queue. */
  lost?: number;
};

export const sweepOnce = async (context: Pick<WorkerContext, "db" | "log" | "pulseMs">): Promise<Swept> => {
  const swept = await context.db.call<Swept>("sweep", {
    p_dead_after_seconds: Math.ceil((DEAD_AFTER_BEATS * context.pulseMs) / 1000),
  });
  const found = (swept.dead?.length ?? 0) + (swept.lapsed ?? 0) + (swept.asked ?? 0) + (swept.lost ?? 0);
  if (found > 0) context.log.warn({ swept }, "swept up after others");
  return swept;
};

export const sweep =
  (context: WorkerContext): Task =>
  async () => {
    await sweepOnce(context);
  };
