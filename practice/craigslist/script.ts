/** Posts to Craigslist the way a good hand-written Playwright script does: by names, one page per step. */
import type { Page } from "playwright-core";
import type { PracticeItem } from "../items.ts";
import type { ScriptOptions, ScriptResult } from "../script-options.ts";

export async function postByScript(
  page: Page,
  item: PracticeItem,
  { photos, submit = true }: ScriptOptions,
): Promise<ScriptResult> {
  const wanted = item.craigslist;
  const go = () => page.locator("button.continue").click();
  const choose = async (label: string) => {
    await page.getByLabel(label, { exact: true }).check();
    await go();
  };
  await page.goto("https://post.craigslist.org/c/sfo");
  if (page.url().includes("s=copyfromanother")) await page.locator("button.skip").click();
  await page.waitForURL("**?s=subarea");
  await choose(wanted.subarea);
  if (page.url().includes("s=hood")) await choose(wanted.hood);
  await page.waitForURL("**?s=type");
  await choose("for sale by owner");
  await page.waitForURL("**?s=cat");
  await choose(wanted.category);

  await page.waitForURL("**?s=edit");
  await page.locator("#PostingTitle").fill(wanted.title);
  await page.locator('input[name="price"]').fill(wanted.price);
  await page.locator("#geographic_area").fill(wanted.place);
  await page.locator("#postal_code").fill(wanted.postal);
  await page.locator("#PostingBody").fill(wanted.body);
  await page.locator('input[name="sale_manufacturer"]').fill(wanted.make);
  await page.locator('input[name="sale_model"]').fill(wanted.model);
  await page.locator('input[name="sale_size"]').fill(wanted.size);
  await page.locator('select[name="condition"]').selectOption({ label: wanted.condition }, { force: true });
  await page.locator('select[name="language"]').selectOption({ label: wanted.language }, { force: true });
  await page.locator('input[name="delivery_available"]').setChecked(wanted.delivery);
  await page.locator('input[name="show_phone_ok"]').setChecked(wanted.phone);
  await go();

  await page.waitForURL("**?s=geoverify");
  await go();
  await page.waitForURL("**?s=editimage");
  await page.locator('input[type="file"]').setInputFiles([...photos]);
  await page.getByText(`has ${photos.length} image`).waitFor();
  await page.locator("#doneWithImages").click();
  await page.waitForURL("**?s=preview");
  if (!submit) return null;

  await page.getByRole("button", { name: "publish" }).click();
  const link = page.locator('a[href*="craigslist.org/"][href$=".html"]').first();
  const url = (await link.getAttribute("href")) ?? "";
  return { externalId: /(\d+)\.html$/.exec(url)?.[1] ?? "", url };
}
