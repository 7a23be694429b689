/** What a step's control says now, without touching it. */
import type { FillStep, GestureStep, Reading } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { controlsOf } from "../find/controls.ts";
import { photosKept, type PhotoState } from "../write/photos.ts";
import { checkboxesValue, radioValue } from "../write/radio.ts";
import { richTextOf } from "../write/rich-text.ts";
import { shownBy } from "../write/shown.ts";
import { isOn } from "../write/switch.ts";
import { fits, readsBack } from "../write/write-value.ts";
import { gestureOf, gestureTools } from "./gesture.ts";
import { findNow, type StepTools } from "./step-tools.ts";

/** The control as it is on the page now: pages draw fields again. */
export const presentControl = (tools: StepTools, step: FillStep): Control | null => {
  const control = tools.done.get(step.id)?.control;
  if (control?.element.isConnected && control.kind !== "radio") return control;
  const again = findNow(tools, step);
  if ("target" in again) return again.target;
  return tools.byHand.has(step.id) ? touchedFor(tools, step) : null;
};

/** What the engine could not find a person may have: the one field they touched that fits and is no other step's. */
function touchedFor({ session, done, hands }: StepTools, step: FillStep): Control | null {
  const taken = new Set([...done.values()].map(({ control }) => control?.element));
  const touched = controlsOf(session.document).filter(
    (control) => fits(step.value, control) && hands.touches.ever(control) && !taken.has(control.element),
  );
  return touched.length === 1 ? (touched[0] ?? null) : null;
}

/** A person changed it since it was set, or has just begun to: only they know whether they are done. */
export function isChangedByHand(tools: StepTools, step: FillStep | GestureStep): boolean {
  if (step.kind === "gesture" || !tools.done.has(step.id)) return false;
  const control = presentControl(tools, step);
  if (!control || !tools.hands.touches.since(control)) return false;
  const reading = readStep(tools, step);
  return reading === "other" || reading === "empty";
}

export const readStep = (tools: StepTools, step: FillStep | GestureStep): Reading =>
  step.kind === "gesture" ? readGesture(tools, step) : readField(tools, step);

function readGesture(tools: StepTools, step: GestureStep): Reading {
  const shown = tools.done.get(step.id)?.shown ?? null;
  const gesture = gestureOf(tools.gestures, step);
  const reading = gesture.read(gestureTools(tools.session, tools.photos), step.value, shown);
  return reading === "other" && tools.byHand.has(step.id) ? "same" : reading;
}

function readField(tools: StepTools, step: FillStep): Reading {
  const { value } = step;
  const byHand = tools.byHand.has(step.id);
  if (value.kind === "photos") {
    const reading = readPhotos(tools.photos.get(step.id), value.photoIds.length);
    return reading === "other" && byHand ? "same" : reading;
  }
  const control = presentControl(tools, step);
  if (!control) return "missing";
  const held = heldBy(control);
  const isEmpty = held === "" || (isMenu(control) && held === tools.shownFirst.get(step.id));
  if (byHand) {
    if (isEmpty) return "empty";
    // Whatever they chose is right, and only that: the site's own word is not theirs.
    const answer = tools.done.get(step.id)?.shown ?? held;
    return held === answer ? "same" : "other";
  }
  const agrees = readsBack(control, value, undefined);
  if (agrees !== false) return agrees ? "same" : "unread";
  return isEmpty ? "empty" : "other";
}

/** By what this document saw of them: a file field shows nothing of what was taken from it. */
function readPhotos(state: PhotoState | undefined, wanted: number): Reading {
  if (wanted === 0) return "same";
  if (!state) return "unread";
  if (photosKept(state)) return "same";
  return state.watch.previews().length > 0 ? "other" : "empty";
}

/** Menu-like controls say something before anything is chosen. */
const isMenu = ({ kind, element }: Control): boolean =>
  kind === "listbox" || kind === "opener" || (kind === "combobox" && !("value" in element));

/** What the control holds, as text; "" for nothing. */
export function heldBy(control: Control): string {
  const { kind, element } = control;
  if (kind === "richText") return richTextOf(element);
  if (kind === "radio") return radioValue(control) ?? "";
  if (kind === "checkboxes") return checkboxesValue(control);
  if (kind === "switch") return String(isOn(element) ?? "");
  return "value" in element && !isMenu(control)
    ? (element as HTMLInputElement).value.trim()
    : shownBy(control).join("|");
}
