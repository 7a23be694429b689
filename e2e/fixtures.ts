/** Everything started once per run; a fresh browser profile with the built extension per test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base, chromium, type BrowserContext, type Page } from "@playwright/test";
import { Ledger } from "../scripts/demo/judge.ts";
import { Seller } from "../scripts/demo/seller.ts";
import { EXTENSION_ID, startEverything, type Everything } from "../scripts/everything.ts";

export { expect } from "@playwright/test";
export { EXTENSION_ID };

const dir = path.resolve(import.meta.dirname, "..", ".hawker", "e2e");

export async function openBrowser(
  all: Everything,
  profile: string,
  options: { headed?: boolean } = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: all.chromium,
    headless: false,
    viewport: null,
    args: [
      ...all.browserArgs,
      ...(options.headed ? [] : ["--headless=new"]),
      `--disable-extensions-except=${all.extensionDir}`,
      `--load-extension=${all.extensionDir}`,
    ],
  });
}

type PerTest = { profile: string; context: BrowserContext; seller: Seller; ledger: Ledger; popup: Page };
export const test = base.extend<PerTest, { all: Everything }>({
  all: [
     
    async ({}, use) => {
      const all = await startEverything({ dir });
      await use(all);
      await all.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
   
  profile: async ({}, use) => {
    const profile = await mkdtemp(path.join(tmpdir(), "hawker-e2e-"));
    await use(profile);
    await rm(profile, { recursive: true, force: true });
  },
  context: async ({ all, profile }, use) => {
    const context = await openBrowser(all, profile);
    await use(context);
    await context.close();
  },
  ledger: async ({ all }, use) => {
    const ledger = new Ledger(all.practice.controlUrl);
    await ledger.post("/reset");
    await use(ledger);
  },
  seller: async ({ context }, use) => {
    await use(new Seller(context, EXTENSION_ID, () => Promise.resolve()));
  },
  popup: async ({ context }, use) => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
    await use(page);
  },
});
