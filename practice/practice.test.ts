/** The practice sites, driven by the hand-written scripts: the ledger must hold exactly what was posted. */
import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { camera, items, jacket, type PracticeItem } from "./items.ts";
import type { SiteId } from "./sites.ts";
import { homes, lists, scripts } from "./test-sites.ts";
import { useTestWorld } from "./test-world.ts";
import { loginByCookie } from "./testing.ts";

const world = useTestWorld();

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

/** What every site must take, and one that asks more of this site. */
const POSTED = {
  facebook: ["jacket", "camera"],
  mercari: ["jacket", "sneakers"],
  craigslist: ["jacket", "chair"],
} as const satisfies Record<string, readonly string[]>;

describe.each(["facebook", "mercari", "craigslist"] as const)("%s", (site) => {
  const post = scripts[site];

  it.each(
    items
      .filter(({ key }) => POSTED[site].some((one) => one === key))
      .map((item) => [item.key, item] as const),
  )("holds exactly what was posted: %s", async (_key, item) => {
    const { page, photos } = world;
    await world.signIn(site);
    const result = await post(page, item, { photos });
    const listings = await world.listings(site);
    expect(listings).toHaveLength(1);
    const [listing] = listings;
    expect(listing).toMatchObject({ site, account: "maria", status: "active", ...result });
    expect(listing?.fields).toMatchObject(expectedFields(site, item));
    expect(listing?.photos.map(({ sha256 }) => sha256)).toEqual(await Promise.all(photos.map(hashOf)));
    expect(
      listing?.photos.every(({ width, height, exifGps }) => width === 800 && height === 600 && !exifGps),
    ).toBe(true);
    const kept = await world.control.photo(listing?.photos[0]?.sha256 ?? "");
    expect(Buffer.compare(Buffer.from(kept), await readFile(photos[0] ?? ""))).toBe(0);
  });

  it("posts the same after a form log-in, and names who is signed in", async () => {
    const { page, photos } = world;
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
    await expect.poll(() => world.listings(site)).toMatchObject([{ account: "jonas" }]);
  });

  it("shows the listing on its own page and in the seller's list, and nobody else's", async () => {
    const { page, photos } = world;
    await world.signIn(site);
    const result = await post(page, camera, { photos });
    const title = camera[site].title;
    await page.goto(result?.url ?? "");
    await page.getByText(title).first().waitFor();
    const list = lists[site];
    await page.goto(list);
    await page.getByText(title).first().waitFor();
    await expect.poll(() => page.locator(`a[href*="${result?.externalId}"]`).count()).toBeGreaterThan(0);
    const other = await world.browser.newContext();
    await loginByCookie(world.control, other, site, "jonas");
    const otherPage = await other.newPage();
    await otherPage.goto(list, { waitUntil: "networkidle" });
    expect(await otherPage.getByText(title).count()).toBe(0);
    await other.close();
  });
});
