/** Whether a form filled earlier stands in this document, whether it may be sent as it is, and what in it is a person's. */
import type { FillStep, FormState, GestureStep, Plan, Reading, StepReport } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { isMet } from "../read/page-mark.ts";
import { heldBy, presentControl, readStep } from "./reading.ts";
import { isField, isHere, lastLeft, unsettledNow } from "./recheck.ts";
import type { StepTools } from "./step-tools.ts";

/** A fresh form has none of these: defaults come with choices and switches only. */
const TYPED = new Set(["text", "money", "richText", "search", "chips", "path", "photos"]);
const isTyped = (step: FillStep | GestureStep): boolean => step.kind === "fill" && TYPED.has(step.value.kind);

/**
 * @param known steps that are known to be a person's.
 * @param keep a person said since to go on with the form as it stands: what they set in it is theirs. Without their word it may
 *   be half typed.
 */
export async function formState(
  tools: StepTools,
  plan: Plan,
  said: readonly StepReport[],
  known: readonly string[],
  keep: boolean,
): Promise<FormState> {
  await tools.session.settled();
  const reports = new Map(said.map((report) => [report.id, report]));
  const from = Math.min(lastLeft(plan, reports) + 1, plan.fill.length);
  const read = plan.fill.flatMap((step, index): FieldNow[] =>
    isField(step) && isHere(tools, plan, index, reports) ? [fieldNow(tools, step)] : [],
  );
  const before = plan.fill[from - 1];
  const arrived = before?.kind === "press" && isMet(tools.session.document, before.expect, true);
  const stands = standsBy(read.filter(({ step }) => wasTried(reports.get(step.id)))) ?? arrived;
  const byHand = [...known, ...said.filter((one) => one.byHand).map(({ id }) => id)];
  const theirs = read.filter(
    ({ step, reading, isTouched }) =>
      (isTouched || byHand.includes(step.id)) && (reading === "other" || reading === "unread"),
  );
  const all = new Set([...byHand, ...theirs.map(({ step }) => step.id)]);
  if (keep) {
    for (const { step, control } of theirs)
      if (control) tools.done.set(step.id, { control, shown: heldBy(control) });
    for (const { control } of read) if (control) tools.hands.touches.settle(control);
  }
  const isWhole = stands && unsettledNow({ ...tools, byHand: all }, plan, reports).length === 0;
  return { stands, from, isWhole, byHand: [...(keep ? all : new Set(byHand))] };
}

type FieldNow = {
  step: FillStep | GestureStep;
  control: Control | null;
  reading: Reading;
  isTouched: boolean;
};

function fieldNow(tools: StepTools, step: FillStep | GestureStep): FieldNow {
  const control = step.kind === "fill" ? presentControl(tools, step) : null;
  // Taken as theirs before, in an answer that the host never heard.
  const isKept = step.kind === "fill" && (tools.done.get(step.id)?.shown ?? null) !== null;
  const isTouched = isKept || (control !== null && tools.hands.touches.since(control));
  return { step, control, reading: readStep(tools, step), isTouched };
}

/** By what a fresh form has not; null where nothing can tell. */
function standsBy(tried: readonly FieldNow[]): boolean | null {
  const typed = tried.filter(({ step }) => isTyped(step));
  const telling = typed.length > 0 ? typed : tried;
  if (telling.length === 0) return null;
  return telling.some(({ reading }) => reading === "same" || reading === "other");
}

const wasTried = (report: StepReport | undefined): boolean =>
  report !== undefined && report.status !== "skipped";
