/** Small pages of our own in a browser: one step is run on each, and the page's application says what it holds. */
import type { Browser, Page } from "playwright-core";
import type { PhaseEnd } from "../../host/index.ts";
import type { ControlValue, FillStep, Locator, PagePhoto, Plan, StepReport } from "../../plan/index.ts";
import { pageBundle } from "./browser.ts";
import { runPhaseIn, testHost, type World } from "./drive.ts";

const HOST = "own.example.test";
const STYLE = "<style>label,div{display:block;margin:8px}img{width:60px;height:60px}</style>";

export type OwnStep = { value: ControlValue; locators: Locator[] };
export type Ran = { report: StepReport; result: PhaseEnd<unknown>; saved: unknown };
type Options = { photo?: (id: string) => Promise<PagePhoto>; deadlineMs?: number };

class OwnPage {
  readonly #page: Page;
  readonly #world: World;

  private constructor(page: Page, world: World) {
    this.#page = page;
    this.#world = world;
  }

  static async open(browser: Browser, world: World, html: string): Promise<OwnPage> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sell</title>${STYLE}<form onsubmit="return false">${html}</form></html>`;
    await page.route(`https://${HOST}/**`, (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(`https://${HOST}/`);
    return new OwnPage(page, world);
  }

  /** Fills one field; `saved` is what the application holds afterwards. */
  async fill({ value, locators }: OwnStep, { photo, deadlineMs = 20_000 }: Options = {}): Promise<Ran> {
    const step: FillStep = {
      id: "field",
      label: "field",
      need: "required",
      kind: "fill",
      field: "form",
      value,
      locators,
    };
    const plan: Plan = { version: 1, marketplace: "none", url: "", hosts: [HOST], fill: [step], submit: [] };
    const host = testHost(this.#page, await pageBundle(), {
      world: this.#world,
      ...(photo ? { photo } : {}),
    });
    const result = await runPhaseIn(host, plan, { deadlineMs });
    const report = result.steps[0];
    if (!report) throw new Error("The run reported no step.");
    return { report, result, saved: await this.#page.evaluate("window.saved") };
  }

  evaluate<T>(expression: string): Promise<T> {
    return this.#page.evaluate(expression);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

/** Fills one field of a page that is opened for it and closed again. */
export async function fillOn(
  browser: Browser,
  world: World,
  html: string,
  step: OwnStep,
  options?: Options,
): Promise<Ran> {
  const page = await OwnPage.open(browser, world, html);
  try {
    return await page.fill(step, options);
  } finally {
    await page.close();
  }
}
