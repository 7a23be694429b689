/** What was typed is never lost and never called saved when it is not: leaving, reloading, closing, crashing, another tab. */
import type { BrowserContext, Page } from "@playwright/test";
import type { Item } from "#core/item/item.ts";
import { expect, EXTENSION_ID, test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";

const items = (page: Page) => localRows<Item>(page, "items");
const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const open = async (context: BrowserContext, place: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/${place}`);
  return page;
};
/** The process of the extension's pages dies, without a word to any of them. */
const crash = async (context: BrowserContext, page: Page): Promise<void> => {
  const session = await context.newCDPSession(page);
  const dead = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => undefined); // never answered
  await dead;
};
const newItem = async (page: Page): Promise<string> => {
  await page.getByRole("button", { name: "New item" }).first().click();
  await box(page, "Title").waitFor();
  return page.url().split("/").at(-1) ?? "";
};

test("what cannot be saved says so, stays as typed through leaving and reloading, and is not posted past", async ({
  seller,
}) => {
  const page = await seller.dashboard("inventory");
  const id = await newItem(page);
  await box(page, "Price").fill("12");
  const wrong: [name: string, typed: string, says: string | RegExp][] = [
    ["Title", "long ".repeat(41), "A title has at most 200 characters; this one has 205."],
    ["Price", "2 for 5", "Type an amount such as 24.99."],
    ["Price", "1.234", "Is that 1234 or 1.23?"],
    ["Price", "19.999", "Is that 19999 or 19.99?"],
    ["Price", "1e3", "Type an amount such as 24.99."],
    ["Price", "999999999999", "The most Hawker keeps is $100,000,000.00."],
    ["Quantity", "999999", "At most 100,000."],
    ["Weight", "0", "A weight is at least 1 g."],
    ["Length, mm", "1.5", "Type a whole number in mm, or 10 in."],
    ["City", "San Francisco", "Add the ZIP or postal code"],
    ["ZIP or postal code", "94", "A ZIP or postal code has at least 3 characters."],
  ];
  for (const [name, typed, says] of wrong) {
    await box(page, name).fill(typed);
    await page.getByRole("heading", { level: 1 }).click();
    await expect(page.getByText(says).first(), `${name}: ${typed}`).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Not saved yet" })).toBeVisible();
  }
  const kept = async () => {
    await expect(box(page, "Price")).toHaveValue("999999999999");
    await expect(box(page, "Length, mm")).toHaveValue("1.5");
    await expect(box(page, "City")).toHaveValue("San Francisco");
    await expect(box(page, "ZIP or postal code")).toHaveValue("94");
    await expect(page.getByRole("status").filter({ hasText: /^Not saved yet: .*Price/ })).toBeVisible();
  };
  await page.getByRole("tab", { name: /Mercari/ }).click();
  await page.getByRole("tab", { name: "All sites" }).click();
  await kept();
  await page.getByRole("link", { name: "Back to inventory" }).click();
  await expect(page.getByText(/^Kept as typed, not saved yet: .*Price/)).toBeVisible();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await kept();
  await page.reload();
  await kept();
  expect((await items(page))[0]).toMatchObject({
    price: { amountMinor: 1200 },
    dimensionsMm: null,
    location: null,
  });

  await page.getByRole("button", { name: "Crosspost", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Crosspost/ });
  await expect(dialog.getByText(/^Not saved: Price of /)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Start posting" })).toBeDisabled();
  await page.keyboard.press("Escape");

  await box(page, "Title").fill("A lamp");
  await box(page, "Price").fill("$1,234.50");
  await box(page, "Quantity").fill("3");
  await box(page, "Weight").fill("1 lb 4 oz");
  await box(page, "ZIP or postal code").fill("94103");
  await box(page, "Length, mm").fill("");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByRole("status").filter({ hasText: /^Saved/ })).toBeVisible();
  expect((await items(page)).find((item) => item.id === id)).toMatchObject({
    title: "A lamp",
    price: { amountMinor: 123450 },
    quantity: 3,
    weightGrams: 567,
    location: { postalCode: "94103", city: "San Francisco" },
  });
  expect(await localRows(page, "drafts")).toEqual([]);
});

test("the last letters are there after a reload, another address, a closed tab and a crashed one", async ({
  seller,
  context,
}) => {
  let page = await seller.dashboard("inventory");
  const id = await newItem(page);
  const ends: [string, () => Promise<unknown>][] = [
    ["reloaded", () => page.reload()],
    ["gone to another address", () => page.goto("about:blank")],
    ["closed", () => page.close()],
    ["crashed", () => crash(context, page)],
  ];
  for (const [how, end] of ends) {
    await box(page, "Title").fill(`A lamp, ${how.slice(0, -1)}`);
    await box(page, "Price").press("End");
    await box(page, "Title").press("End");
    await page.keyboard.press(how.slice(-1));
    await end();
    const next = await open(context, `inventory/${id}`);
    await expect(box(next, "Title"), how).toHaveValue(`A lamp, ${how}`);
    await expect.poll(async () => (await items(next))[0]?.title, how).toBe(`A lamp, ${how}`);
    if (!page.isClosed()) await page.close();
    page = next;
  }
  await box(page, "Price").fill("2 for 5");
  await page.reload();
  await expect(box(page, "Price")).toHaveValue("2 for 5");
  await expect(page.getByRole("status").filter({ hasText: "Not saved yet: Price" })).toBeVisible();
});

test("two tabs of one item: each shows what the other saved, and a part typed in one keeps the other's part", async ({
  seller,
  context,
}) => {
  const one = await seller.dashboard("inventory");
  const id = await newItem(one);
  await box(one, "ZIP or postal code").fill("94103");
  await box(one, "City").fill("San Francisco");
  await box(one, "Length, mm").fill("10");
  await box(one, "Width, mm").fill("20");
  await box(one, "Height, mm").fill("30");
  await one.getByRole("heading", { level: 1 }).click();
  const two = await open(context, `inventory/${id}`);
  await expect(box(two, "City")).toHaveValue("San Francisco");

  await box(one, "ZIP or postal code").fill("94704");
  await box(one, "Height, mm").fill("35");
  await one.getByRole("heading", { level: 1 }).click();
  await expect(box(two, "ZIP or postal code")).toHaveValue("94704");
  await expect(box(two, "Height, mm")).toHaveValue("35");
  await box(two, "City").fill("Berkeley");
  await box(two, "Length, mm").fill("12");
  await two.getByRole("heading", { level: 1 }).click();
  await expect
    .poll(async () => (await items(two))[0])
    .toMatchObject({
      location: { postalCode: "94704", city: "Berkeley" },
      dimensionsMm: { length: 12, width: 20, height: 35 },
    });

  // Both type into one field without seeing the other: the later hand's text stands, the other's is kept.
  await box(two, "Brand").pressSequentially("Ac");
  await expect.poll(async () => (await items(two))[0]?.brand).toBe("Ac");
  await box(one, "Brand").fill("Zed");
  await one.getByRole("heading", { level: 1 }).click();
  await expect.poll(async () => (await items(one))[0]?.brand).toBe("Zed");
  await box(two, "Brand").pressSequentially("me");
  await two.getByRole("heading", { level: 1 }).click();
  await expect(box(one, "Brand")).toHaveValue("Acme");
  const kept = two.getByRole("list", { name: "Replaced from elsewhere" });
  await expect(kept.getByText("Zed")).toBeVisible();
  await kept.getByRole("button", { name: "Use this Brand" }).click();
  await expect(box(one, "Brand")).toHaveValue("Zed");
  await expect(kept).toHaveCount(0);
});
