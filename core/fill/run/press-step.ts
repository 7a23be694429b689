/** Presses a named control and waits for what must follow. */
import type { PressStep, StepReport } from "../../plan/index.ts";
import { locateElement, type Found, type NotFound } from "../find/locate.ts";
import { pressOn } from "../page/events.ts";
import { clickTrusted } from "../page/trusted.ts";
import { isDisabled, isVisible } from "../page/visible.ts";
import { isMet } from "../read/page-mark.ts";
import { stopSignOn } from "../read/stop-sign.ts";
import { baseReport } from "./base-report.ts";
import type { StepTools } from "./step-tools.ts";

export type Pressed = "pressed" | "navigating" | "failed" | "passed";
export type Report = (report: StepReport) => Promise<void>;
export type Button = { element: HTMLElement; found: NonNullable<StepReport["found"]> };

const ENABLE_MS = 15_000;
const OPTIONAL_MS = 1_200;
const FOLLOW_MS = 20_000;
/** Then it is asked whether the page is being drawn at all. */
const UNSEEN_MS = 4_000;

export const buttonNow = (tools: StepTools, step: PressStep): Found<HTMLElement> | NotFound =>
  locateElement(tools.session.document, step.locators);

/** The control once it can be pressed; null when it cannot: then that is reported, and `stop` where the page shows a stop sign. */
export async function findButton(
  tools: StepTools,
  step: PressStep,
  report: Report,
): Promise<Button | "stop" | null> {
  const { session, signs } = tools;
  const look = () => {
    const now = buttonNow(tools, step);
    if ("target" in now && !isDisabled(now.target)) return now;
    return stopSignOn(session.document, signs) ? ("stop" as const) : null;
  };
  const found = await session.until(look, step.need === "required" ? ENABLE_MS : OPTIONAL_MS);
  if (found === "stop") return "stop";
  if (found) return { element: found.target, found: { index: found.index, by: found.by } };
  const seen = buttonNow(tools, step);
  const reason = "target" in seen ? "timeout" : seen.missing;
  const detail = "target" in seen ? "the button stays disabled" : seen.detail;
  const status = step.need === "optional" ? "skipped" : "failed";
  await report({ ...baseReport(step), status, reason, detail });
  return null;
}

export type Follow = "met" | "leaving" | "stop" | null;

/** Presses, and waits for what the step expects. A trusted second try is for presses that may be repeated. */
export async function pressAndFollow(
  tools: StepTools,
  step: PressStep,
  button: HTMLElement,
  press: () => void,
  { again }: { again: boolean },
): Promise<Follow> {
  const { session, signs } = tools;
  const { document } = session;
  const view = document.defaultView;
  let leaving = false;
  const onLeave = () => (leaving = true);
  view?.addEventListener("pagehide", onLeave);
  try {
    const held = () => isMet(document, step.expect);
    const before = held();
    press();
    const look = (): Follow => {
      if (leaving) return "leaving";
      if (held() && (!before || !isVisible(button))) return "met";
      return stopSignOn(document, signs) ? "stop" : null;
    };
    let seen = await session.until(look, UNSEEN_MS);
    if (seen === null) {
      await session.showPage();
      seen = await session.until(look, FOLLOW_MS);
    }
    // The same element may be another button by now.
    const now = again && seen === null ? buttonNow(tools, step) : null;
    if (now && "target" in now && !isDisabled(now.target) && (await clickTrusted(session, now.target)))
      seen = await session.until(look, FOLLOW_MS);
    if (seen === "met") await session.settled();
    return seen;
  } finally {
    view?.removeEventListener("pagehide", onLeave);
  }
}

/** What to say of a press by what followed it; nothing when the page leaves with it. */
export const afterPress = (base: StepReport, seen: Follow): StepReport | null => {
  if (seen === "leaving") return null;
  if (seen === "met") return { ...base, attempts: 1, verified: true };
  const reason = seen === "stop" ? "page-not-expected" : "timeout";
  return {
    ...base,
    status: "failed",
    reason,
    attempts: 1,
    detail: "what should follow the press did not",
  };
};

/** @param isTooLate asked in the very turn of the press: whether the page has become the person's meanwhile. */
export async function pressStep(
  tools: StepTools,
  step: PressStep,
  report: Report,
  isTooLate: () => boolean = () => false,
): Promise<Pressed> {
  const began = performance.now();
  const none = step.need === "optional" ? "passed" : "failed";
  const button = await findButton(tools, step, report);
  if (button === "stop" || !button) return button ? "failed" : none;
  const say = () => ({
    ...baseReport(step),
    found: button.found,
    ms: Math.round(performance.now() - began),
  });
  await report({ ...say(), attempts: 1, detail: "pressing" }); // before the press: the page may be gone after it
  // That turn let the page draw again, and the same element may be another button now.
  const now = await findButton(tools, step, report);
  if (now === "stop" || !now) return now ? "failed" : none;
  if (isTooLate()) {
    await report({ ...say(), status: "skipped", detail: "the page has stood too long" });
    return "failed";
  }
  const { element } = now;
  const seen = await pressAndFollow(tools, step, element, () => pressOn(element), { again: !step.confirms });
  const said = afterPress(say(), seen);
  if (said) await report(said);
  return seen === "leaving" ? "navigating" : seen === "met" ? "pressed" : "failed";
}
