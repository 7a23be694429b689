/**
 * The finder on forms it has never seen: every control's answer was written down (`data-truth`) before the finder ran.
 * Right or silent: a wrong fill is the worst outcome. Hand-made pages, and the fields of ten kinds of back office and
 * resale form in ten ways of naming a control.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launchTestBrowser, pageBundle } from "../testing/browser.ts";
import { testHost } from "../testing/drive.ts";
import { FORMS } from "../testing/forms.ts";
import { LAYOUTS, renderForm } from "../testing/layouts.ts";
import { scoreForm, type FormScore } from "../testing/score.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures");
const pages = readdirSync(folder).filter((file) => file.endsWith(".html"));

describe("finding by meaning", () => {
  let browser: Browser;
  let page: Page;
  const scores: FormScore[] = [];

  beforeAll(async () => {
    browser = await launchTestBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  });
  afterAll(async () => {
    await browser.close();
  });
  const score = async (name: string, html: string): Promise<FormScore> => {
    await page.goto("about:blank"); // each form in a document of its own
    await page.setContent(html);
    const host = testHost(page, await pageBundle());
    const one = await scoreForm(page, name, await host.ask(await host.document(), "inspect"));
    scores.push(one);
    return one;
  };

  it.each(pages)("takes no control of %s for what it is not", async (name) => {
    expect((await score(name, readFileSync(path.join(folder, name), "utf8"))).wrong).toEqual([]);
  });

  it.each(Object.keys(LAYOUTS))(
    "takes no control for what it is not, named the way of %s",
    async (layout) => {
      const wrong: string[] = [];
      for (const form of FORMS)
        wrong.push(
          ...(await score(`${form.title} (${layout})`, renderForm(form.title, form.sections, layout))).wrong,
        );
      expect(wrong).toEqual([]);
    },
  );

  it("finds at least 95 % of the fields that are there", () => {
    const sum = (of: (one: FormScore) => number) => scores.reduce((total, one) => total + of(one), 0);
    const [found, there, wrong, controls] = [
      sum((one) => one.found),
      sum((one) => one.there),
      sum((one) => one.wrong.length),
      sum((one) => one.controls),
    ];
    const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
    console.log(
      `finder: ${scores.length} forms, ${controls} controls; recall ${share(found, there)} (${found}/${there}), precision ${share(found, found + wrong)}, wrong ${share(wrong, controls)}`,
    );
    if (process.env["SHOW_MISSED"])
      for (const one of scores) for (const missed of one.missed) console.log(`  ${one.form}: ${missed}`);
    expect(found / there).toBeGreaterThanOrEqual(0.95);
  });
});
