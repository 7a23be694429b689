/** Matching a wanted option to what is offered: exactly, by the first line; then without an aside in brackets. */
import { linesOf, normalise, textPieces } from "../page/text.ts";

const plain = (text: string) => normalise(text).replace(/[*:]$/, "").trim();
const withoutAside = (text: string) =>
  plain(text)
    .replace(/\s*[([].*[)\]]\s*$/, "")
    .trim();

/** "Create \"x\"", "Add new": making something new is never choosing. */
export const isCreator = (text: string): boolean =>
  /^(\+\s*)?(create|add( new)?|new)\b.*["'“”‘’:]|^(\+|create\b)|^add (new|custom|another)\b/i.test(
    text.trim(),
  );

/** The first accepted text that is offered, exact before aside; null when none is, or two options tie. */
export function pickOffered<T>(
  accept: readonly string[],
  offered: readonly { text: string; option: T }[],
): { option: T; text: string } | null {
  const real = offered.filter((one) => !isCreator(one.text));
  for (const read of [plain, withoutAside]) {
    for (const wanted of accept) {
      const hits = real.filter((one) => read(one.text) === read(wanted) && read(wanted) !== "");
      if (hits.length >= 1 && new Set(hits.map((one) => plain(one.text))).size === 1) return hits[0] ?? null;
    }
  }
  return null;
}

export const optionText = (element: HTMLElement): string =>
  element.getAttribute("aria-label")?.trim() || linesOf(element)[0] || textPieces(element)[0] || "";

/** Whether a text shown for a control says one of the accepted options. */
export const showsOption = (shown: readonly string[], accept: readonly string[]): boolean =>
  shown.some(
    (text) =>
      accept.some((wanted) => plain(text) === plain(wanted) || withoutAside(text) === withoutAside(wanted)) &&
      plain(text) !== "",
  );
