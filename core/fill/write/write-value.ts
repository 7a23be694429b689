/** One door to all writers, and to their read-back. What may not be touched is refused here too, whoever found it. */
import type { ControlValue } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { forbiddenReason } from "../find/forbidden.ts";
import { statedNames } from "../find/names.ts";
import type { PageSession } from "../page/session.ts";
import { chipsMatch, writeChips } from "./chips.ts";
import { choiceMatches, writeChoice } from "./choice.ts";
import { pathMatches, writePath } from "./path.ts";
import { photosKept, writePhotos, type PhotoState } from "./photos.ts";
import { checkboxesMatch, writeCheckboxes } from "./radio.ts";
import { richTextMatches, writeRichText } from "./rich-text.ts";
import { isOn, writeSwitch } from "./switch.ts";
import { textMatches, writeText } from "./text.ts";
import { refused, type Written } from "./written.ts";

const TYPED = new Set(["text", "number", "combobox", "date"]);
const CHOSEN = new Set(["select", "combobox", "listbox", "radio", "opener"]);

/** Whether a value of this kind can be written to such a control. */
export function fits(value: ControlValue, control: Control): boolean {
  switch (value.kind) {
    case "text":
      return TYPED.has(control.kind) || control.kind === "richText";
    case "money":
      return control.kind === "text" || control.kind === "number";
    case "richText":
      return control.kind === "richText" || control.kind === "text";
    case "choice":
    case "path":
      return CHOSEN.has(control.kind);
    case "search":
      return CHOSEN.has(control.kind) || control.kind === "text";
    case "switch":
      return control.kind === "switch" || control.kind === "opener";
    case "chips":
      return control.kind === "text" || control.kind === "combobox" || control.kind === "checkboxes";
    case "photos":
      return control.kind === "photos" || control.kind === "opener";
  }
}

export type PhotoMemory = Map<string, PhotoState>;

export async function writeValue(
  session: PageSession,
  control: Control,
  value: ControlValue,
  photos: PhotoMemory,
): Promise<Written> {
  const { element } = control;
  const reason = forbiddenReason(control, statedNames(control).join(" "));
  if (reason) return refused("forbidden-control", reason, 0);
  switch (value.kind) {
    case "text":
    case "money":
    case "richText":
      if (control.kind === "richText") return writeRichText(session, element, value.text);
      return writeText(
        session,
        element as HTMLInputElement,
        value.text,
        value.kind === "money" ? "money" : "text",
      );
    case "choice":
      return writeChoice(session, control, value.accept);
    case "search":
      if (control.kind === "text")
        return writeChoice(session, { ...control, kind: "combobox" }, value.accept, value.query);
      return writeChoice(session, control, value.accept, value.query);
    case "path":
      return writePath(session, control, value.path, value.search);
    case "switch":
      return writeSwitch(session, element, value.on);
    case "chips":
      return control.kind === "checkboxes"
        ? writeCheckboxes(session, control, value.texts)
        : writeChips(session, control, value.texts);
    case "photos": {
      const { written, state } = await writePhotos(session, control, value.photoIds);
      if (state) photos.set(session.stepId, state);
      return written;
    }
    default:
      return refused("write-had-no-effect", "no writer for this kind of value", 0);
  }
}

/** Read again now; null when the page gives no way to tell. */
export function readsBack(
  control: Control,
  value: ControlValue,
  photos: PhotoState | undefined,
): boolean | null {
  const { element } = control;
  switch (value.kind) {
    case "text":
    case "money":
    case "richText":
      if (control.kind === "richText") return richTextMatches(element, value.text);
      return textMatches(element as HTMLInputElement, value.text, value.kind === "money" ? "money" : "text");
    case "choice":
    case "search":
      return choiceMatches(control, value.accept);
    case "path":
      return pathMatches(control, value.path);
    case "switch":
      return isOn(element) === value.on;
    case "chips":
      return control.kind === "checkboxes"
        ? checkboxesMatch(control, value.texts)
        : chipsMatch(control, value.texts);
    case "photos":
      return photos ? photosKept(photos) : null;
  }
}
