/** The built extension in a headless Chromium, driven by Playwright. For what only a real window shows: open-window.ts. */
import { chromium, type BrowserContext } from "@playwright/test";
import type { Everything } from "../../scripts/everything.ts";

export const openBrowser = (all: Everything, profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: all.chromium,
    headless: false,
    reducedMotion: "reduce",
    viewport: null,
    args: [
      ...all.browserArgs,
      "--headless=new",
      `--disable-extensions-except=${all.extensionDir}`,
      `--load-extension=${all.extensionDir}`,
    ],
  });
