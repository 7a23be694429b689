/** The data of this browser deleted on purpose: what would be lost is said first, and what the service has comes back. */
import { expect, test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";
import { PASSWORD } from "./parts/ready-seller.ts";
import { logIn } from "./parts/sign-in.ts";

test("the data on this device is deleted, and what was sent comes back at the next log-in", async ({
  context,
  seller,
  sql,
}) => {
  const email = `forget-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Kept lamp");
  const count = async (table: string) => (await localRows(page, table)).length;
  await expect.poll(() => count("items")).toBe(1);
  const sent = () => sql("select id from public.items where title = 'Kept lamp' and deleted_at is null");
  await expect.poll(async () => (await sent()).length, { timeout: 60_000 }).toBe(1);
  await expect.poll(() => count("outbox"), { timeout: 60_000 }).toBe(0);

  await page.goto(page.url().replace(/#.*/, "#/settings"));
  await page.getByRole("button", { name: "Delete the data on this device" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete the data on this device?" });
  await expect(dialog).toContainText("comes back when you log in");
  await dialog.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByText("The data on this device is deleted.")).toBeVisible();
  expect(await count("items")).toBe(0);

  await logIn(context, email, PASSWORD);
  await page.goto(page.url().replace(/#.*/, "#/inventory"));
  await expect(page.getByText("Kept lamp").first()).toBeVisible({ timeout: 60_000 });
});
