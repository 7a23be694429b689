/** However many posts are under way, what waits for the seller is on every list, and is counted. */
import { EXTENSION_ID, expect, test } from "./fixtures.ts";
import { itemNamed, laterPost, stoppedPost } from "./parts/asking-post.ts";
import { lineOf } from "./parts/lines.ts";
import { putRows } from "./parts/local-rows.ts";

const WAITING = 30;
const POSTS = 2_000;

test("the oldest of two thousand posts wait, and are on the jobs page, in the popup, the panel and the count", async ({
  context,
}) => {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/settings`);
  await page.getByRole("radio", { name: "Publish straight away" }).waitFor();
  const numbers = Array.from({ length: POSTS }, (_, at) => at + 1);
  const items = numbers.map((number) => itemNamed(`Item ${number}`, number));
  await putRows(page, "items", items);
  await putRows(
    page,
    "posts",
    items.map((item, at) => (at < WAITING ? stoppedPost : laterPost)(at + 1, item)),
  );

  await page.goto(`chrome-extension://${EXTENSION_ID}/dashboard.html#/jobs`);
  await page.reload();
  const needsYou = page.getByRole("button", { name: /^Needs you/ });
  await expect(needsYou).toContainText(String(WAITING));
  await expect(page.getByRole("link", { name: `Jobs ${WAITING} need you` })).toBeVisible();
  await needsYou.click();
  await expect(lineOf(page, "Item 1", "mercari")).toContainText("captcha");

  await page.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
  await expect(page.getByRole("region", { name: "Needs you" })).toContainText(`(+${WAITING - 3})`);

  await page.goto(`chrome-extension://${EXTENSION_ID}/sidepanel.html`);
  const others = page.getByRole("navigation", { name: "Other items" }).getByRole("listitem");
  await expect(others.nth(WAITING - 1)).toHaveText("Item 1");
});
