/** Presses a named control and waits for what must follow. */
import type { PressStep, StepReport } from "../../plan/index.ts";
import { locateElement, type Found, type NotFound } from "../find/locate.ts";
import { pressOn } from "../page/events.ts";
import { centreInHost } from "../page/host-point.ts";
import { isDisabled, isVisible } from "../page/visible.ts";
import { isMet } from "../read/page-mark.ts";
import { stopSignOn } from "../read/stop-sign.ts";
import { baseReport } from "./base-report.ts";
import type { StepTools } from "./steps.ts";

export type Pressed = { kind: "pressed" } | { kind: "navigating" } | { kind: "failed" } | { kind: "passed" };
type Options = { isLast: boolean; report: (report: StepReport) => Promise<void> };

const ENABLE_MS = 15_000;
const FOLLOW_MS = 20_000;
/** Then it is asked whether the page is being drawn at all. */
const UNSEEN_MS = 4_000;

export async function pressStep(
  tools: StepTools,
  step: PressStep,
  { isLast, report }: Options,
): Promise<Pressed> {
  const { session, signs } = tools;
  const { document } = session;
  const began = performance.now();
  const say = (more: Partial<StepReport>) =>
    report({ ...baseReport(step), ms: Math.round(performance.now() - began), ...more });
  const locators = tools.taught[step.id] ? [tools.taught[step.id]!, ...step.locators] : step.locators;

  let last: Found<HTMLElement> | NotFound = { missing: "not-found" };
  const findEnabled = () => {
    last = locateElement(document, locators);
    return "target" in last && !isDisabled(last.target) ? last : null;
  };
  const wait = step.need === "required" ? ENABLE_MS : 1200;
  const found = await session.until(
    () => findEnabled() ?? (stopSignOn(document, signs) ? "stop" : null),
    wait,
  );
  if (found === "stop") return { kind: "failed" };
  if (!found) {
    const seen = last as Found<HTMLElement> | NotFound;
    const reason = "target" in seen ? "timeout" : seen.missing;
    const detail = "target" in seen ? "the button stays disabled" : seen.detail;
    if (step.need === "optional") {
      await say({ status: "skipped", reason, detail });
      return { kind: "passed" };
    }
    await say({ status: "failed", reason, detail });
    return { kind: "failed" };
  }

  const won = { index: found.index, by: found.by };
  await say({ found: won, attempts: 1, detail: "pressing" }); // before the press: the page may be gone after it
  if (isLast) {
    const permit = await session.ask({ kind: "needPermit" });
    if (!("ok" in permit) || !permit.ok) {
      await say({ status: "refused", found: won, detail: "no permit to submit" });
      return { kind: "failed" };
    }
  }
  // The turns above let the page draw again: press what the locators lead to now.
  const again = locateElement(document, locators);
  const button = "target" in again ? again.target : found.target;

  const view = document.defaultView;
  let leaving = false;
  const onLeave = () => (leaving = true);
  view?.addEventListener("pagehide", onLeave);
  try {
    const held = () => isMet(document, step.expect);
    const before = held();
    pressOn(button);
    const look = () =>
      leaving
        ? "leaving"
        : held() && (!before || !isVisible(button))
          ? "met"
          : stopSignOn(document, signs)
            ? "stop"
            : null;
    let seen = await session.until(look, UNSEEN_MS);
    if (seen === null) {
      await session.showPage();
      seen = await session.until(look, FOLLOW_MS);
    }
    // A second press of the last button could list twice: only presses before it are tried again, by a trusted click.
    if (seen === null && !isLast && button.isConnected && isVisible(button) && !isDisabled(button)) {
      const trusted = await session.ask({ kind: "needTrusted", action: "click", ...centreInHost(button) });
      if ("ok" in trusted && trusted.ok) seen = await session.until(look, FOLLOW_MS);
    }
    if (seen === "leaving") return { kind: "navigating" };
    if (seen === "met") {
      await session.settled();
      await say({ found: won, attempts: 1, verified: true });
      return { kind: "pressed" };
    }
    await say({
      status: "failed",
      reason: seen === "stop" ? "page-not-expected" : "timeout",
      found: won,
      attempts: 1,
      detail: "what should follow the press did not",
    });
    return { kind: "failed" };
  } finally {
    view?.removeEventListener("pagehide", onLeave);
  }
}
