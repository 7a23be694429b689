/** The editor under a person's hands: what is typed stands as it was typed, however slowly, and is what is saved. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { Hands } from "./parts/human-typing.ts";
import { localRows } from "./parts/local-rows.ts";

type Item = Record<string, unknown> & { overrides: Record<string, Record<string, unknown>> };

const savedItem = async (page: Page): Promise<Item | undefined> =>
  (await localRows<Item>(page, "items")).at(0);

const newItem = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByRole("textbox", { name: "Title", exact: true }).waitFor();
};

test("typed at a person's speed, every field keeps every letter and its caret, and saves just that", async ({
  seller,
}) => {
  const page = await seller.dashboard("inventory");
  await newItem(page);
  const hands = new Hands(page);
  const field = (name: string) => page.getByRole("textbox", { name, exact: true });

  await hands.retype(field("Title"), "Big lamp");
  await expect(field("Title")).toHaveValue("Big lamp");
  await hands.typeAfter(field("Title"), "Big ", "old ");
  await expect(field("Title")).toHaveValue("Big old lamp");
  await hands.retype(field("Price"), "45.99");
  await expect(field("Price")).toHaveValue("45.99");
  await hands.typeAfter(field("Price"), "4", "1");
  await expect(field("Price")).toHaveValue("415.99");
  await hands.retype(field("Description"), "A fox");
  await hands.typeAfter(field("Description"), "A ", "very ");
  await expect(field("Description")).toHaveValue("A very fox");
  await hands.retype(field("Tags"), "a, b");
  await expect(field("Tags")).toHaveValue("a, b");
  await hands.retype(field("ZIP or postal code"), "94103");
  await hands.retype(field("City"), "San J");
  await hands.retype(field("Length, mm"), "12");
  await hands.retype(field("Width, mm"), "8");
  await hands.retype(field("Height, mm"), "4");
  await field("Notes").click();
  await expect
    .poll(() => savedItem(page))
    .toMatchObject({
      title: "Big old lamp",
      description: "A very fox",
      price: { amountMinor: 41599, currency: "USD" },
      tags: ["a", "b"],
      location: { postalCode: "94103", city: "San J" },
      dimensionsMm: { length: 12, width: 8, height: 4 },
    });
  await expect(page.getByRole("status").filter({ hasText: /^Saved/ })).toBeVisible();
});

test("what differs on one site is typed as freely", async ({ seller }) => {
  const page = await seller.dashboard("inventory");
  await newItem(page);
  const hands = new Hands(page, 2);
  await page.getByRole("tab", { name: /Mercari/ }).click();
  await page.getByLabel("Change only on Mercari").selectOption("title");
  const title = page.getByRole("textbox", { name: "Title", exact: true });
  await hands.retype(title, "Her ");
  await hands.typeAfter(title, "H", "i");
  await expect(title).toHaveValue("Hier ");
  await page.getByLabel("Change only on Mercari").selectOption("price");
  const price = page.getByRole("textbox", { name: "Price", exact: true });
  await hands.retype(price, "45.99");
  await expect(price).toHaveValue("45.99");
  await title.click();
  await expect
    .poll(async () => (await savedItem(page))?.overrides["mercari"])
    .toEqual({ title: "Hier", price: { amountMinor: 4599, currency: "USD" } });
});
