/** Many items into the cloud at once: one that is refused does not hold up the others. */
import type { Page } from "@playwright/test";
import { expect, readyTest as test } from "./fixtures.ts";
import { titleOf } from "./parts/ready-seller.ts";

const openDialog = async (page: Page, titles: string[]) => {
  for (const title of titles) await page.getByRole("checkbox", { name: `Select ${title}` }).click();
  await page
    .getByRole("region", { name: "Selected items" })
    .getByRole("button", { name: "Crosspost" })
    .click();
  const dialog = page.getByRole("dialog", { name: /^Crosspost/ });
  await dialog.getByRole("radio", { name: "In the cloud" }).click();
  await dialog.getByRole("checkbox", { name: /^Facebook/ }).setChecked(false);
  await dialog.getByRole("checkbox", { name: /^Craigslist/ }).setChecked(false);
  await dialog.getByLabel("Start at").fill(`${new Date().getFullYear() + 1}-06-01T09:00`);
  return dialog;
};

test("when one of three is already being listed, the other two are scheduled, and pressing again asks for the one alone", async ({
  seller,
  sql,
  ready,
}) => {
  const [first, second, third] = [titleOf(1), titleOf(2), titleOf(11)];
  const jobsOf = async () =>
    (
      await sql<{ title: string }>(
        `select j.payload -> 'item' ->> 'title' as title from public.listing_jobs j join auth.users u on u.id = j.user_id
         where u.email = $1 order by j.created_at`,
        [ready.email],
      )
    ).map(({ title }) => title);

  const page = await seller.dashboard("inventory");
  const alone = await openDialog(page, [first]);
  await alone.getByRole("button", { name: "Schedule", exact: true }).click();
  await page.waitForURL(/#\/jobs/);
  expect(await jobsOf()).toEqual([first]);

  await page.goto(page.url().replace(/#.*/, "#/inventory"));
  const dialog = await openDialog(page, [first, second, third]);
  await dialog.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(dialog.getByText("2 jobs scheduled; 1 item could not be.")).toBeVisible();
  await expect(dialog.getByRole("list", { name: "Not scheduled" })).toContainText(first);
  expect((await jobsOf()).sort()).toEqual([first, second, third].sort());

  await dialog.getByRole("button", { name: "Try the rest again" }).click();
  await expect(dialog.getByText("2 jobs scheduled; 1 item could not be.")).toBeVisible();
  expect(await jobsOf()).toHaveLength(3);
});
