/** A step's report before anything was done to it. */
import type { Step, StepReport } from "../../plan/index.ts";

export const baseReport = (step: Step): StepReport => ({
  id: step.id,
  label: step.label,
  field: "field" in step ? step.field : "form",
  need: step.need,
  status: "done",
  verified: false,
  attempts: 0,
  ms: 0,
});
