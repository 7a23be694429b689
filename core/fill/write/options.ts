/** Matching a wanted option to what is offered: exactly, by the first line; then without a remark in brackets. */
import { linesOf, normalise, textPieces } from "../page/text.ts";

const plain = (text: string) => normalise(text).replace(/[*:]$/, "").trim();

/**
 * What may stand in brackets and leave the option what it is: advice of the site, or its measure ("M (38-40)"). Anything
 * else makes it another option: "New (other)" is not "New".
 */
const REMARK =
  /\s*[([](recommended|default|suggested|(most )?popular|((eu|uk|us|size) )?\d[\d.]*( ?[-/] ?\d[\d.]*)+|(eu|uk|us|size) \d[\d.]*|\d[\d.]* ?(cm|mm|in|inches|"))[)\]]$/;
const withoutRemark = (text: string) => plain(text).replace(REMARK, "");

/** The first accepted text that is offered, exact before remark; null when none is, or two options tie. */
export function pickOffered<T>(
  accept: readonly string[],
  offered: readonly { text: string; option: T }[],
): { option: T; text: string } | null {
  for (const read of [plain, withoutRemark]) {
    for (const wanted of accept) {
      const hits = offered.filter((one) => read(one.text) === read(wanted) && read(wanted) !== "");
      if (new Set(hits.map((one) => plain(one.text))).size === 1) return hits[0] ?? null;
    }
  }
  return null;
}

export const optionText = (element: HTMLElement): string =>
  element.getAttribute("aria-label")?.trim() || linesOf(element)[0] || textPieces(element)[0] || "";

/** Whether a text shown for a control says one of the accepted options. */
export const showsOption = (shown: readonly string[], accept: readonly string[]): boolean =>
  shown.some(
    (text) => plain(text) !== "" && accept.some((wanted) => withoutRemark(text) === withoutRemark(wanted)),
  );
