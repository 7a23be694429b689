/** A step of a form as whoever looks on sees it: how far the filling is, and its line in the log. */
import type { StepReport } from "../plan/plan.ts";
import { reasonText } from "../posting/index.ts";

/** Filling is the stretch from 10 to 85 percent; before it the lists are read, after it the listing is. */
export const progressAt = ({ index, total }: { index: number; total: number }) => ({
  percent: Math.round(10 + (75 * (index + 1)) / Math.max(1, total)),
  message: `Filling the form, step ${index + 1} of ${total}`,
});

export type LogLine = { message: string; level: "info" | "warn"; data: Record<string, unknown> };

/** @returns null for what is no news: skipped, or about to be pressed. Names fields, never values. */
export function logLineOf(step: StepReport): LogLine | null {
  const { id, label, field, need, status, verified } = step;
  const data = { step: id, field, need, status, verified };
  const isPressing = step.detail === "pressing" && !verified;
  if (status === "skipped" || (status === "done" && isPressing)) return null;
  if (status === "done") return { message: `${label}: done`, level: "info", data };
  return { message: `${label}: ${whyNot(step)}`, level: "warn", data };
}

function whyNot({ reason, detail }: StepReport): string {
  const why = reason ? reasonText(reason) : "it was not filled";
  return detail ? `${why} (${detail})` : why;
}
