/** Photos in the editor under quick hands: each press counts once, and none makes a photo more or less. */
import path from "node:path";
import type { Page } from "@playwright/test";
import type { Item } from "#core/item/item.ts";
import { makePhotos } from "#practice/testing.ts";
import { expect, test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";

const photosIn = async (page: Page) => (await localRows<Item>(page, "items")).at(0)?.photos ?? [];

test("turned twice quickly, a photo is turned twice and is one; moved twice quickly, it moves two places", async ({
  all,
  seller,
}) => {
  const files = await makePhotos(path.join(all.dir, "photos"), 3);
  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByLabel("Choose photos").setInputFiles(files);
  await expect.poll(async () => (await photosIn(page)).length).toBe(3);
  const [first, ...others] = await photosIn(page);
  if (!first) throw new Error("No photo was added.");

  // In one turn of the page, before it can draw anything anew: quicker than any finger.
  await page.getByRole("button", { name: "Rotate photo 1" }).evaluate((button: HTMLElement) => {
    for (let press = 0; press < 2; press++) button.click();
  });
  await expect
    .poll(async () => {
      const [turned, ...rest] = await photosIn(page);
      return {
        size: [turned?.width, turned?.height],
        isNew: turned?.id !== first.id,
        rest: rest.map(({ id }) => id),
      };
    })
    .toEqual({ size: [first.width, first.height], isNew: true, rest: others.map(({ id }) => id) });
  expect((await localRows(page, "photoBlobs")).length).toBe(3);
  await expect(page.getByRole("alert")).toHaveCount(0);

  const [turned] = await photosIn(page);
  await page.getByRole("button", { name: "Move photo 1 later" }).evaluate((button: HTMLElement) => {
    for (let press = 0; press < 2; press++) button.click();
  });
  await expect
    .poll(async () => (await photosIn(page)).map(({ id }) => id))
    .toEqual([...others.map(({ id }) => id), turned?.id]);
  await page.getByRole("button", { name: "Remove photo 3" }).evaluate((button: HTMLElement) => {
    for (let press = 0; press < 2; press++) button.click();
  });
  await expect.poll(async () => (await photosIn(page)).length).toBe(2);
  await expect(page.getByText("2 / 24")).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect((await photosIn(page)).length).toBe(2);
});

test("a photo that was removed comes back in its place, and the keyboard is not lost meanwhile", async ({
  all,
  seller,
}) => {
  const files = await makePhotos(path.join(all.dir, "photos"), 3);
  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByLabel("Choose photos").setInputFiles(files);
  await expect.poll(async () => (await photosIn(page)).length).toBe(3);
  const hashes = async () => (await photosIn(page)).map(({ sha256 }) => sha256);
  const before = await hashes();

  await page.getByRole("button", { name: "Remove photo 2" }).click();
  await expect.poll(hashes).toEqual([before[0], before[2]]);
  await expect(page.getByRole("button", { name: "Add photos" })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(hashes).toEqual(before);
});

test("a duplicate has its own pictures: they stay when the first item's are removed", async ({
  all,
  seller,
}) => {
  const files = await makePhotos(path.join(all.dir, "photos"), 2);
  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Lamp");
  await page.getByLabel("Choose photos").setInputFiles(files);
  await expect(page.getByText("2 / 24")).toBeVisible();
  await page.getByRole("link", { name: "Back to inventory" }).click();
  await page.getByRole("checkbox", { name: "Select Lamp" }).click();
  await page.getByRole("button", { name: "Duplicate" }).click();
  await page.getByRole("link", { name: "Lamp", exact: true }).click();
  await page.getByRole("button", { name: "Remove photo 2" }).click();
  await page.getByRole("button", { name: "Remove photo 1" }).click();
  await expect(page.getByText("0 / 24")).toBeVisible();
  await page.getByRole("link", { name: "Back to inventory" }).click();
  await page.getByRole("link", { name: "Lamp (copy)", exact: true }).click();
  await expect(page.getByText("2 / 24")).toBeVisible();
  await expect(page.locator("ol img")).toHaveCount(2);
});
