/** Live progress of one run: one line per step, written in order beside the filling and never in its way. */
import type { StepReport } from "#core/plan/index.ts";
import type { TargetWriter } from "../data/targets.ts";

export type Progress = {
  onStep(step: StepReport, index: number, total: number): void;
  /** All written; the first thing that could not be is thrown. */
  flushed(): Promise<void>;
};

/** Filling is the stretch from 15 to 85 percent; before it the session is opened, after it the listing is read back. */
const percentAt = (index: number, total: number): number =>
  Math.round(15 + (70 * (index + 1)) / Math.max(1, total));

const lineOf = (step: StepReport): { message: string; level: "info" | "warn" } =>
  step.status === "done"
    ? { message: `${step.label}: done`, level: "info" }
    : {
        message: `${step.label}: ${step.status}${step.reason ? `, ${step.reason}` : ""}`,
        level: step.status === "skipped" ? "info" : "warn",
      };

export const streamProgress = (writer: TargetWriter): Progress => {
  let newest: { percent: number; message: string } | null = null;
  let writing: Promise<void> = Promise.resolve();
  const failures: unknown[] = [];
  const later = (work: () => Promise<void>) => {
    writing = writing.then(work).catch((error: unknown) => void failures.push(error));
  };
  const writeNewest = async () => {
    if (!newest) return; // an earlier write in the chain took it along
    const progress = newest;
    newest = null;
    await writer.move("filling", "filling", { progress });
  };
  return {
    onStep(step, index, total) {
      newest = { percent: percentAt(index, total), message: step.label };
      const pressing = step.status === "done" && !step.verified && step.detail === "pressing";
      if (step.status !== "skipped" && !pressing) {
        const { message, level } = lineOf(step);
        const data = { step: step.id, field: step.field, status: step.status, verified: step.verified };
        later(() => writer.say(message, data, level));
      }
      later(writeNewest);
    },
    async flushed() {
      await writing;
      if (failures.length > 0) throw failures[0];
    },
  };
};
