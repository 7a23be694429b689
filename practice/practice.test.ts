/** The practice sites, driven by the hand-written scripts: the ledger must hold exactly what was posted. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { practiceControl, type PracticeControl } from "./control-client.ts";
import { postByScript as postToCraigslist } from "./craigslist/script.ts";
import { postByScript as postToFacebook } from "./facebook/script.ts";
import { startPractice, type Practice } from "./index.ts";
import { camera, chair, items, jacket, type PracticeItem } from "./items.ts";
import type { ListingNow } from "./ledger-entry.ts";
import { postByScript as postToMercari } from "./mercari/script.ts";
import type { SiteId } from "./sites.ts";
import { launchBrowser, loginByCookie, makePhotos } from "./testing.ts";

let dir: string;
let practice: Practice;
let control: PracticeControl;
let browser: Browser;
let photos: string[];
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "practice-"));
  practice = await startPractice({ dir });
  control = practiceControl(practice.controlUrl);
  browser = await launchBrowser(practice.resolverRules());
  photos = await makePhotos(join(dir, "fixtures"), 4);
});
afterAll(async () => {
  await browser.close();
  await practice.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  await control.reset();
  await control.mutate("", "none");
  await context?.close();
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(8000);
});

const scripts = { facebook: postToFacebook, mercari: postToMercari, craigslist: postToCraigslist };
const homes = {
  facebook: "https://www.facebook.com/marketplace/create/item",
  mercari: "https://www.mercari.com/sell/",
  craigslist: "https://accounts.craigslist.org/login/home",
};
const signIn = (site: SiteId, account = "maria") => loginByCookie(control, context, site, account);
const listingsOf = async (site: SiteId): Promise<ListingNow[]> => (await control.ledger({ site })).listings;
const hashOf = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

function expectedFields(site: SiteId, item: PracticeItem): Record<string, unknown> {
  if (site === "facebook") {
    const {
      title,
      description,
      category,
      condition,
      brand,
      color,
      material,
      sku,
      tags,
      location,
      meetups,
      weight,
      minimumPrice,
      price,
    } = item.facebook;
    const shipped = weight !== null;
    return {
      title,
      description,
      category,
      condition,
      brand: brand ?? "",
      color: color ?? "",
      material: material ?? "",
      sku: sku ?? "",
      tags,
      meetups,
      location: location.name,
      hideFromFriends: item.facebook.hideFromFriends,
      availability: "List as single item",
      price: Number(price).toFixed(2),
      shipping: shipped,
      pickup: true,
      weight: weight ?? "",
      allowOffers: shipped && minimumPrice !== null,
      minimumPrice: shipped && minimumPrice !== null ? Number(minimumPrice).toFixed(2) : "",
      groups: [],
    };
  }
  if (site === "mercari") {
    const {
      title,
      description,
      category,
      brand,
      condition,
      size,
      color,
      zip,
      freeShipping,
      weight,
      sides,
      carrier,
      price,
      floor,
    } = item.mercari;
    return {
      title,
      description,
      category: category.join(" > "),
      brand: brand ?? "",
      noBrand: brand === null,
      condition,
      size: size ?? "",
      color: color ?? "",
      zip,
      delivery: "MERCARI",
      freeShipping,
      weightPounds: weight.pounds,
      weightOunces: weight.ounces,
      shoebox: sides === null,
      dimensions: sides?.join("x") ?? null,
      carrier,
      price,
      smartPricing: floor !== null,
      floorPrice: floor,
    };
  }
  const { title, body, price, place, postal, category, condition, make, model, size, delivery, hood } =
    item.craigslist;
  return {
    PostingTitle: title,
    PostingBody: body,
    price,
    geographic_area: place,
    postal,
    category,
    conditionLabel: condition,
    sale_manufacturer: make,
    sale_model: model,
    sale_size: size,
    delivery_available: delivery,
    show_phone_ok: false,
    type: "for sale by owner",
    area: "san francisco bay area",
    subarea: "city of san francisco",
    hood,
    languageLabel: "english",
  };
}

describe.each(["facebook", "mercari", "craigslist"] as const)("%s", (site) => {
  const post = scripts[site];

  it.each(items.map((item) => [item.key, item] as const))(
    "holds exactly what was posted: %s",
    async (_key, item) => {
      await signIn(site);
      const result = await post(page, item, { photos });
      const listings = await listingsOf(site);
      expect(listings).toHaveLength(1);
      const [listing] = listings;
      expect(listing).toMatchObject({ site, account: "maria", status: "active", ...result });
      expect(listing?.fields).toMatchObject(expectedFields(site, item));
      expect(listing?.photos.map(({ sha256 }) => sha256)).toEqual(await Promise.all(photos.map(hashOf)));
      expect(
        listing?.photos.every(({ width, height, exifGps }) => width === 800 && height === 600 && !exifGps),
      ).toBe(true);
      const kept = await control.photo(listing?.photos[0]?.sha256 ?? "");
      expect(Buffer.compare(Buffer.from(kept), await readFile(photos[0] ?? ""))).toBe(0);
    },
  );

  it("posts the same after a form log-in, and names who is signed in", async () => {
    if (site === "facebook") {
      await page.goto("https://www.facebook.com/login");
      await page.locator("#email").fill("jonas@example.test");
      await page.locator("#pass").fill("practice-jonas");
      await page.locator("#loginbutton").click();
      await expect.poll(() => page.locator('a[href="/me/"]').textContent()).toBe("jonas");
    } else if (site === "mercari") {
      await page.goto(homes.mercari);
      expect(page.url()).toContain("/login/");
      await page.getByLabel("Email").fill("jonas@example.test");
      await page.getByLabel("Password").fill("practice-jonas");
      await page.getByTestId("LoginButton").click();
      await page.waitForURL("**/sell/");
      await expect.poll(() => page.locator('a[href="/mypage/"]').textContent()).toBe("jonas");
    } else {
      await page.goto(homes.craigslist);
      expect(page.url()).toContain("/login?");
      await page.locator("#inputEmailHandle").fill("jonas@example.test");
      await page.locator("#inputPassword").fill("practice-jonas");
      await page.locator("button#login").click();
      await page.getByText("logged in as jonas").waitFor();
    }
    await post(page, jacket, { photos: photos.slice(0, 1) });
    expect(await listingsOf(site)).toMatchObject([{ account: "jonas" }]);
  });

  it("shows the listing on its own page and in the seller's list, and nobody else's", async () => {
    await signIn(site);
    const result = await post(page, camera, { photos });
    const title = camera[site].title;
    await page.goto(result?.url ?? "");
    await page.getByText(title).first().waitFor();
    const list = {
      facebook: "https://www.facebook.com/marketplace/you/selling",
      mercari: "https://www.mercari.com/mypage/listings/active/",
      craigslist: homes.craigslist,
    }[site];
    await page.goto(list);
    await page.getByText(title).first().waitFor();
    expect(await page.locator(`a[href*="${result?.externalId}"]`).count()).toBeGreaterThan(0);
    const other = await browser.newContext();
    await loginByCookie(control, other, site, "jonas");
    const otherPage = await other.newPage();
    await otherPage.goto(list, { waitUntil: "networkidle" });
    expect(await otherPage.getByText(title).count()).toBe(0);
    await other.close();
  });

  it("loses the reply but keeps the listing", async () => {
    await signIn(site);
    await control.fault(site, "reply-lost");
    await post(page, jacket, { photos: photos.slice(0, 1) }).catch(() => null);
    expect(await listingsOf(site)).toHaveLength(1);
  });

  it("answers 500 after the commit", async () => {
    await signIn(site);
    await control.fault(site, "500-after-commit");
    const status = page.waitForResponse((answer) => answer.status() === 500).catch(() => null);
    await post(page, jacket, { photos: photos.slice(0, 1) }).catch(() => null);
    expect((await status)?.status()).toBe(500);
    expect(await listingsOf(site)).toHaveLength(1);
  });

  it("keeps a listing out of the seller's list until it is released", async () => {
    await signIn(site);
    await control.fault(site, "lagging-active-list");
    const stop = post(page, jacket, { photos: photos.slice(0, 1) }).catch(() => null);
    await expect.poll(async () => (await listingsOf(site)).length, { timeout: 20_000 }).toBe(1);
    await stop;
    const list = {
      facebook: "https://www.facebook.com/marketplace/you/selling",
      mercari: "https://www.mercari.com/mypage/listings/active/",
      craigslist: homes.craigslist,
    }[site];
    await page.goto(list, { waitUntil: "networkidle" });
    expect(await page.getByText(jacket[site].title).count()).toBe(0);
    await control.release({ site, fault: "lagging-active-list" });
    await page.goto(list);
    await page.getByText(jacket[site].title).first().waitFor();
  });

  it("sends a seller whose session expired to the log-in", async () => {
    await signIn(site);
    await control.fault(site, "session-expired", { account: "maria" });
    await page.goto(homes[site]);
    expect(page.url()).toMatch(site === "facebook" ? /\/marketplace\/$/ : /\/login/);
    await page.locator('input[type="password"]').waitFor();
  });

  it.each(["captcha", "block", "limit-reached"] as const)(
    "stops the submit with %s and commits nothing",
    async (fault) => {
      await signIn(site);
      await control.fault(site, fault, fault === "limit-reached" ? {} : { at: "submit" });
      const posting = post(page, chair, { photos: photos.slice(0, 1) }).catch(() => null);
      await expect
        .poll(
          async () => (await control.ledger({ site })).entries.filter((e) => e.kind === "submit").length,
          { timeout: 20_000 },
        )
        .toBe(1);
      const sign = {
        captcha: /human|captcha/i,
        block: /blocked|unusual activity/i,
        "limit-reached": /limit reached|limited to \d+ listings/i,
      }[fault];
      await expect.poll(() => page.locator("body").innerText(), { timeout: 5000 }).toMatch(sign);
      expect(await listingsOf(site)).toHaveLength(0);
      page.setDefaultTimeout(1);
      await page.close();
      await posting;
    },
  );

  it("takes its time when slow", async () => {
    await signIn(site);
    await control.fault(site, "slow", { ms: 700, times: 1 });
    const start = Date.now();
    await page.goto(homes[site]);
    expect(Date.now() - start).toBeGreaterThan(690);
  });

  it("still works with every stable handle renamed", async () => {
    await control.mutate("spring", "locators");
    await signIn(site);
    await page.goto(site === "craigslist" ? "https://post.craigslist.org/c/sfo" : homes[site], {
      waitUntil: "networkidle",
    });
    const stable = await page.evaluate(
      () =>
        document.querySelectorAll(
          '#sellName, #PostingTitle, #Price, [data-testid="Title"], [name="sellCondition"], [name="id"], [name="cryptedStepCheck"]',
        ).length,
    );
    expect(stable).toBe(0);
  });
});
