/** Connecting an account: what is said when its login is not where it can be taken from. */
import type { BrowserContext } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";
import { PASSWORD } from "./parts/ready-seller.ts";

/** A site that shows who is signed in and keeps that login in IndexedDB and in the tab: no cookie carries it. */
const SIGNED_IN_PAGE = `<!doctype html><title>My page</title><header><a href="/mypage/">maria</a></header>
<script>
  localStorage.setItem("ab.storage.userId.0", '{"g":"123456789"}');
  sessionStorage.setItem("auth.token", "kept in the tab");
  indexedDB.open("firebaseLocalStorageDb", 1).onupgradeneeded = ({ target }) =>
    target.result.createObjectStore("firebaseLocalStorage").put("kept in the browser", "authUser");
</script>`;

test("a login that no cookie carries is connected for tabs only, and says so", async ({
  context,
  seller,
  sql,
}) => {
  const email = `carried-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  await context.route("https://www.mercari.com/mypage/", (route) =>
    route.fulfill({ contentType: "text/html", body: SIGNED_IN_PAGE }),
  );
  const page = await seller.dashboard("connections/mercari/connect");
  await page.getByRole("checkbox", { name: "Also let the cloud post for me" }).check();
  await page.getByRole("button", { name: "Allow and connect" }).click();
  await expect(page.getByText("Mercari is connected as maria").first()).toBeVisible();
  await expect(page.getByText("Connected for your own tabs only:")).toContainText(
    "cannot be carried elsewhere",
  );
  await page.getByRole("link", { name: "Back to connections" }).click();
  const card = page.getByRole("article", { name: "Mercari" });
  await expect(card).toContainText("it works from your own tabs only");
  // Checking looks at this browser, where it is signed in, and does not claim that it is not.
  await card.getByRole("button", { name: "Check now" }).click();
  const checked = () =>
    localRows<{ status: string; replay: string; lastVerifiedAt: string; createdAt: string }>(
      page,
      "accounts",
    );
  await expect
    .poll(async () => (await checked()).map((one) => one.lastVerifiedAt > one.createdAt))
    .toEqual([true]);
  expect(await checked()).toMatchObject([{ status: "connected", replay: "no" }]);
  const sealed = await sql(
    "select 1 from public.platform_accounts a join auth.users u on u.id = a.user_id where u.email = $1",
    [email],
  );
  expect(sealed).toEqual([]);
});

/** The number Mercari's tracker writes down for whoever is signed in. */
const numberOnPage = async (context: BrowserContext): Promise<string> => {
  const page = await context.newPage();
  await page.goto("https://www.mercari.com/mypage/");
  const key = /^ab\.storage\.userId\./;
  const written = await page.waitForFunction(
    (pattern) => Object.entries(localStorage).find(([name]) => new RegExp(pattern).test(name))?.[1],
    key.source,
  );
  const { g } = JSON.parse((await written.jsonValue()) ?? "{}") as { g: string };
  await page.close();
  return g;
};

test("the same login known in another workspace is an account of its own here", async ({
  context,
  seller,
  sql,
}) => {
  const email = `two-workspaces-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  await seller.logIn("mercari", "maria@example.test", "practice-maria");
  // Somebody made this seller a member of their workspace, where that login is connected.
  const [other] = await sql<{ id: string }>(
    `with person as (select id from auth.users where email = $1),
       made as (insert into public.workspaces (name) values ('Another shop') returning id),
       joined as (insert into public.workspace_members (workspace_id, user_id, role) select made.id, person.id, 'operator' from made, person)
     insert into public.platform_accounts (user_id, workspace_id, platform, handle, login_key, status)
     select person.id, made.id, 'mercari', 'maria', $2, 'connected' from made, person returning workspace_id as id`,
    [email, `mercari:${await numberOnPage(context)}`],
  );
  await seller.connect("mercari");
  const sealed = await sql<{ workspace_id: string }>(
    `select a.workspace_id from public.platform_accounts a join auth.users u on u.id = a.user_id
     where u.email = $1 and a.session_payload_encrypted is not null`,
    [email],
  );
  expect(sealed).toHaveLength(1);
  expect(sealed[0]?.workspace_id).not.toBe(other?.id);
});

test("connected again without the cloud: the cloud goes on with what it has, and what is said of that stays", async ({
  seller,
  sql,
}) => {
  const email = `again-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  await seller.logIn("mercari", "maria@example.test", "practice-maria");
  await seller.connect("mercari");
  await sql(
    `update public.platform_accounts set status = 'expired' where user_id = (select id from auth.users where email = $1)`,
    [email],
  );
  const page = await seller.dashboard("connections");
  const card = page.getByRole("article", { name: "Mercari" });
  const ended = "The session has ended.";
  await expect(card).toContainText(ended, { timeout: 60_000 });
  await page.goto(page.url().replace("#/connections", "#/connections/mercari/connect"));
  await page.getByRole("button", { name: "Allow and connect" }).click();
  await expect(page.getByText("Mercari is connected as maria").first()).toBeVisible();
  await expect(page.getByText("The cloud still has the login you gave it before")).toBeVisible();
  await page.getByRole("link", { name: "Back to connections" }).click();
  await expect(card).toContainText(ended);
});
