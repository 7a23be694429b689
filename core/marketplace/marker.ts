/** Is this row of the account's own list the listing we mean? Title and price, as sites print them. */
import type { ListingRow } from "../plan/page-protocol.ts";
import type { Marker } from "./marketplace.ts";

const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s\u200b]+/g, " ")
    .trim()
    .toLowerCase();

/** Amounts with a dollar sign in a text, in cents: "$1,200.50" is 120050. "Free" is 0. */
export function amountsIn(text: string): number[] {
  const amounts = [...text.matchAll(/\$\s?(\d[\d,]*)(?:\.(\d{1,2}))?/g)].map(
    ([, whole = "0", cents = ""]) => Number(whole.replaceAll(",", "")) * 100 + Number(cents.padEnd(2, "0")),
  );
  return /\bfree\b/i.test(text) && amounts.length === 0 ? [0] : amounts;
}

/** Sites cut long titles: "Canon AE-1 35mm film…" stands for every title that begins so. */
const sameTitle = (shown: string, meant: string): boolean => {
  const cut = /(…|\.\.\.)$/.exec(shown.trim());
  if (!cut) return folded(shown) === folded(meant);
  const head = folded(shown.trim().slice(0, -cut[0].length));
  return head.length >= 12 && folded(meant).startsWith(head);
};

/** A row without a readable price is matched by its title alone. */
export function rowMatches(marker: Marker, row: Pick<ListingRow, "title" | "priceText">): boolean {
  if (!sameTitle(row.title, marker.title)) return false;
  const shown = amountsIn(row.priceText);
  const meant = amountsIn(marker.priceText);
  return shown.length === 0 || meant.length === 0 || shown.some((amount) => meant.includes(amount));
}
