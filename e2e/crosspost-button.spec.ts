/**
 * The in-page Crosspost button: on the seller's own item pages of each site and on nobody else's, reachable by keyboard. Its
 * press opens the side panel with that item, which is in the inventory from then on.
 */
import path from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { practiceControl } from "#practice/control-client.ts";
import { postByScript as postToCraigslist } from "#practice/craigslist/script.ts";
import { postByScript as postToFacebook } from "#practice/facebook/script.ts";
import { camera, jacket, type PracticeItem } from "#practice/items.ts";
import { postByScript as postToMercari } from "#practice/mercari/script.ts";
import { launchBrowser, loginByCookie, makePhotos } from "#practice/testing.ts";
import type { Site } from "../scripts/demo/expected.ts";
import { EXTENSION_ID, expect, readyTest as test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";
import { SITES } from "./parts/ready-seller.ts";

const POST = { facebook: postToFacebook, mercari: postToMercari, craigslist: postToCraigslist };
const OWN_LIST = "https://accounts.craigslist.org/login/home?filter_page=1&show_tab=postings";
const BUTTON = "hawker-crosspost";

/** By hand, so to say: Hawker has no part in these listings. */
const postAll = async (context: BrowserContext, item: PracticeItem, photos: string[]) => {
  const urls = {} as Record<Site, string>;
  for (const site of SITES) {
    const page = await context.newPage();
    const made = await POST[site](page, item, { photos });
    if (!made) throw new Error(`${site} took no listing.`);
    urls[site] = made.url;
    await page.close();
  }
  return urls;
};

/** Tab by tab, as far as a person would go. */
const tabTo = async (page: Page): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.localName)) === BUTTON) return;
  }
  throw new Error("The button was not reached with the Tab key.");
};

/** Documents of side panels of ours that are really open, as the browser counts them. */
const sidePanels = (dashboard: Page): Promise<string[]> =>
  dashboard.evaluate(async () => {
    const contextTypes = ["SIDE_PANEL" as chrome.runtime.ContextType];
    const open = await chrome.runtime.getContexts({ contextTypes });
    return open.flatMap(({ documentId }) => documentId ?? []);
  });

/** As the person does with its X: the extension may not close it, but switching it off does. */
const closePanels = async (dashboard: Page): Promise<void> => {
  await dashboard.evaluate(() => chrome.sidePanel.setOptions({ enabled: false }));
  await expect.poll(() => sidePanels(dashboard)).toEqual([]);
  await dashboard.evaluate(() => chrome.sidePanel.setOptions({ enabled: true, path: "sidepanel.html" }));
};

/** After the page's own scripts and our look at it had their turn. */
const rested = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let turn = 0; turn < 3; turn += 1)
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_500 }));
  });

test("shows on the seller's own item pages only, and opens the side panel with that item", async ({
  all,
  context,
  seller,
  ledger,
}) => {
  const photos = await makePhotos(path.join(all.dir, "button-photos"), 1);
  const control = practiceControl(ledger.controlUrl);
  const other = await launchBrowser(all.practice.resolverRules);
  const otherContext = await other.newContext({ ignoreHTTPSErrors: true });
  for (const site of SITES) await loginByCookie(control, otherContext, site, "jonas");
  const postTheirs = async () => {
    try {
      return await postAll(otherContext, camera, photos);
    } finally {
      await other.close();
    }
  };
  const [mine, theirs] = await Promise.all([postAll(context, jacket, photos), postTheirs()]);
  const dashboard = await seller.dashboard("inventory");
  const list = await context.newPage();
  await list.goto(OWN_LIST); // Craigslist shows only here which postings are the seller's
  await expect.poll(async () => JSON.stringify(await localRows(dashboard, "settings"))).toContain("ownIds");
  await list.close();

  for (const site of SITES) {
    const title = site === "craigslist" ? jacket.craigslist.title : jacket[site].title;
    const theirPage = await context.newPage();
    await theirPage.goto(theirs[site]);
    await theirPage.getByText(camera[site].title).first().waitFor();
    await rested(theirPage);
    await expect(theirPage.locator(BUTTON), `${site}: somebody else's item`).toHaveCount(0);
    await theirPage.close();

    const page = await context.newPage();
    await page.goto(mine[site]);
    await expect(page.locator(BUTTON), `${site}: the seller's own item`).toHaveCount(1);
    await tabTo(page);
    await page.keyboard.press("Enter");
    await expect.poll(() => sidePanels(dashboard), `${site}: the side panel opens`).toHaveLength(1);
    const panel = await context.newPage(); // what the panel shows, where Playwright can read it
    await panel.goto(`chrome-extension://${EXTENSION_ID}/sidepanel.html`);
    await expect(panel.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await panel.close();
    const items = () =>
      localRows<{ title: string; price: { amountMinor: number }; photos: unknown[] }>(dashboard, "items");
    await expect
      .poll(async () =>
        (await items()).filter((item) => item.title === title).map((item) => item.photos.length),
      )
      .toContain(1);
    expect((await items()).find((item) => item.title === title)?.price.amountMinor).toBe(6400);
    await closePanels(dashboard);
    await page.close();
  }
});

test("leaves the price to the seller where the page shows two, and says so", async ({
  all,
  context,
  seller,
}) => {
  const photos = await makePhotos(path.join(all.dir, "two-price-photos"), 1);
  const posting = await context.newPage();
  const made = await postToMercari(posting, camera, { photos });
  if (!made) throw new Error("Mercari took no listing.");
  await posting.goto(made.url);
  await expect(posting.locator(BUTTON)).toHaveCount(1);
  await posting
    .getByTestId("ItemPrice")
    .evaluate((price) => price.append(Object.assign(document.createElement("span"), { textContent: "$7" })));
  await tabTo(posting);
  await posting.keyboard.press("Enter");
  const dashboard = await seller.dashboard("inventory");
  await expect.poll(() => sidePanels(dashboard)).toHaveLength(1);
  const panel = await context.newPage();
  await panel.goto(`chrome-extension://${EXTENSION_ID}/sidepanel.html`);
  await expect(panel.getByRole("heading", { level: 1, name: camera.mercari.title })).toBeVisible();
  await expect(panel.getByText("The page on Mercari shows more than one price")).toBeVisible();
  await expect(panel.getByText("No price yet")).toBeVisible();
});
