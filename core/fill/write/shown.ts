/** What a menu-like control shows as its value. */
import { linesOf, textPieces } from "../page/text.ts";
import { tagOf } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";
import type { Control } from "../find/control.ts";

const POPUP = "[role=listbox],[role=menu],[role=dialog],[role=tree],[role=grid]";
const OTHER =
  "input:not([type=hidden]),select,textarea,[role=combobox],[aria-haspopup],[contenteditable=true]";

const looseLines = (element: Element): string[] => {
  if (!element.querySelector(POPUP)) return [...linesOf(element), ...textPieces(element)];
  return [...element.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.nodeValue?.trim() ?? ""].filter(Boolean);
    if (node.nodeType !== Node.ELEMENT_NODE || (node as Element).matches(POPUP)) return [];
    return looseLines(node as Element);
  });
};

/** Texts shown in the control's own box, popup left out: its value, its lines, the lines of the box around its input. */
export function shownBy(control: Control): string[] {
  const { element } = control;
  const shown: string[] = [];
  if (tagOf(element) === "input") shown.push((element as HTMLInputElement).value);
  else shown.push(...looseLines(element));
  if (tagOf(element) === "select") return [(element as HTMLSelectElement).selectedOptions[0]?.text ?? ""];
  let at = element.parentElement;
  for (let level = 0; at && level < 4; level++, at = at.parentElement) {
    const others = [...at.querySelectorAll(OTHER)].filter(
      (one) => one !== element && !element.contains(one) && isVisible(one),
    );
    if (others.length > 0 || /^(BODY|FORM|MAIN)$/.test(at.tagName)) break;
    shown.push(...looseLines(at));
    const hidden = at.querySelector<HTMLInputElement>("input[type=hidden]");
    if (hidden?.value) shown.push(hidden.value);
  }
  return [...new Set(shown.filter((text) => text.trim() !== ""))];
}
