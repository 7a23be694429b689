/**
 * Is this row the listing we mean? The one matcher of the house: letters, digits and the price.
 *
 * Sites store a title differently than it was typed: curly quotes, dashes, entities, no emoji, no full stop, cut at a limit
 * or at the first emoji. Letters and digits outlive all of that. What they do not outlive (a censored word, a brand put in
 * front) does not match, and a new row that nobody owns then speaks against absence instead (match.ts).
 */
import type { Marker } from "../marketplace/marketplace.ts";
import type { ListingRow } from "../plan/page-protocol.ts";

/** Letters and digits of any script, without accents or case. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}

/** Entities some sites show as they stored them: "&amp;" would add letters of its own. */
const withoutEntities = (text: string): string =>
  text.replace(/&(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});/gi, " ");

const key = (title: string): string => folded(withoutEntities(title));

/** Amounts in a text, in cents: "$1,200.50" is 120050. "Free" alone is 0. */
export function amountsIn(text: string): number[] {
  const amounts = [...text.matchAll(/(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?![\d])/g)].map(
    ([, whole = "0", cents = ""]) => Number(whole.replaceAll(",", "")) * 100 + Number(cents.padEnd(2, "0")),
  );
  return amounts.length === 0 && /\bfree\b/i.test(text) ? [0] : amounts;
}

/** A cut this short says too little, unless the price says the same. */
const TELLING_CUT = 10;
const LEAST_CUT = 4;

type Likeness = "same" | "cut" | "none";

export function likenessOf(marker: Marker, row: Pick<ListingRow, "title" | "priceText">): Likeness {
  const meant = key(marker.title);
  const shown = key(row.title);
  if (meant === "" || shown === "") return "none"; // nothing but signs: it cannot be recognised by its title
  const shownAmounts = amountsIn(row.priceText);
  const meantAmounts = amountsIn(marker.priceText);
  const pricesTell = shownAmounts.length > 0 && meantAmounts.length > 0;
  if (pricesTell && !shownAmounts.some((amount) => meantAmounts.includes(amount))) return "none";
  if (shown === meant) return "same";
  const least = pricesTell ? LEAST_CUT : TELLING_CUT;
  return shown.length >= least && meant.startsWith(shown) ? "cut" : "none";
}

export const fits = (marker: Marker, row: Pick<ListingRow, "title" | "priceText">): boolean =>
  likenessOf(marker, row) !== "none";

/** What two postings are compared by, so that the database needs no rule of its own for titles and prices. */
export type TwinKey = { title: string; cents: number[] };

export const twinKeyOf = (marker: Marker): TwinKey => ({
  title: key(marker.title),
  cents: amountsIn(marker.priceText),
});

/** Whether the rows of two postings could be taken for each other. */
export function areTwins(a: TwinKey, b: TwinKey): boolean {
  if (!a.title.startsWith(b.title) && !b.title.startsWith(a.title)) return false;
  const isPriced = a.cents.length > 0 && b.cents.length > 0;
  return !isPriced || a.cents.some((amount) => b.cents.includes(amount));
}
