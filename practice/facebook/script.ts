/** Posts to Facebook the way a good hand-written Playwright script does: by labels and roles, waiting on what it sees. */
import type { Locator, Page } from "playwright-core";
import type { PracticeItem } from "../items.ts";
import type { ScriptOptions, ScriptResult } from "../script-options.ts";

export async function postByScript(
  page: Page,
  item: PracticeItem,
  { photos, submit = true }: ScriptOptions,
): Promise<ScriptResult> {
  const wanted = item.facebook;
  await page.goto("https://www.facebook.com/marketplace/create/item");
  await page.locator('input[type="file"][accept*="image"]').setInputFiles([...photos]);

  await page.getByLabel("Title", { exact: true }).fill(wanted.title);
  await page.getByLabel("Price", { exact: true }).fill(wanted.price);
  await choose(page, "Category", wanted.category);
  await choose(page, "Condition", wanted.condition);
  await page.getByLabel("Description", { exact: true }).fill(wanted.description);
  if (wanted.brand) await page.getByLabel("Brand", { exact: true }).fill(wanted.brand);
  if (wanted.color) await choose(page, "Color", wanted.color);
  if (wanted.material) await page.getByLabel("Material", { exact: true }).fill(wanted.material);
  if (wanted.sku) await page.getByLabel("SKU", { exact: true }).fill(wanted.sku);
  for (const tag of wanted.tags) {
    await page.getByLabel("Product tags", { exact: true }).fill(tag);
    await page.keyboard.press("Enter");
  }
  await page.getByRole("combobox", { name: "Location" }).fill(wanted.location.query);
  await page.getByRole("option", { name: wanted.location.name }).click();
  for (const meetup of wanted.meetups) await page.getByLabel(meetup, { exact: true }).check();
  await page.getByRole("switch", { name: "Hide from friends" }).setChecked(wanted.hideFromFriends);
  await page.locator('[role="progressbar"]').first().waitFor({ state: "detached" });
  await next(page, "delivery");

  if (wanted.weight === null) {
    await page.locator('label[role="combobox"]', { hasText: "Delivery method" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Shipping" }).click();
  } else {
    await page.getByRole("button", { name: "Select shipping label" }).click();
    const dialog = page.getByRole("dialog", { name: "Change shipping method" });
    await dialog.locator('label[role="combobox"]').click();
    await dialog.getByRole("radio", { name: wanted.weight }).click();
    await dialog.locator('[aria-label="Update"]:not([aria-disabled])').click();
    await dialog.waitFor({ state: "detached" });
    await next(page, "offer");
    if (wanted.minimumPrice === null) await page.getByRole("switch", { name: "Allow offers" }).uncheck();
    else await page.getByLabel("Minimum price you'll consider").fill(wanted.minimumPrice);
  }
  await next(page, "audience");
  if (!submit) return null;

  await page.locator('[aria-label="Publish"]:not([aria-disabled])').click();
  await page.getByText("Listing published").waitFor();
  const row = page.locator('a[href^="/marketplace/item/"]', { hasText: wanted.title }).first();
  const path = (await row.getAttribute("href")) ?? "";
  return { externalId: /\d+/.exec(path)?.[0] ?? "", url: `https://www.facebook.com${path}` };
}

async function next(page: Page, step: string): Promise<void> {
  await page.locator('[aria-label="Next"]:not([aria-disabled])').click();
  await page.waitForURL(`**?step=${step}`);
}

/** Opens a choice field and takes the row with that first line; the field may not listen yet at the first click. */
async function choose(page: Page, label: string, value: string): Promise<void> {
  const field: Locator = page.locator('label[role="combobox"]', { hasText: label });
  const row = page
    .getByRole("dialog", { name: label })
    .getByRole("button")
    .filter({ has: page.getByText(value, { exact: true }) });
  for (let attempt = 0; attempt < 20 && !(await row.isVisible()); attempt++) {
    await field.click();
    await row.waitFor({ timeout: 300 }).catch(() => null);
  }
  await row.click();
}
