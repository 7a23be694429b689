/** Fill, gesture and dismiss steps: find, write, read back, report. */
import type { DismissStep, FillStep, GestureStep, StepReport } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { anyVisible, elementsAt, locateElement, type Found, type NotFound } from "../find/locate.ts";
import { pressOn } from "../page/events.ts";
import { isDisabled } from "../page/visible.ts";
import { stopSignOn } from "../read/stop-sign.ts";
import { PhotoWatch } from "../write/previews.ts";
import { writeValue } from "../write/write-value.ts";
import { isRefused, type Refused, type Written } from "../write/written.ts";
import { baseReport } from "./base-report.ts";
import { gestureOf, gestureTools } from "./gesture.ts";
import { heldBy, isChangedByHand, presentControl, readStep } from "./reading.ts";
import { findNow, type StepTools } from "./step-tools.ts";

type Reporter = (more: Partial<StepReport>) => StepReport;
const reporter = (step: FillStep | GestureStep | DismissStep): Reporter => {
  const began = performance.now();
  return (more) => ({ ...baseReport(step), ms: Math.round(performance.now() - began), ...more });
};

/** How long a field may take to appear. */
const REQUIRED_MS = 10_000;
const OPTIONAL_MS = 1_200;

/** Image recognition and drafts write at any moment, also between our typing and our reading. */
const TRANSIENT = new Set<Refused["refused"]>(["read-back-differs", "option-missing", "write-had-no-effect"]);
const mayPass = (step: FillStep, { element }: Control, { refused }: Refused): boolean =>
  !element.isConnected ||
  (step.need === "required" && step.value.kind !== "photos" && TRANSIENT.has(refused));

/** The field, once it is there and can be used; else why not. */
async function fieldOf(tools: StepTools, step: FillStep): Promise<Found<Control> | Partial<StepReport>> {
  const { session, signs } = tools;
  let last: Found<Control> | NotFound = { missing: "not-found" };
  const look = () => {
    last = findNow(tools, step);
    if ("target" in last)
      return last.target.element.matches(":disabled") && last.target.kind !== "photos" ? null : last;
    return stopSignOn(session.document, signs) ? "stop" : null;
  };
  const found = await session.until(look, step.need === "required" ? REQUIRED_MS : OPTIONAL_MS);
  if (found && found !== "stop") return found;
  const seen = last as Found<Control> | NotFound;
  return "target" in seen
    ? { reason: "timeout", detail: "the field stays disabled" }
    : { reason: seen.missing, detail: seen.detail };
}

const WHY_NO_ANSWER = {
  empty: "left-empty",
  other: "site-changed-it",
  missing: "not-found",
  unread: "not-verified",
} as const;

/** What a person answered is read and never written. */
async function answerOf(tools: StepTools, step: FillStep): Promise<Partial<StepReport>> {
  const control = await tools.session.until(() => presentControl(tools, step), OPTIONAL_MS);
  const reading = readStep(tools, step);
  if (reading === "same") {
    if (control) {
      tools.done.set(step.id, { control, shown: heldBy(control) });
      tools.hands.touches.settle(control);
    }
    return { verified: true, byHand: true };
  }
  return { status: "refused", reason: WHY_NO_ANSWER[reading] };
}

export async function fillStep(tools: StepTools, step: FillStep): Promise<StepReport> {
  const { session } = tools;
  const report = reporter(step);
  if (step.value.kind === "photos" && readStep(tools, step) === "same") return report({ verified: true });
  if (isChangedByHand(tools, step)) return report({ status: "refused", reason: "changed-by-hand" });
  if (tools.byHand.has(step.id)) return report(await answerOf(tools, step));
  const found = await fieldOf(tools, step);
  if (!("target" in found)) return report({ status: "refused", ...found });
  let { target } = found;
  const won = {
    index: found.index,
    by: found.by,
    ...(found.score === undefined ? {} : { score: found.score, margin: found.margin }),
  };
  if (!tools.shownFirst.has(step.id)) tools.shownFirst.set(step.id, heldBy(target));
  const photosBefore = step.value.kind === "photos" ? new PhotoWatch(session.document, target.element) : null;
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
  if (isRefused(written)) {
    // A person may put them there: what comes is counted from here.
    if (photosBefore && step.value.kind === "photos") {
      const count = step.value.photoIds.length;
      tools.photos.set(step.id, { watch: photosBefore, count, how: "previews", shown: [] });
    }
    const { refused: reason, detail, attempts } = written;
    return report({ status: "refused", reason, detail, attempts, found: won });
  }
  tools.done.set(step.id, { control: target, shown: null });
  tools.hands.touches.settle(target);
  return report({ verified: written.verified, attempts: written.attempts, found: won });
}

export async function gestureStep(tools: StepTools, step: GestureStep): Promise<StepReport> {
  const report = reporter(step);
  const gesture = gestureOf(tools.gestures, step);
  if (readStep(tools, step) === "same")
    return report({ verified: true, ...(tools.byHand.has(step.id) ? { byHand: true as const } : {}) });
  if (tools.byHand.has(step.id)) return report({ status: "refused", reason: "left-empty" });
  const written = await gesture.act(gestureTools(tools.session, tools.photos), step.value);
  if ("refused" in written) {
    const { refused: reason, detail, attempts } = written;
    return report({ status: "refused", reason, detail, attempts });
  }
  tools.done.set(step.id, { control: null, shown: written.shown ?? null });
  return report({ verified: written.verified, attempts: 1 });
}

/**
 * Closes an overlay if it is there, by a button in it: elsewhere "Decline" answers a buyer and "Close" leaves the form. Not there, or
 * gone by itself: nothing to do.
 */
export async function dismissStep(tools: StepTools, step: DismissStep): Promise<StepReport> {
  const { session } = tools;
  const report = reporter(step);
  const overlays = step.overlay.flatMap((locator) => elementsAt(session.document, locator));
  if (overlays.length === 0) return report({ status: "skipped", detail: "not shown" });
  const button = locateElement(session.document, step.button, overlays);
  if (!("target" in button) || isDisabled(button.target))
    return report({ status: "skipped", reason: "not-found", detail: "it has no button of that name" });
  pressOn(button.target);
  const gone = await session.until(() => !anyVisible(session.document, step.overlay), 2500);
  return report(
    gone
      ? { verified: true, attempts: 1 }
      : { status: "skipped", reason: "timeout", detail: "it stayed open", attempts: 1 },
  );
}
