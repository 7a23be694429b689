/** What a person agrees to when connecting: the names they were shown, and the cloud only where they said so. */
import { expect, test } from "./fixtures.ts";
import { PASSWORD } from "./parts/ready-seller.ts";

test("what is agreed to is what was shown: names that a login added are shown before they are taken", async ({
  seller,
  sql,
}) => {
  const email = `names-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const page = await seller.dashboard("connections/mercari/connect");
  const cloud = page.getByRole("checkbox", { name: "Also let the cloud post for me" });
  await expect(cloud).toBeEnabled({ timeout: 30_000 });
  await expect(cloud).not.toBeChecked(); // nobody agreed to anything yet
  await cloud.check();
  const allow = page.getByRole("button", { name: "Allow and connect" });
  await allow.click();
  await expect(page.getByText("You are not logged in on Mercari")).toBeVisible({ timeout: 60_000 });

  await seller.logIn("mercari", "maria@example.test", "practice-maria");
  await allow.click();
  await expect(page.getByText("Mercari keeps more here than the list showed")).toBeVisible({
    timeout: 60_000,
  });
  const shown = await page.locator("ul.flex-wrap li").allTextContents();
  const sealed = () =>
    sql<{ names: string[] }>(
      `select array(select jsonb_array_elements_text(a.session_meta -> 'cookieNames')) as names
       from public.platform_accounts a join auth.users u on u.id = a.user_id where u.email = $1`,
      [email],
    );
  expect(await sealed()).toEqual([]);

  await allow.click();
  await expect(page.getByText("Mercari is connected as").first()).toBeVisible({ timeout: 60_000 });
  const [account] = await sealed();
  expect(account?.names.length).toBeGreaterThan(0);
  expect(shown).toEqual(expect.arrayContaining(account?.names ?? []));
});
