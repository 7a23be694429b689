/** Live progress of one run: written in order beside the filling and never in its way. */
import type { StepPlace } from "#core/host/index.ts";
import type { StepReport } from "#core/plan/index.ts";
import { reportProgress, type ProgressLine } from "../data/postings.ts";
import type { Database } from "../data/database.ts";

export type Progress = {
  onStep(step: StepReport, place: StepPlace): void;
  say(line: ProgressLine): void;
  /** All written that can be; with the report of the steps. */
  flushed(report: Record<string, unknown>): Promise<void>;
};

/** Filling is the stretch from 15 to 85 percent; before it the session is opened, after it the listing is read back. */
const percentAt = ({ index, total }: StepPlace): number =>
  Math.round(15 + (70 * (index + 1)) / Math.max(1, total));

const lineOf = (step: StepReport): ProgressLine | null => {
  const isPressing = step.status === "done" && !step.verified && step.detail === "pressing";
  if (step.status === "skipped" || isPressing) return null;
  const data = { step: step.id, field: step.field, status: step.status, verified: step.verified };
  return step.status === "done"
    ? { message: `${step.label}: done`, level: "info", data }
    : {
        message: `${step.label}: ${step.status}${step.reason ? `, ${step.reason}` : ""}`,
        level: "warn",
        data,
      };
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
      newest = { percent: percentAt(place), message: step.label };
      const line = lineOf(step);
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
