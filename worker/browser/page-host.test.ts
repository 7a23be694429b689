import { afterAll, beforeAll, expect, it } from "vitest";
import { chromium, type Browser } from "playwright-core";
import { BrowserGone } from "#core/host/index.ts";
import { chromiumArgs, findHeadlessChromium } from "./find-chromium.ts";
import { pageHost } from "./page-host.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findHeadlessChromium() ?? undefined,
    args: chromiumArgs(),
  });
});
afterAll(() => browser.close());

/** An engine that never answers. */
const SILENT = "globalThis.__hawkerPage = { stopSign: () => new Promise(() => undefined) }";

it.each(["main", "isolated"] as const)(
  "a page that crashes while it is asked is gone, and nobody waits for it (%s world)",
  async (world) => {
    const page = await browser.newPage();
    await page.setContent("<p>A form</p>");
    const photo = () => Promise.reject(new Error("Nothing is uploaded here."));
    const host = pageHost({ page, bundle: SILENT, photo, cookieUrls: [], world });
    const asked = host.ask(await host.document(), "stopSign", "mercari");
    asked.catch(() => undefined);
    await page.goto("chrome://crash").catch(() => undefined);
    await expect(asked).rejects.toThrow(BrowserGone);
  },
);
