/**
 * The finder on forms it has never seen: every control's answer was written into the fixture (`data-truth`) before the
 * finder ran. Right or silent: a wrong fill is the worst outcome.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { Driver } from "../testing/drive.ts";
import { launchTestBrowser, pageBundle } from "../testing/browser.ts";
import { scoreForm, type FormScore } from "../testing/score.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures");
const forms = readdirSync(folder).filter((file) => file.endsWith(".html"));

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

  it.each(forms)("takes no control of %s for what it is not", async (form) => {
    await page.setContent(readFileSync(path.join(folder, form), "utf8"));
    const driver = new Driver(page, await pageBundle());
    await driver.inject();
    const score = await scoreForm(page, form, await driver.inspect());
    scores.push(score);
    expect(score.wrong).toEqual([]);
  });

  it("finds at least 95 % of the fields that are there", () => {
    const found = scores.reduce((sum, one) => sum + one.found, 0);
    const there = scores.reduce((sum, one) => sum + one.there, 0);
    const wrong = scores.reduce((sum, one) => sum + one.wrong.length, 0);
    console.log(`finder: ${scores.length} forms, recall ${((100 * found) / there).toFixed(1)} % (${found}/${there}), precision ${((100 * found) / Math.max(1, found + wrong)).toFixed(1)} %`);
    for (const one of scores) if (one.missed.length > 0) console.log(`  ${one.form} missed: ${one.missed.join("; ")}`);
    expect(found / there).toBeGreaterThanOrEqual(0.95);
  });
});
