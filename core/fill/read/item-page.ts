/** The seller's own item page showing now: what can be read from it. */
import type { ItemFields } from "../../item/item.ts";
import { minorDigits } from "../../item/money.ts";
import type { AccountRules, ItemPageSigns } from "../../marketplace/marketplace.ts";
import type { Locator } from "../../plan/index.ts";
import { anyVisible, elementsAt } from "../find/locate.ts";
import { queryAll } from "../page/roots.ts";
import { amountOf } from "../write/amount.ts";

export type UnreadPrice = "none" | "several" | "unclear";
export type ItemPage = {
  own: boolean;
  externalId: string;
  fields: Partial<ItemFields>;
  /** Why `fields` has no price: then it is the seller's to say. */
  unreadPrice: UnreadPrice | null;
  photoUrls: string[];
};

const elementAt = (document: Document, locators: readonly Locator[]): HTMLElement | null => {
  for (const locator of locators) {
    const element = elementsAt(document, locator)[0];
    if (element?.innerText.trim()) return element;
  }
  return null;
};
const textAt = (document: Document, locators: readonly Locator[]): string =>
  elementAt(document, locators)?.innerText.trim() ?? "";

/** A sign that several currencies share (¥, kr) says too little. */
const CURRENCIES: Record<string, string> = {
  $: "USD", US$: "USD", USD: "USD", C$: "CAD", CA$: "CAD", CAD: "CAD", A$: "AUD", AU$: "AUD", AUD: "AUD",
  "€": "EUR", EUR: "EUR", "£": "GBP", GBP: "GBP", JPY: "JPY",
}; // oxfmt-ignore

/** Struck through, by itself or with what it stands in: a price of the past. */
const isStruck = (text: Node, box: Element): boolean => {
  for (let at = text.parentElement; at; at = at === box ? null : at.parentElement) {
    const style = at.ownerDocument.defaultView?.getComputedStyle(at);
    if (style?.textDecorationLine.includes("line-through")) return true;
  }
  return false;
};

/** What the element says, a text per run: text that elements part is never joined to one number. */
function runsOf(box: Element): string[] {
  const walker = box.ownerDocument.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const runs: string[] = [];
  let last: Node | null = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let before = node.previousSibling;
    while (before?.nodeType === Node.COMMENT_NODE) before = before.previousSibling; // frameworks part texts with them
    const text = isStruck(node, box) ? "" : (node.nodeValue ?? "");
    if (before && before === last) runs.push((runs.pop() ?? "") + text);
    else runs.push(text);
    last = node;
  }
  return runs.map((text) => text.trim()).filter(Boolean);
}

/** The one price the element shows, exactly, or why there is none. */
function priceShown(box: Element): ItemFields["price"] | UnreadPrice {
  const runs = runsOf(box);
  const whole = amountOf(runs.join(" "));
  const parts = runs.flatMap((text) => text.split(/[·•|\n]/)).filter((text) => /\d/.test(text));
  const amounts = whole ? [whole] : parts.map(amountOf);
  const [first] = amounts;
  if (first === undefined) return "none";
  if (amounts.some((one) => one?.value !== first?.value || one?.mark !== first?.mark)) return "several";
  const currency = first ? CURRENCIES[first.mark] : undefined;
  if (!first || !currency) return "unclear";
  return { amountMinor: Math.round(first.value * 10 ** minorDigits(currency)), currency };
}

export function itemPageShown(
  document: Document,
  signs: ItemPageSigns,
  listingId: AccountRules["listingId"],
): ItemPage | null {
  const match = document.location.href.match(new RegExp(listingId));
  const title = textAt(document, signs.title);
  if (!match || !title) return null;
  const box = elementAt(document, signs.price);
  const price = box ? priceShown(box) : "none";
  const description = textAt(document, signs.description);
  const images = signs.photos ? (queryAll(document, signs.photos) as HTMLImageElement[]) : [];
  const photoUrls = [
    ...new Set(images.map((image) => image.currentSrc || image.src).filter((url) => /^https?:/.test(url))),
  ];
  return {
    own: anyVisible(document, signs.own),
    externalId: match[1] ?? match[0],
    fields: {
      title,
      ...(typeof price === "string" ? {} : { price }),
      ...(description ? { description } : {}),
    },
    unreadPrice: typeof price === "string" ? price : null,
    photoUrls,
  };
}
