/**
 * Runs one phase of a plan in this document. Invariants:
 * - a press is reported before it happens, so that a host that loses the page knows where to go on;
 * - before any press, and at the end, everything filled on the page is read again and rewritten where the site changed it;
 * - `submit` first reads all fill steps again; a difference refuses and nothing is pressed;
 * - the last press of `submit` happens only after the host answered `needPermit` with true;
 * - stop signs are looked for before every step and whenever a step fails.
 */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import type {
  FillStep,
  PhaseResult,
  Plan,
  PressStep,
  StartPhase,
  Step,
  StepReport,
} from "../../plan/index.ts";
import type { PageSession } from "../page/session.ts";
import { isMet, isOnPage } from "../read/page-mark.ts";
import { stopSignOn } from "../read/stop-sign.ts";
import type { Gesture } from "./gesture.ts";
import { fillStep, dismissStep, gestureStep, type StepTools } from "./steps.ts";
import { baseReport } from "./base-report.ts";
import { pressStep } from "./press-step.ts";
import { rewriteChanged, submitCheck, type Done } from "./recheck.ts";
import type { PhotoMemory } from "../write/write-value.ts";

export type PhaseInput = {
  session: PageSession;
  start: StartPhase;
  signs: OutcomeSigns | undefined;
  gestures: Readonly<Record<string, Gesture>>;
  photos: PhotoMemory;
  /** Steps done in this document, kept between phases. */
  done: Map<string, Done>;
};

const stepsOf = (plan: Plan, phase: StartPhase["phase"]): readonly Step[] =>
  phase === "fill" ? plan.fill : plan.submit;

export async function runPhase(input: PhaseInput): Promise<PhaseResult> {
  const { session, start, signs, done } = input;
  const { plan, phase, from } = start;
  const { document } = session;
  const steps = stepsOf(plan, phase);
  const reports: StepReport[] = [];
  if (!plan.hosts.includes(document.location.hostname) && plan.frameHost !== document.location.hostname) {
    throw new Error(`The plan for ${plan.marketplace} may not run on ${document.location.hostname}.`);
  }
  const tools: StepTools = { ...input, taught: start.taught ?? {} };
  const record = async (index: number, report: StepReport, say = true) => {
    const at = reports.findIndex((one) => one.id === report.id);
    if (at >= 0) reports[at] = report;
    else reports.push(report);
    if (say) await session.ask({ kind: "progress", index, total: steps.length, step: report });
  };
  const stopped = (): PhaseResult | null => {
    const stop = stopSignOn(document, signs);
    return stop ? { kind: "stopped", stop, steps: reports } : null;
  };

  const arrived = await arrivedFrom(session, steps[from - 1], from);
  if (!arrived) return stopped() ?? { kind: "refused", steps: [notArrived(steps[from - 1] as PressStep)] };
  const pressed = steps[from - 1];
  if (pressed?.kind === "press")
    await record(from - 1, { ...baseReport(pressed), attempts: 1, verified: true });

  if (phase === "submit" && from === 0) {
    const changed = await submitCheck(tools, plan);
    if (changed.length > 0) return stopped() ?? { kind: "refused", steps: changed };
  }

  for (let index = from; index < steps.length; index++) {
    const step = steps[index];
    if (!step) break;
    const sign = stopped();
    if (sign) return sign;
    session.stepId = step.id;
    if (!isOnPage(document, step.when)) {
      await record(index, skipped(step, "not on this page"));
      continue;
    }
    if (step.kind === "press") {
      if (phase === "fill") await recheck(index);
      const isLast = phase === "submit" && index === lastPress(steps);
      const pressed = await pressStep(tools, step, { isLast, report: (report) => record(index, report) });
      if (pressed.kind === "navigating") return { kind: "navigating", next: index + 1, steps: reports };
      if (pressed.kind === "failed") return stopped() ?? { kind: "refused", steps: reports };
      if (pressed.kind === "pressed") done.clear(); // another page of the wizard: its fields are gone
      continue;
    }
    const report =
      step.kind === "fill"
        ? await fillStep(tools, step)
        : step.kind === "gesture"
          ? await gestureStep(tools, step)
          : await dismissStep(tools, step);
    await record(index, report);
    if (report.status === "failed" || report.status === "refused") {
      const halted = stopped();
      if (halted) return halted;
      if (step.need === "required") return { kind: "refused", steps: reports };
    }
  }
  if (phase === "fill") {
    await recheck(steps.length - 1);
    if (reports.some((one) => one.need === "required" && one.status === "refused"))
      return stopped() ?? { kind: "refused", steps: reports };
  }
  return stopped() ?? { kind: "complete", steps: reports };

  async function recheck(index: number): Promise<void> {
    for (const report of await rewriteChanged(tools, reports)) await record(index, report);
  }
}

/** How long a page that has come may take to draw what was expected of it. */
const ARRIVE_MS = 15_000;

const lastPress = (steps: readonly Step[]): number => steps.findLastIndex((step) => step.kind === "press");

/** After a page load: what the last press promised must hold on the page that came. */
async function arrivedFrom(session: PageSession, before: Step | undefined, from: number): Promise<boolean> {
  if (from === 0 || before?.kind !== "press") return true;
  return (await session.until(() => isMet(session.document, before.expect, true), ARRIVE_MS)) === true;
}

const skipped = (step: Step, detail: string): StepReport => ({
  ...baseReport(step),
  status: "skipped",
  detail,
});
const notArrived = (step: PressStep): StepReport => ({
  ...baseReport(step),
  status: "failed",
  reason: "page-not-expected",
  detail: "the page that came is not the one expected",
});

export type { FillStep };
