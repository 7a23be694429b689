/** One seller with a second browser: another profile, signed in with the same account. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import type { Everything } from "../../scripts/everything.ts";
import { openBrowser } from "./open-browser.ts";

export const withSecondBrowser = async (
  all: Everything,
  use: (context: BrowserContext) => Promise<void>,
): Promise<void> => {
  const profile = await mkdtemp(path.join(tmpdir(), "hawker-second-"));
  const context = await openBrowser(all, profile);
  context.setDefaultTimeout(30_000);
  try {
    await use(context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** Asks the background to sync, as every page of ours does when it opens; what follows is polled for. */
export const askForSync = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    (
      globalThis as unknown as { chrome: { runtime: { sendMessage: (m: object) => Promise<unknown> } } }
    ).chrome.runtime.sendMessage({
      hawker: 1,
      type: "sync.now",
      payload: {},
    }),
  );
