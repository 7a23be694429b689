/** Posts to Mercari the way a good hand-written Playwright script does: by test ids, waiting on what it sees. */
import type { Page } from "playwright-core";
import type { MercariItem, PracticeItem } from "../items.ts";
import type { ScriptOptions, ScriptResult } from "../script-options.ts";

export async function postByScript(
  page: Page,
  item: PracticeItem,
  { photos, submit = true }: ScriptOptions,
): Promise<ScriptResult> {
  const wanted = item.mercari;
  await page.goto("https://www.mercari.com/sell/");
  const recognised = page.waitForResponse(
    (answer) => answer.request().postData()?.includes("recognizePhoto") ?? false,
  );
  await page.getByTestId("SellPhotoInput").setInputFiles([...photos]);
  await recognised;

  await page.getByTestId("Title").fill(wanted.title);
  await page.getByTestId("Description").fill(wanted.description);
  await page.getByTestId("SellCategoryFieldButton").click();
  for (const name of wanted.category) {
    await page
      .getByRole("dialog", { name: "Category" })
      .getByRole("button", { name, exact: false })
      .filter({ has: page.getByText(name, { exact: true }) })
      .click();
  }
  if (wanted.brand === null) await page.getByTestId("NoBrandLink").getByRole("checkbox").check();
  else {
    await page.getByTestId("Brand").fill(wanted.brand);
    await page.getByRole("option", { name: wanted.brand, exact: true }).click();
  }
  await page
    .locator('input[name="sellCondition"]')
    .and(page.getByLabel(new RegExp(`^${wanted.condition}`)))
    .check();
  if (wanted.size) await pick(page, "Size", wanted.size);
  if (wanted.color) await pick(page, "Color", wanted.color);
  await page.getByTestId("ShipsFromAddButton").click();
  await page.getByPlaceholder("Enter 5-digit Zip Code").fill(wanted.zip);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await shipping(page, wanted);
  await page.getByTestId("Price").fill(wanted.price);
  if (wanted.floor === null) await page.getByTestId("SmartPricingTurnOffButton").click();
  else {
    await page.getByTestId("SmartPricingFloorPrice").fill(wanted.floor);
    await page.getByTestId("SmartPricingFloorPrice").blur();
  }
  await page.locator('[role="progressbar"]').first().waitFor({ state: "detached" });
  if (!submit) return null;

  await page.getByTestId("ListButton").click();
  await page.waitForURL("**/sell/confirmation/m*");
  await page.getByText("Your listing is live.").waitFor();
  const externalId = /m\d+$/.exec(page.url())?.[0] ?? "";
  return { externalId, url: `https://www.mercari.com/us/item/${externalId}/` };
}

async function pick(page: Page, testId: string, value: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page
    .getByTestId(`${testId}-option`)
    .filter({ has: page.getByText(value, { exact: true }) })
    .or(page.getByRole("option", { name: value, exact: true }))
    .first()
    .click();
}

async function shipping(page: Page, wanted: MercariItem): Promise<void> {
  await page.locator("#MERCARI").check();
  if (!wanted.freeShipping) {
    await page.getByTestId("ShippingPayerOption").click();
    await page.getByTestId("FreeShippingNoButton").click();
  }
  await page.getByTestId("SelectShipping").click();
  await page.getByRole("button", { name: "Got it" }).click();
  await page.getByTestId("ItemWeightInPounds").fill(String(wanted.weight.pounds));
  await page.getByTestId("ItemWeightInOunces").fill(String(wanted.weight.ounces));
  if (wanted.sides === null) await page.getByTestId("FitsInShoeboxYes").check();
  else {
    await page.getByTestId("FitsInShoeboxNo").check();
    const [length, width, height] = wanted.sides;
    await page.getByTestId("InputLength").fill(String(length));
    await page.getByTestId("InputWidth").fill(String(width));
    await page.getByTestId("InputHeight").fill(String(height));
  }
  await page.getByTestId("SelectCarrierButton").click();
  await page.getByLabel(wanted.carrier).check();
  await page.getByTestId("SelectCarrierSaveButton").click();
}
