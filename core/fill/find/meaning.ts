/**
 * The finder of last resort for a known marketplace, when no locator leads anywhere: the one control whose name, neighbour
 * text, placeholder or handle *is* a phrase for the field, as a whole. Strict on purpose: "Minimum price" is not a price.
 * Forms nobody has described need more evidence, for and against: inspect/.
 */
import type { FieldMeaning } from "../../plan/index.ts";
import type { Control } from "./control.ts";
import { forbiddenReason } from "./forbidden.ts";
import { handleWords, nearText, statedNames } from "./names.ts";
import { fieldBook, wholeMeaning, type PhraseBook } from "./phrase-book.ts";

export type Taken =
  | { control: Control; score: number; margin: number }
  | { missing: "not-found" | "ambiguous"; detail?: string };

/** Classes that are one field to a plan. */
const SAME: Record<string, FieldMeaning> = {
  payer: "shippingProfile",
  length: "dimensionsMm",
  width: "dimensionsMm",
  height: "dimensionsMm",
};

function scoreOf(control: Control, field: FieldMeaning, book: PhraseBook, own: ReadonlySet<Element>): number {
  const { element } = control;
  const near = nearText(control, (one) => own.has(one)).before;
  const stated = statedNames(control);
  const sources: [number, string[]][] = [
    [10, stated],
    [8, stated.length > 0 ? [] : near.slice(0, 2)],
    [6, [element.getAttribute("placeholder") ?? ""]],
    [5, ["name", "id", "data-testid"].map((attribute) => handleWords(element.getAttribute(attribute) ?? ""))],
  ];
  let score = 0;
  for (const [weight, texts] of sources) {
    const meanings = texts.map((text) => wholeMeaning(book, text)).filter((one) => one !== undefined);
    if (meanings.some((one) => one === field || SAME[one] === field)) score += weight;
    else if (meanings.length > 0) score -= weight;
  }
  // A label nobody understands is still a label: its field is something else.
  return stated.length > 0 && !stated.some((text) => wholeMeaning(book, text)) ? score - 6 : score;
}

export function takeByMeaning(
  controls: readonly Control[],
  field: FieldMeaning,
  fits: (control: Control) => boolean,
): Taken {
  const book = fieldBook();
  const own = new Set<Element>(controls.flatMap((control) => control.members));
  const scored = controls
    .filter((control) => fits(control) && forbiddenReason(control) === null)
    .map((control) => ({ control, score: scoreOf(control, field, book, own) }))
    .filter((one) => one.score >= 5)
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (!first) return { missing: "not-found" };
  const margin = first.score - (second?.score ?? 0);
  return margin >= 3
    ? { ...first, margin }
    : { missing: "ambiguous", detail: `${scored.length} controls look like ${field}` };
}
