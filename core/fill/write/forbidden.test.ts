/** What may never be touched is refused where it is written too, whoever found it, and however it came to be forbidden. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { pageBundle } from "../../../worker/browser/page-bundle.ts";
import type { FillStep, Plan, Step } from "../../plan/index.ts";
import { launchTestBrowser } from "../testing/browser.ts";
import { runPhaseIn, testHost } from "../testing/drive.ts";

const HOST = "own.example.test";
const planOf = (...fill: Step[]): Plan => ({
  version: 1,
  marketplace: "none",
  url: "",
  hosts: [HOST],
  fill,
  submit: [],
});
const gesture = (css: string): Step => ({
  kind: "gesture",
  id: "gesture",
  label: "gesture",
  field: "form",
  need: "optional",
  gesture: "test.fillElement",
  value: [css, "Hat"],
});
const fill = (css: string): FillStep => ({
  kind: "fill",
  id: "field",
  label: "field",
  field: "form",
  need: "optional",
  value: { kind: "text", text: "Hat" },
  locators: [{ by: "css", css }],
});
const FORBIDDEN: [string, string][] = [
  ["a password", "<label>Title <input id=x type=password></label>"],
  ["a card number by its label alone", "<label>Card number <input id=x></label>"],
  ["a field that is not drawn", "<label style='display:none'>Title <input id=x></label>"],
  ["a field that is faded out", "<label style='opacity:0'>Title <input id=x></label>"],
  ["a field far off the page", "<label style='position:absolute;left:-9999px'>Title <input id=x></label>"],
  ["a trap for robots", "<label>Leave this field empty <input id=x></label>"],
  ["a captcha's answer", "<textarea id=x name=g-recaptcha-response></textarea>"],
];

describe("a forbidden control", () => {
  let browser: Browser;
  let page: Page;
  let body = "";
  beforeAll(async () => {
    browser = await launchTestBrowser();
    page = await browser.newPage();
    await page.route(`https://${HOST}/`, (route) =>
      route.fulfill({ contentType: "text/html", body: `<!doctype html><meta charset=utf-8>${body}` }),
    );
  });
  afterAll(() => browser.close());
  const run = async (html: string, ...steps: Step[]) => {
    body = html;
    await page.goto(`https://${HOST}/`);
    const host = testHost(page, await pageBundle("core/fill/testing/test-entry.ts"));
    return runPhaseIn(host, planOf(...steps), { deadlineMs: 5000 });
  };

  it.each(FORBIDDEN)("is not filled by a gesture: %s", async (_what, html) => {
    const end = await run(html, gesture("#x"));
    expect(end.steps).toMatchObject([{ status: "refused", reason: "forbidden-control" }]);
    expect(await page.inputValue("#x")).toBe("");
  });

  it.each(FORBIDDEN)("is not filled by a plan's own handle: %s", async (_what, html) => {
    const end = await run(html, fill("#x"));
    expect(end.steps).toMatchObject([{ status: "refused", reason: "forbidden-control" }]);
    expect(await page.inputValue("#x")).toBe("");
  });

  it("is not written again when a field became one", async () => {
    const end = await run(
      `<label>Title <input id=x></label><label>Brand <input id=y></label>
       <script>y.addEventListener("change", () => { x.value = ""; x.type = "password" }, { once: true })</script>`,
      fill("#x"),
      { ...fill("#y"), id: "second" },
    );
    expect(end.steps.find(({ id }) => id === "field")).toMatchObject({ status: "refused" });
    expect(await page.inputValue("#x")).toBe("");
  });

  it("is what a plain field is not", async () => {
    const end = await run("<label>Title <input id=x></label>", gesture("#x"));
    expect(end.steps).toMatchObject([{ status: "done", verified: true }]);
    expect(await page.inputValue("#x")).toBe("Hat");
  });
});
