/** The seller's own item page showing now: what can be read from it. */
import type { AccountRules, ItemPageSigns } from "../../marketplace/marketplace.ts";
import type { PageEngine } from "../../plan/index.ts";
import { anyVisible, elementsAt } from "../find/locate.ts";
import { queryAll } from "../page/roots.ts";
import type { Locator } from "../../plan/index.ts";
import { parseAmount } from "../write/text.ts";

type ItemPage = Awaited<ReturnType<PageEngine["readItemPage"]>>;

const textAt = (document: Document, locators: readonly Locator[]): string => {
  for (const locator of locators) {
    const text = elementsAt(document, locator)[0]?.innerText.trim();
    if (text) return text;
  }
  return "";
};

const CURRENCIES: [RegExp, string][] = [[/€|EUR/, "EUR"], [/£|GBP/, "GBP"], [/C\$|CAD/, "CAD"], [/A\$|AUD/, "AUD"], [/¥|JPY/, "JPY"], [/\$|USD/, "USD"]]; // prettier-ignore

export function itemPageShown(
  document: Document,
  signs: ItemPageSigns,
  idPattern: AccountRules["listings"]["idPattern"],
): ItemPage {
  const match = document.location.href.match(new RegExp(idPattern));
  const title = textAt(document, signs.title);
  if (!match || !title) return null;
  const priceText = textAt(document, signs.price);
  const amount = parseAmount(priceText);
  const currency = CURRENCIES.find(([mark]) => mark.test(priceText))?.[1] ?? "USD";
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
      ...(amount === null
        ? {}
        : { price: { amountMinor: Math.round(amount * (currency === "JPY" ? 1 : 100)), currency } }),
      ...(description ? { description } : {}),
    },
    photoUrls,
  };
}
