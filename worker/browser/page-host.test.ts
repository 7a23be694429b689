import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { chromium, type Browser, type Page } from "playwright-core";
import { BrowserGone, PageUnreadable } from "#core/host/index.ts";
import { chromiumArgs, findHeadlessChromium } from "./find-chromium.ts";
import { pageHost, type World } from "./page-host.ts";

const launch = () =>
  chromium.launch({ executablePath: findHeadlessChromium() ?? undefined, args: chromiumArgs() });

let browser: Browser;
let site: Server;
let address: string;
/** Requests for the page that is never answered. */
let asked = Promise.withResolvers<void>();
beforeAll(async () => {
  browser = await launch();
  site = createServer((request, response) => {
    if (request.url === "/nothing") response.writeHead(204).end();
    else asked.resolve();
  });
  await new Promise<void>((listening) => site.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  site.closeAllConnections();
  site.close();
});

/** An engine that never answers. */
const SILENT = "globalThis.__hawkerPage = { stopSign: () => new Promise(() => undefined) }";
const hostOf = (page: Page, world?: World) => {
  const photo = () => Promise.reject(new Error("Nothing is uploaded here."));
  return pageHost({ page, bundle: SILENT, photo, cookieUrls: [], world });
};

it.each(["main", "isolated"] as const)(
  "a page that crashes while it is asked is gone, and nobody waits for it (%s world)",
  async (world) => {
    const page = await browser.newPage();
    await page.setContent("<p>A form</p>");
    const host = hostOf(page, world);
    const asked = host.ask(await host.document(), "stopSign", "mercari");
    asked.catch(() => undefined);
    await page.goto("chrome://crash").catch(() => undefined);
    await expect(asked).rejects.toThrow(BrowserGone);
  },
);

it("a browser that ends while a page opens is gone: it is not the site that was not reached", async () => {
  for (let time = 0; time < 3; time += 1) {
    asked = Promise.withResolvers();
    const other = await launch();
    const opening = hostOf(await other.newPage()).open(`${address}/never`);
    opening.catch(() => undefined);
    await asked.promise;
    await other.close();
    await expect(opening).rejects.toThrow(BrowserGone);
  }
});

it("a site that answers with nothing was not reached, and the browser is there", async () => {
  const page = await browser.newPage();
  await expect(hostOf(page).open(`${address}/nothing`)).rejects.toThrow(PageUnreadable);
});

it.each([
  ["closed", (page: Page) => page.close()],
  ["crashed", (page: Page) => Promise.allSettled([page.waitForEvent("crash"), page.goto("chrome://crash")])],
])("a page that %s before anybody waited for its document is gone at once", async (_how, end) => {
  const page = await browser.newPage();
  await page.setContent("<p>A form</p>");
  const host = hostOf(page);
  const document = await host.document();
  await end(page);
  await expect(host.document({ not: document })).rejects.toThrow(BrowserGone);
  await expect(host.open(address)).rejects.toThrow(BrowserGone);
});
