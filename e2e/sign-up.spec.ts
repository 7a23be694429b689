import { expect, test } from "./fixtures.ts";

test("a new seller signs up in the popup and finds an empty inventory with its first action", async ({
  seller,
}) => {
  await seller.signUp(`e2e-${Date.now()}@example.test`, "a long enough password");
  const page = await seller.dashboard("inventory");
  await expect(page.getByRole("button", { name: "Import", exact: true }).first()).toBeVisible();
  await page.close();
});

test("a wrong password is refused in words, and nothing is signed in", async ({ popup }) => {
  await popup.getByLabel("Email").fill("nobody@example.test");
  await popup.getByLabel("Password", { exact: true }).fill("not the password");
  await popup.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(popup.getByRole("alert").first()).toBeVisible();
  await expect(popup.getByText("Signed in as")).toHaveCount(0);
});
