/** The price on the seller's own item page: read exactly, or left to the seller with the reason. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { pageBundle } from "../../../worker/browser/page-bundle.ts";
import type { ItemPageSigns } from "../../marketplace/marketplace.ts";
import { launchTestBrowser } from "../testing/browser.ts";
import type { ItemPage } from "./item-page.ts";

const URL = "https://shop.example.test/item/12345";
const SIGNS: ItemPageSigns = {
  own: [{ by: "css", css: "a.edit" }],
  title: [{ by: "css", css: "h1" }],
  price: [{ by: "css", css: "h1 + div" }],
  description: [{ by: "css", css: "p" }],
  photos: "img",
  anchor: [],
};

describe("an own item page", () => {
  let browser: Browser;
  let page: Page;
  let body = "";
  beforeAll(async () => {
    browser = await launchTestBrowser();
    page = await browser.newPage();
    await page.route(URL, (route) =>
      route.fulfill({ contentType: "text/html", body: `<!doctype html><meta charset=utf-8>${body}` }),
    );
  });
  afterAll(() => browser.close());
  const read = async (price: string): Promise<ItemPage | null> => {
    body = `<style>.old{text-decoration:line-through}</style><h1>Brass lamp</h1>${price}<p>Works.</p><a class=edit href=/edit>Edit listing</a>`;
    await page.goto(URL);
    await page.evaluate(`${await pageBundle("core/fill/testing/test-entry.ts")};undefined`);
    return page.evaluate(`__itemPageShown(document, ${JSON.stringify(SIGNS)}, "/item/(\\\\d+)")`);
  };

  it.each([
    ["$40", 4000, "USD"],
    ["$1,234.50", 123450, "USD"],
    ["<span>$</span><span>40</span>", 4000, "USD"],
    ["$<!-- -->40<!-- -->.50", 4050, "USD"],
    ["CA$40", 4000, "CAD"],
    ["1.234,50 €", 123450, "EUR"],
    ["£9.99", 999, "GBP"],
    ["JPY 4,000", 4000, "JPY"],
    ["$40 · In stock", 4000, "USD"],
    ["<span>$40</span><span class=old>$50</span>", 4000, "USD"],
    ["<span class=old><b>$50</b></span> <b>$40</b>", 4000, "USD"],
    ["<s>$50</s><ins>$40</ins>", 4000, "USD"],
    ["<b aria-hidden=true>$40</b><small>$40.00</small>", 4000, "USD"],
  ])("says %s", async (html, amountMinor, currency) => {
    const seen = await read(`<div>${html}</div>`);
    expect(seen).toMatchObject({
      own: true,
      externalId: "12345",
      fields: { title: "Brass lamp", description: "Works.", price: { amountMinor, currency } },
      unreadPrice: null,
    });
  });

  it.each([
    ["two prices, and nothing says which is old", "<span>$40</span> <span>$50</span>", "several"],
    ["a price and how it was", "<span>Was $80,</span><span>now $60</span>", "unclear"],
    ["two prices in one text", "$40 $50", "unclear"],
    ["a price for several pieces", "2 for $10", "unclear"],
    ["cents set apart", "<span>$40</span><sup>99</sup>", "several"],
    ["a price and the shipping", "<span>$40</span><span>+ $5 shipping</span>", "several"],
    ["a currency of several countries", "¥4000", "unclear"],
    ["no currency", "40", "unclear"],
    ["no amount", "Free", "none"],
    ["nothing", "", "none"],
  ] as const)("leaves the price to the seller: %s", async (_what, html, why) => {
    const seen = await read(`<div>${html}</div>`);
    expect(seen?.fields).not.toHaveProperty("price");
    expect(seen?.unreadPrice).toBe(why);
  });
});
