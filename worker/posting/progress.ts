/** Live progress of one run: written in order beside the filling and never in its way. */
import { logLineOf, progressAt, type StepPlace } from "#core/host/index.ts";
import type { StepReport } from "#core/plan/index.ts";
import { reportProgress, type ProgressLine } from "../data/postings.ts";
import type { Database } from "../data/database.ts";

export type Progress = {
  onStep(step: StepReport, place: StepPlace): void;
  say(line: ProgressLine): void;
  /** All written that can be; with the report of the steps. */
  flushed(report: Record<string, unknown>): Promise<void>;
};

/** @param onLost what could not be told: progress is nice to have, a run does not end over it. */
export const streamProgress = (
  db: Database,
  target: { targetId: string; fence: number },
  onLost: (error: unknown) => void,
): Progress => {
  let newest: { percent: number; message: string } | null = null;
  let lines: ProgressLine[] = [];
  let writing: Promise<void> | null = null;
  const write = async (): Promise<void> => {
    while (newest || lines.length > 0) {
      const told = { ...(newest ? { progress: newest } : {}), lines };
      newest = null;
      lines = [];
      await reportProgress(db, target, told).catch(onLost);
    }
    writing = null;
  };
  const soon = (): void => {
    writing ??= write();
  };
  return {
    onStep(step, place) {
      newest = progressAt(place);
      const line = logLineOf(step);
      if (line) lines.push(line);
      soon();
    },
    say(line) {
      lines.push(line);
      soon();
    },
    async flushed(report) {
      await writing;
      await reportProgress(db, target, { report }).catch(onLost);
    },
  };
};
