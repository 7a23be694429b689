/**
 * The press that submits. Invariants:
 * - every required step was read back right before the permit is asked for, and is read once more when it comes;
 * - the permit ages from the question on, by the wall clock and by the monotonic one: a machine that slept stops one of them;
 * - the answer and the press are one turn of the page, so nothing can come between them;
 * - whoever presses first, pressed; there is never a second press, and never a trusted one, which would come in a later turn.
 */
import type { Plan, PressStep, StepReport, VoidReason } from "../../plan/index.ts";
import { type Clocks, whyVoid } from "../../posting/own-clock.ts";
import { pressOn } from "../page/events.ts";
import { isDisabled } from "../page/visible.ts";
import { baseReport } from "./base-report.ts";
import { afterPress, buttonNow, findButton, pressAndFollow, type Report } from "./press-step.ts";
import { unsettled, unsettledNow, type Reports } from "./recheck.ts";
import type { StepTools } from "./step-tools.ts";

export type Submitted =
  /** `at`: by the page's two clocks, for what may only be confirmed a while after it. */
  | { kind: "pressed"; at: Clocks }
  | { kind: "void"; why: VoidReason }
  | { kind: "unsettled"; steps: StepReport[] }
  | { kind: "failed" };

export const clocksNow = (): Clocks => ({ wall: Date.now(), monotonic: performance.now() });

export async function submitStep(
  tools: StepTools,
  plan: Plan,
  step: PressStep,
  reports: Reports,
  report: Report,
): Promise<Submitted> {
  const { session, hands } = tools;
  const button = await findButton(tools, step, report);
  if (!button || button === "stop") return { kind: "failed" };
  await report({ ...baseReport(step), found: button.found, attempts: 1, detail: "pressing" });
  const steps = await unsettled(tools, plan, reports);
  if (steps.length > 0) return { kind: "unsettled", steps };

  const asked = clocksNow();
  const permit = await session.ask({ kind: "needPermit" });
  // From here to the press nothing is awaited.
  session.signal.throwIfAborted();
  if (!("ok" in permit) || !permit.ok) return { kind: "void", why: "not-permitted" };
  const why = whyVoid(asked, clocksNow());
  if (why) return { kind: "void", why };
  const now = buttonNow(tools, step);
  if (!("target" in now) || isDisabled(now.target) || unsettledNow(tools, plan, reports).length > 0)
    return { kind: "void", why: "form-changed" };

  const at = clocksNow();
  const press = () => hands.press(() => pressOn(now.target));
  const seen = await pressAndFollow(tools, step, now.target, press, { again: false });
  const said = afterPress({ ...baseReport(step), found: button.found }, seen);
  if (said) await report(said);
  return { kind: "pressed", at };
}
