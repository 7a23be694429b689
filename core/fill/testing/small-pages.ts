/** Small pages under one address, and plans for them: what the tests of phases stand on. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { FillStep, GestureStep, PressStep, Plan, Step } from "../../plan/index.ts";
import { dialBundle, launchTestBrowser } from "./browser.ts";
import { testHost, type PageHost, type TestHostOptions } from "./drive.ts";

export const HOST = "shop.example.test";

/** A required text field by its label. */
export const field = (id: string, text: string, more: Partial<FillStep> = {}): FillStep => ({
  id,
  label: id,
  need: "required",
  kind: "fill",
  field: "form",
  value: { kind: "text", text },
  locators: [{ by: "label", text: id }],
  ...more,
});
export const press = (
  name: string,
  expect: PressStep["expect"],
  more: Partial<PressStep> = {},
): PressStep => ({
  id: `press.${name}`,
  label: name,
  need: "required",
  kind: "press",
  locators: [{ by: "role", role: "button", name }],
  expect,
  ...more,
});
/** The one gesture these pages know: `#dial` shows what it was set to. */
export const dial = (value: string, more: Partial<GestureStep> = {}): GestureStep => ({
  id: "Dial",
  label: "Dial",
  need: "required",
  kind: "gesture",
  field: "form",
  gesture: "dial",
  value,
  ...more,
});
export const planOf = (fill: Step[], submit: Step[] = []): Plan => ({
  version: 1,
  marketplace: "none",
  url: `https://${HOST}/`,
  hosts: [HOST],
  fill,
  submit,
});

export type SmallPages = {
  page(): Page;
  /** What each path answers; a path without one shows a page with nothing on it. */
  pages: Record<string, string>;
  /** Goes to a path of the site and gives the page as a host. */
  open(path?: string, options?: TestHostOptions): Promise<PageHost>;
};

export function useSmallPages(): SmallPages {
  let browser: Browser;
  let page: Page;
  const pages: Record<string, string> = {};
  beforeAll(async () => {
    browser = await launchTestBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    await page?.context().close();
    page = await (await browser.newContext()).newPage();
    for (const path of Object.keys(pages)) delete pages[path];
    await page.route(`https://${HOST}/**`, (route) => {
      const body = pages[new URL(route.request().url()).pathname] ?? "<h1>nothing</h1>";
      return route.fulfill({ contentType: "text/html", body: `<!doctype html><meta charset=utf-8>${body}` });
    });
  });
  return {
    page: () => page,
    pages,
    async open(path = "/", options = {}) {
      await page.goto(`https://${HOST}${path}`);
      return testHost(page, await dialBundle(), options);
    },
  };
}
