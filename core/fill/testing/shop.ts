/** A made-up marketplace's own pages, served to a test page, and the engine in them. */
import type { Page } from "playwright-core";
import { pageBundle } from "../../../worker/browser/page-bundle.ts";
import type { AccountRules, ListingsPage, OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { PageEngine } from "../../plan/index.ts";

const SHOP = "https://shop.example.test";

export const shopPage = (changes: Partial<ListingsPage> = {}): ListingsPage => ({
  name: "mine",
  url: `${SHOP}/mine`,
  statuses: [
    { status: "held", words: "under review" },
    { status: "sold", words: "\\bsold\\b" },
    { status: "active" },
  ],
  rows: ".row",
  title: "a",
  price: "b",
  link: "a",
  order: "newest-first",
  empty: [{ by: "text", text: "You have no listings" }],
  loading: [{ by: "css", css: ".glimmer" }],
  filter: [{ by: "css", css: ".filter" }],
  more: { by: "scroll" },
  ...changes,
});

const account = (page: ListingsPage): AccountRules => ({
  cookies: [],
  localStorage: [],
  sessionCookies: [],
  handleUrl: SHOP,
  handle: { locators: [{ by: "css", css: ".me" }], pattern: ".+" },
  login: { by: "storage", key: "^user\\.", pattern: '"id":"(\\w+)"' },
  listingId: "/item/(\\w+)",
  listings: [page],
  settle: { windowMs: 1000, lookMs: [1000] },
  absenceProves: false,
  replay: "unknown",
});
const outcome: OutcomeSigns = {
  listed: [
    { linkPattern: "/item/(\\w+)", idGroup: 1 },
    { urlPattern: "/thanks/(\\w+)", idGroup: 1 },
  ],
  rejected: [{ by: "text", text: "could not be listed" }],
  form: [{ by: "css", css: "#publish" }],
  stops: [{ kind: "block", texts: ["Your account is restricted"] }],
};

export const rowHtml = (id: string, { title = `Lamp ${id}`, words = "" } = {}): string =>
  `<div class="row" style="height:60px"><a href="/item/${id}">${title}</a> <b>$12</b> ${words}</div>`;

/** Opens the shop at `path` with this body, and asks the engine there. */
export async function askShop<M extends "readListings" | "outcome">(
  page: Page,
  {
    body,
    path = "/mine",
    status = 200,
    list = shopPage(),
  }: { body: string; path?: string; status?: number; list?: ListingsPage },
  method: M,
  ...args: Parameters<PageEngine[M]>
): Promise<Awaited<ReturnType<PageEngine[M]>>> {
  await page.unrouteAll();
  await page.route(`${SHOP}/**`, (route) =>
    route.fulfill({ status, contentType: "text/html", body: `<!doctype html><body>${body}</body>` }),
  );
  await page.goto(SHOP + path);
  await page.evaluate((shop) => Object.assign(globalThis, { __shop: shop }), {
    outcome,
    account: account(list),
    itemPage: { own: [], title: [], price: [], description: [], photos: "", anchor: [] },
  });
  await page.evaluate(`${await pageBundle("core/fill/testing/shop-entry.ts")};undefined`);
  const json = args.map((arg) => JSON.stringify(arg)).join(",");
  return (await page.evaluate(`__hawkerPage.${method}(${json})`)) as Awaited<ReturnType<PageEngine[M]>>;
}
