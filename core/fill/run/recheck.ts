/**
 * Reads what was done again: sites overwrite fields by image recognition, restored drafts and defaults. While filling it is
 * written again; what a required step says then decides whether anything may be pressed.
 */
import type { FillStep, GestureStep, Plan, Reading, Step, StepReport } from "../../plan/index.ts";
import { isOnPage } from "../read/page-mark.ts";
import { writeValue } from "../write/write-value.ts";
import { isRefused } from "../write/written.ts";
import { baseReport } from "./base-report.ts";
import { isChangedByHand, presentControl, readStep } from "./reading.ts";
import type { StepTools } from "./step-tools.ts";
import { gestureStep } from "./steps.ts";

const ROUNDS = 3;
/** A page that draws a field again has it back at once. */
const REDRAWN_MS = 1_500;

export const isField = (step: Step): step is FillStep | GestureStep =>
  step.kind === "fill" || step.kind === "gesture";

export type Reports = ReadonlyMap<string, StepReport>;

/** Rewrites what the site changed since; reports only steps whose state changed. */
export async function rewriteChanged(
  tools: StepTools,
  steps: readonly Step[],
  reports: Reports,
): Promise<StepReport[]> {
  const changed = new Map<string, StepReport>();
  for (let round = 0; round < ROUNDS; round++) {
    await tools.session.settled();
    let rewrote = false;
    for (const step of steps) {
      if (!isField(step) || !tools.done.has(step.id)) continue;
      const reading = readStep(tools, step);
      if (reading !== "other" && reading !== "empty") continue;
      const before = changed.get(step.id) ?? reports.get(step.id) ?? baseReport(step);
      tools.session.stepId = step.id;
      const isTheirs = isChangedByHand(tools, step);
      const again = isTheirs ? null : await writeAgain(tools, step);
      rewrote ||= again !== null;
      const attempts = before.attempts + (again?.attempts ?? 0);
      changed.set(
        step.id,
        again?.verified
          ? { ...before, status: "done", reason: undefined, verified: true, attempts }
          : {
              ...before,
              ...why(isTheirs ? "changed-by-hand" : "site-changed-it"),
              verified: false,
              attempts,
            },
      );
    }
    if (!rewrote) break;
  }
  return [...changed.values()];
}

/** Null: it cannot be done twice. */
async function writeAgain(
  tools: StepTools,
  step: FillStep | GestureStep,
): Promise<{ verified: boolean; attempts: number } | null> {
  if (tools.byHand.has(step.id)) return null;
  if (step.kind === "gesture") {
    const { status, verified, attempts } = await gestureStep(tools, step);
    return { verified: status === "done" && verified, attempts };
  }
  const control = presentControl(tools, step);
  if (!control || step.value.kind === "photos") return null;
  const written = await writeValue(tools.session, control, step.value, tools.photos);
  tools.hands.touches.settle(control);
  return { verified: !isRefused(written) && written.verified, attempts: written.attempts };
}

/** Steps done on this page whose last report had not seen them verified, and which read as planned now. */
export const readRight = (tools: StepTools, steps: readonly Step[], reports: Reports): StepReport[] =>
  steps.filter(isField).flatMap((step) => {
    const report = reports.get(step.id);
    if (!report || report.verified || !tools.done.has(step.id) || readStep(tools, step) !== "same") return [];
    return [{ ...report, status: "done", reason: undefined, detail: undefined, verified: true }];
  });

/** Whether the present page is the one the step belongs to. */
export const isHere = (tools: StepTools, plan: Plan, index: number, reports: Reports): boolean => {
  const step = plan.fill[index];
  if (!step) return false;
  if (step.when) return isOnPage(tools.session.document, step.when);
  return tools.done.has(step.id) || index > lastLeft(plan, reports);
};

/** The press that led to the present page; behind all of them once something of `submit` was pressed. */
export function lastLeft(plan: Plan, reports: Reports): number {
  const pressed = (step: Step) => step.kind === "press" && reports.get(step.id)?.status === "done";
  return plan.submit.some(pressed) ? plan.fill.length : plan.fill.findLastIndex(pressed);
}

/**
 * The steps before `until` that keep a page from being left or the form from being sent: required, and not read back just now
 * or, where their page is gone, not reported as read back then. A report for each, with its reason.
 */
export async function unsettled(
  tools: StepTools,
  plan: Plan,
  reports: Reports,
  until = plan.fill.length,
): Promise<StepReport[]> {
  await tools.session.settled();
  const now = () => unsettledNow(tools, plan, reports, until);
  if (now().length > 0) await tools.session.until(() => now().length === 0, REDRAWN_MS);
  return now();
}

export function unsettledNow(
  tools: StepTools,
  plan: Plan,
  reports: Reports,
  until = plan.fill.length,
): StepReport[] {
  return plan.fill.slice(0, until).flatMap((step, index) => {
    if (!isField(step)) return [];
    const reason = whyUnsettled(tools, plan, reports, step, index);
    return reason ? [{ ...baseReport(step), ...reports.get(step.id), ...reason, verified: false }] : [];
  });
}

type Why = { status: "refused"; reason: NonNullable<StepReport["reason"]>; detail?: string };
const why = (reason: Why["reason"], detail?: string): Why => ({
  status: "refused",
  reason,
  ...(detail ? { detail } : {}),
});

const BY_READING: Record<Reading, Why | null> = {
  same: null,
  other: why("site-changed-it"),
  empty: why("site-changed-it", "the field is empty now"),
  missing: why("not-found", "the field is no longer on the page"),
  unread: why("not-verified", "the page gives no way to read it again"),
};

function whyUnsettled(
  tools: StepTools,
  plan: Plan,
  reports: Reports,
  step: FillStep | GestureStep,
  index: number,
): Why | null {
  const report = reports.get(step.id);
  if (isChangedByHand(tools, step)) return why("changed-by-hand");
  if (step.need === "optional") {
    // It may rightly have been refused; but what was set must not say something else now.
    const reading = tools.done.has(step.id) ? readStep(tools, step) : "same";
    return reading === "other" || reading === "empty" ? BY_READING[reading] : null;
  }
  if (isHere(tools, plan, index, reports)) return BY_READING[readStep(tools, step)];
  if (report?.status === "done" && report.verified) return null;
  if (step.sometimes && report?.status === "skipped") return null;
  return report?.status === "skipped"
    ? why("page-not-expected", "its page never came")
    : why("not-verified", "its page was left before it was read back");
}
