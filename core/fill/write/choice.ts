/** Choosing one of what is offered, on whatever kind of control offers it. */
import type { Control } from "../find/control.ts";
import type { PageSession } from "../page/session.ts";
import { showsOption } from "./options.ts";
import { radioMatches, writeRadio } from "./radio.ts";
import { selectMatches, writeSelect } from "./select.ts";
import { shownBy } from "./shown.ts";
import { byTexts, writeMenu } from "./write-menu.ts";
import type { Written } from "./written.ts";

export const choiceMatches = (control: Control, accept: readonly string[]): boolean => {
  if (control.kind === "radio") return radioMatches(control, accept);
  if (control.kind === "select") return selectMatches(control.element as HTMLSelectElement, accept);
  return showsOption(shownBy(control), accept);
};

export async function writeChoice(
  session: PageSession,
  control: Control,
  accept: readonly string[],
  query?: string,
): Promise<Written> {
  if (choiceMatches(control, accept) && isSettledChoice(control)) return { verified: true, attempts: 0 };
  if (control.kind === "radio") return writeRadio(session, control, accept);
  if (control.kind === "select") return writeSelect(session, control.element as HTMLSelectElement, accept);
  return writeMenu(session, control, byTexts(accept), { query });
}

/** A text typed in a combobox is not yet a choice. */
const isSettledChoice = (control: Control) => control.element.getAttribute("aria-expanded") !== "true";
