/** Fill, gesture and dismiss steps: find, write, read back, report. */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { DismissStep, FillStep, GestureStep, Locator, StepReport } from "../../plan/index.ts";
import { anyVisible, locateControl, locateElement, type Found, type NotFound } from "../find/locate.ts";
import type { Control } from "../find/control.ts";
import { pressOn } from "../page/events.ts";
import type { PageSession } from "../page/session.ts";
import { isDisabled } from "../page/visible.ts";
import { stopSignOn } from "../read/stop-sign.ts";
import { fits, readsBack, writeValue, type PhotoMemory } from "../write/write-value.ts";
import { isRefused, type Refused, type Written } from "../write/written.ts";
import { gestureTools, type Gesture } from "./gesture.ts";
import type { Done } from "./recheck.ts";
import { baseReport } from "./base-report.ts";

export type StepTools = {
  session: PageSession;
  signs: OutcomeSigns | undefined;
  gestures: Readonly<Record<string, Gesture>>;
  photos: PhotoMemory;
  done: Map<string, Done>;
  taught: Readonly<Record<string, Locator>>;
};

/** How long a field may take to appear. */
const REQUIRED_MS = 10_000;
const OPTIONAL_MS = 1_200;

export const locatorsOf = (tools: StepTools, step: FillStep): readonly Locator[] => {
  const taught = tools.taught[step.id];
  return taught ? [taught, ...step.locators] : step.locators;
};

const writable = (step: FillStep, control: Control): boolean => fits(step.value, control);

export function findNow(tools: StepTools, step: FillStep): Found<Control> | NotFound {
  return locateControl(tools.session.document, locatorsOf(tools, step), (control) => writable(step, control));
}

/** Image recognition and drafts write at any moment, also between our typing and our reading. */
const TRANSIENT = new Set<Refused["refused"]>(["read-back-differs", "option-missing", "write-had-no-effect"]);
const mayPass = (step: FillStep, { element }: Control, { refused }: Refused): boolean =>
  !element.isConnected ||
  (step.need === "required" && step.value.kind !== "photos" && TRANSIENT.has(refused));

export async function fillStep(tools: StepTools, step: FillStep): Promise<StepReport> {
  const { session, signs } = tools;
  const began = performance.now();
  const report = (more: Partial<StepReport>): StepReport => ({
    ...baseReport(step),
    ms: Math.round(performance.now() - began),
    ...more,
  });
  let last: Found<Control> | NotFound = { missing: "not-found" };
  const look = () => {
    last = findNow(tools, step);
    if ("target" in last)
      return last.target.element.matches(":disabled") && last.target.kind !== "photos" ? null : last;
    return stopSignOn(session.document, signs) ? "stop" : null;
  };
  const found = await session.until(look, step.need === "required" ? REQUIRED_MS : OPTIONAL_MS);
  if (!found || found === "stop") {
    const seen = last as Found<Control> | NotFound;
    const missing =
      "target" in seen
        ? { reason: "timeout" as const, detail: "the field stays disabled" }
        : { reason: seen.missing, detail: seen.detail };
    return report({ status: "refused", ...missing });
  }
  let target = found.target;
  let written: Written = await writeValue(session, target, step.value, tools.photos);
  if (isRefused(written) && mayPass(step, target, written)) {
    // The page drew the field again while it was written, or wrote to it itself: look again, once.
    await session.settled();
    const again = findNow(tools, step);
    if ("target" in again) {
      target = again.target;
      written = await writeValue(session, target, step.value, tools.photos);
    }
  }
  const won = {
    index: found.index,
    by: found.by,
    ...(found.score === undefined ? {} : { score: found.score, margin: found.margin }),
  };
  if (isRefused(written))
    return report({
      status: "refused",
      reason: written.refused,
      detail: written.detail,
      attempts: written.attempts,
      found: won,
    });
  tools.done.set(step.id, { step, control: target });
  return report({ verified: written.verified, attempts: written.attempts, found: won });
}

export async function gestureStep(tools: StepTools, step: GestureStep): Promise<StepReport> {
  const began = performance.now();
  const gesture = tools.gestures[step.gesture];
  if (!gesture)
    throw new Error(
      `The plan names a gesture "${step.gesture}" that is not in this bundle; add it to marketplaces/page.ts.`,
    );
  const written = await gesture(gestureTools(tools.session, tools.photos), step.value);
  const ms = Math.round(performance.now() - began);
  if ("refused" in written)
    return {
      ...baseReport(step),
      status: "refused",
      reason: written.refused,
      detail: written.detail,
      attempts: written.attempts,
      ms,
    };
  return { ...baseReport(step), verified: written.verified, attempts: 1, ms };
}

/** Closes an overlay if it is there. Not there, or gone by itself: nothing to do. */
export async function dismissStep(tools: StepTools, step: DismissStep): Promise<StepReport> {
  const { session } = tools;
  const began = performance.now();
  const report = (more: Partial<StepReport>): StepReport => ({
    ...baseReport(step),
    ms: Math.round(performance.now() - began),
    ...more,
  });
  const shown = () => anyVisible(session.document, step.overlay);
  if (!shown()) return report({ status: "skipped", detail: "not shown" });
  const button = locateElement(session.document, step.button);
  if (!("target" in button) || isDisabled(button.target))
    return report({ status: "skipped", reason: "not-found", detail: "it has no button of that name" });
  pressOn(button.target);
  const gone = await session.until(() => !shown(), 2500);
  return report(
    gone
      ? { verified: true, attempts: 1 }
      : { status: "skipped", reason: "timeout", detail: "it stayed open", attempts: 1 },
  );
}

export { readsBack };
