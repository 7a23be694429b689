/** What the extension may do: nothing at install, what the consent names once connected, nothing a page asks for. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { buildExtension } from "../scripts/build-extension.ts";
import { EXTENSION_ID, expect, test } from "./fixtures.ts";
import { localRows } from "./parts/local-rows.ts";
import { PASSWORD } from "./parts/ready-seller.ts";

type Manifest = {
  permissions: string[];
  host_permissions?: string[];
  optional_permissions?: string[];
  optional_host_permissions?: string[];
  content_scripts?: unknown[];
};

test("the package asks for no host and no cookies at install", async ({ all }) => {
  const dir = await buildExtension({ addresses: all.addresses, hostsGranted: false });
  const manifest = JSON.parse(await readFile(path.join(dir, "manifest.json"), "utf8")) as Manifest;
  expect(manifest.host_permissions ?? []).toEqual([]);
  expect(manifest.content_scripts ?? []).toEqual([]);
  expect(manifest.permissions).not.toContain("cookies");
  expect(manifest.optional_permissions).toEqual(["cookies"]);
  expect(manifest.optional_host_permissions?.join(" ")).toMatch(/facebook.*mercari.*craigslist/);
});

test("disconnecting deletes the account and its sealed session, here and at the service", async ({
  seller,
  sql,
}) => {
  const email = `leaves-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  await seller.logIn("mercari", "maria@example.test", "practice-maria");
  await seller.connect("mercari");
  const sealed = () =>
    sql<{ n: number }>(
      `select count(*)::int as n from public.platform_accounts a join auth.users u on u.id = a.user_id
       where u.email = $1 and a.session_payload_encrypted is not null`,
      [email],
    );
  expect(await sealed()).toEqual([{ n: 1 }]);
  const page = await seller.dashboard("connections");
  const card = page.getByRole("article", { name: "Mercari" });
  await card.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect.poll(sealed, { timeout: 30_000 }).toEqual([{ n: 0 }]);
  await expect
    .poll(async () => (await localRows<{ platform: string }>(page, "accounts")).map((one) => one.platform))
    .not.toContain("mercari");
});

test("a web page cannot speak to the extension", async ({ context, all: _all }) => {
  const page = await context.newPage();
  await page.goto("https://www.mercari.com/");
  const answer = await page.evaluate((id) => {
    const runtime = (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome?.runtime;
    if (typeof runtime?.sendMessage !== "function") return "no way to send";
    return (runtime.sendMessage as (id: string, message: unknown) => Promise<unknown>)(id, {
      hawker: 1,
      type: "auth.state",
      payload: {},
    }).then(
      () => "answered",
      () => "refused",
    );
  }, EXTENSION_ID);
  expect(["no way to send", "refused"]).toContain(answer);
});

/** Runs in the world our content script has in this page, with all that script may do. */
const inContentScript = async <T>(page: Page, expression: string): Promise<T> => {
  const session = await page.context().newCDPSession(page);
  const world = Promise.withResolvers<number>();
  session.on("Runtime.executionContextCreated", ({ context }) => {
    if (context.origin === `chrome-extension://${EXTENSION_ID}`) world.resolve(context.id);
  });
  await session.send("Runtime.enable");
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    contextId: await world.promise,
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
};

test("the script in a site's page cannot read who is signed in, though the extension's pages can", async ({
  context,
  seller,
}) => {
  await seller.signUp(`closed-${Date.now()}@example.test`, PASSWORD);
  await seller.logIn("mercari", "maria@example.test", "practice-maria");
  await seller.connect("mercari");
  const ours = await seller.dashboard("settings");
  expect(await ours.evaluate(async () => Object.keys(await chrome.storage.local.get()))).toContain(
    "hawker-auth",
  );

  const page = await context.newPage();
  await page.goto("https://www.mercari.com/");
  const tryAll = `Promise.all(["local", "sync", "session"].map((area) =>
    Promise.resolve().then(() => chrome.storage[area].get(null)).then(
      (found) => area + ": " + JSON.stringify(found),
      (error) => "refused")))`;
  expect(await inContentScript<string>(page, "chrome.runtime.id")).toBe(EXTENSION_ID);
  expect(await inContentScript<string[]>(page, tryAll)).toEqual(["refused", "refused", "refused"]);
});
