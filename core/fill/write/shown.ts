/** What a menu-like control shows as its value. */
import { linesOf, textPieces } from "../page/text.ts";
import { tagOf } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";
import type { Control } from "../find/control.ts";

/** Not the value: what opens from the control, and what names it. */
const ASIDE = "[role=listbox],[role=menu],[role=dialog],[role=tree],[role=grid],label,legend";
const OTHER =
  "input:not([type=hidden]),select,textarea,[role=combobox],[aria-haspopup],[contenteditable=true]";

const looseLines = (element: Element, hints: string): string[] => {
  const aside = ASIDE + hints;
  if (!element.querySelector(aside)) return [...linesOf(element), ...textPieces(element)];
  return [...element.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.nodeValue?.trim() ?? ""].filter(Boolean);
    if (node.nodeType !== Node.ELEMENT_NODE || (node as Element).matches(aside)) return [];
    return looseLines(node as Element, hints);
  });
};

/** The texts a field is explained by, as a selector to go on with. */
const hintsOf = (element: Element): string =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(/\s+/)
    .map((id) => id && `,#${CSS.escape(id)}`)
    .join("");

/**
 * Texts shown as the control's value: its own, or where it has none those in the nearest box around it. Popups are left out,
 * and so is everything farther out: labels, hints and lists of suggestions may say the same words.
 */
export function shownBy({ element }: Control): string[] {
  const isInput = tagOf(element) === "input";
  const hints = hintsOf(element);
  let shown = isInput ? [(element as HTMLInputElement).value] : looseLines(element, hints);
  if (tagOf(element) === "select") shown = [(element as HTMLSelectElement).selectedOptions[0]?.text ?? ""];
  let at = element.parentElement;
  for (
    let level = 0;
    at && level < 4 && shown.every((text) => !text.trim());
    level++, at = at.parentElement
  ) {
    const others = [...at.querySelectorAll(OTHER)].filter(
      (one) => one !== element && !element.contains(one) && isVisible(one),
    );
    if (others.length > 0 || /^(BODY|FORM|MAIN)$/.test(at.tagName)) break;
    shown = looseLines(at, hints);
    const hidden = at.querySelector<HTMLInputElement>("input[type=hidden]");
    if (hidden?.value) shown.push(hidden.value);
  }
  return [...new Set(shown.filter((text) => text.trim() !== ""))];
}
