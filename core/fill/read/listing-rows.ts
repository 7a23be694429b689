/** The rows of the account's own listings that are in the page now, and what the page says is still to come. */
import type { AccountRules, ListingsPage } from "../../marketplace/marketplace.ts";
import type { ListingRow, ListingStatus } from "../../plan/index.ts";
import { elementsAt } from "../find/locate.ts";
import { queryAll } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";

const textOf = (row: HTMLElement, css: string): string => {
  const found = css ? row.querySelector<HTMLElement>(css) : row;
  return (found?.innerText ?? found?.textContent ?? "").replace(/\s+/g, " ").trim();
};

const isOrHolds = (row: Element, css: string) => row.matches(css) || row.querySelector(css) !== null;

function statusOf(row: HTMLElement, title: string, statuses: ListingsPage["statuses"]): ListingStatus {
  const words = textOf(row, "").replace(title, " ");
  const found = statuses.find(
    ({ words: pattern, css }) =>
      (pattern === undefined || new RegExp(pattern, "i").test(words)) &&
      (css === undefined || isOrHolds(row, css)),
  );
  return found?.status ?? "active";
}

export const rowElements = (document: Document, page: ListingsPage): HTMLElement[] =>
  queryAll(document, page.rows).filter(isVisible);

export function rowsShown(
  document: Document,
  page: ListingsPage,
  listingId: AccountRules["listingId"],
): ListingRow[] {
  return rowElements(document, page).map((row) => {
    const link = row.matches(page.link) ? row : row.querySelector(page.link);
    const url = (link as HTMLAnchorElement | null)?.href ?? null;
    const match = url?.match(new RegExp(listingId)) ?? null;
    const keeper = page.idFrom && row.querySelector(page.idFrom.css);
    const kept = page.idFrom && keeper ? keeper.getAttribute(page.idFrom.attribute) : null;
    const shown = textOf(row, page.title);
    const title = page.titleWithout ? shown.replace(new RegExp(page.titleWithout), "") : shown;
    return {
      externalId: match ? (match[1] ?? match[0]) : kept || null,
      url: match && url?.startsWith("https://") ? url : null,
      title,
      priceText: textOf(row, page.price),
      status: statusOf(row, title, page.statuses),
    };
  });
}

/** Place holders before or among the rows (they are still coming) or after the last of them (more is to be had). */
export function pendingAmong(document: Document, page: ListingsPage): "before" | "after" | null {
  const marks = page.loading.flatMap((locator) => elementsAt(document, locator));
  const last = rowElements(document, page).at(-1);
  const isAfter = (mark: Element) =>
    last !== undefined && (last.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  if (marks.length === 0) return null;
  return marks.every(isAfter) ? "after" : "before";
}
