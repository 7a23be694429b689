/** Whether a form filled earlier stands in this document, and what each of its fields says now. */
import type { FillStep, FormState, GestureStep, Plan, StepReport } from "../../plan/index.ts";
import { isMet } from "../read/page-mark.ts";
import { presentControl, readStep } from "./reading.ts";
import { isField, isHere, lastLeft } from "./recheck.ts";
import type { StepTools } from "./step-tools.ts";

/** A fresh form has none of these: defaults come with choices and switches only. */
const TYPED = new Set(["text", "money", "richText", "search", "chips", "path", "photos"]);
const isTyped = (step: FillStep | GestureStep): boolean => step.kind === "fill" && TYPED.has(step.value.kind);

export async function formState(
  tools: StepTools,
  plan: Plan,
  said: readonly StepReport[],
): Promise<FormState> {
  await tools.session.settled();
  const { document } = tools.session;
  const reports = new Map(said.map((report) => [report.id, report]));
  const from = Math.min(lastLeft(plan, reports) + 1, plan.fill.length);
  const steps = plan.fill.flatMap((step, index): (FormState["steps"][number] & { typed: boolean })[] => {
    if (!isField(step)) return [];
    const here = isHere(tools, plan, index, reports);
    const control = here && step.kind === "fill" ? presentControl(tools, step) : null;
    return [
      {
        id: step.id,
        need: step.need,
        reading: here ? readStep(tools, step) : "earlier",
        touchedByHand: control !== null && tools.hands.touched(control),
        typed: isTyped(step),
      },
    ];
  });
  const tried = steps.filter(({ id, reading }) => reading !== "earlier" && wasTried(reports.get(id)));
  const telling = tried.some(({ typed }) => typed) ? tried.filter(({ typed }) => typed) : tried;
  const before = plan.fill[from - 1];
  const arrived = before?.kind === "press" && isMet(document, before.expect, true);
  return {
    stands:
      telling.length > 0 ? telling.some(({ reading }) => reading === "same" || reading === "other") : arrived,
    from,
    steps: steps.map(({ typed: _, ...step }) => step),
  };
}

const wasTried = (report: StepReport | undefined): boolean =>
  report !== undefined && report.status !== "skipped";
