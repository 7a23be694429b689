/** Who is signed in, and the account's own listings, as the page showing now says. */
import type { AccountRules } from "../../marketplace/marketplace.ts";
import type { ListingRow } from "../../plan/index.ts";
import { anyVisible, elementsAt } from "../find/locate.ts";
import { allRoots, queryAll } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";
import { waitFor } from "../page/wait.ts";

/** The handle, from the first locator that shows one; the pattern's first group, else its whole match. */
export function handleShown(document: Document, rules: AccountRules["handle"]): string | null {
  const pattern = new RegExp(rules.pattern);
  for (const locator of rules.locators) {
    const visible = elementsAt(document, locator);
    const all = visible.length > 0 || locator.by !== "css" ? visible : queryAll(document, locator.css);
    for (const element of all) {
      const text = rules.attribute
        ? element.getAttribute(rules.attribute)
        : element.innerText || element.textContent;
      const match = (text ?? "").trim().match(pattern);
      if (match) return match[1] ?? match[0];
    }
  }
  return null;
}

const STATUS: [RegExp, string][] = [
  [/(?<!mark as )\bsold\b/i, "sold"], // "Mark as sold" is a button
  [/\b(inactive|deactivated|ended|expired|deleted|removed)\b/i, "ended"],
  [/\b(draft|unpublished)\b/i, "draft"],
];

const textOf = (row: Element, css: string): string => {
  const found = css ? row.querySelector<HTMLElement>(css) : (row as HTMLElement);
  return (found?.innerText ?? found?.textContent ?? "").replace(/\s+/g, " ").trim();
};

export function rowsShown(document: Document, rules: AccountRules["listings"]): ListingRow[] {
  const idPattern = new RegExp(rules.idPattern);
  return queryAll(document, rules.rows)
    .filter(isVisible)
    .map((row) => {
      const anchor = (
        row.matches(rules.link) ? row : row.querySelector(rules.link)
      ) as HTMLAnchorElement | null;
      const href = anchor?.href ?? null;
      const match = (href ?? row.outerHTML.slice(0, 2000)).match(idPattern);
      const title = textOf(row, rules.title);
      const rest = row.innerText.replace(title, "");
      return {
        externalId: match ? (match[1] ?? match[0]) : null,
        url: href,
        title,
        priceText: textOf(row, rules.price),
        status: STATUS.find(([word]) => word.test(rest))?.[1] ?? "active",
      };
    });
}

/** Waits until the list has rendered (it says it is ready, or shows a row), then reads it. */
export async function readListings(
  document: Document,
  rules: AccountRules["listings"],
  ms: number,
  signal: AbortSignal,
): Promise<ListingRow[]> {
  const look = () => anyVisible(document, rules.ready) || queryAll(document, rules.rows).some(isVisible);
  await waitFor({ roots: () => allRoots(document), look, ms, signal });
  return rowsShown(document, rules);
}
