/** Every writer against the real libraries, in the main world (worker) and an isolated world (content script). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import type { ControlValue, FillStep, Locator, PagePhoto, Plan } from "../../plan/index.ts";
import { openApp, savedBy } from "../testing/apps.ts";
import { launchTestBrowser, pageBundle } from "../testing/browser.ts";
import { runPhaseIn, testHost, type World } from "../testing/drive.ts";

const label = (text: string): Locator[] => [{ by: "label", text }];
const step = (id: string, value: ControlValue, locators: Locator[] = label(id)): FillStep => ({
  id,
  label: id,
  need: "required",
  kind: "fill",
  field: "form",
  value,
  locators,
});
const planOf = (fill: Plan["fill"]): Plan => ({
  version: 1,
  marketplace: "none",
  url: "about:blank",
  hosts: [""],
  fill,
  submit: [],
});
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
const photo = (id: string): Promise<PagePhoto> =>
  Promise.resolve({ id, name: `${id}.png`, mime: "image/png", base64: PNG });

const TEXT = "Worn twice.\nNo stains: really.";
const REACT: [string, ControlValue, unknown, Locator[]?][] = [
  [
    "photos",
    { kind: "photos", photoIds: ["a", "b", "c"] },
    ["a.png", "b.png", "c.png"],
    [{ by: "css", css: "input[type=file]" }],
  ],
  ["title", { kind: "text", text: 'A fine "thing"' }, 'A fine "thing"', label("Listing title")],
  ["price", { kind: "money", text: "24.5" }, "$24.50", label("Price")],
  ["brand", { kind: "search", query: "Levi", accept: ["Levi's"] }, "Levi's", label("Brand")],
  ["tags", { kind: "chips", texts: ["denim", "old school"] }, ["denim", "old school"], label("Tags")],
  ["condition", { kind: "choice", accept: ["Used - Good"] }, "Used – good", label("Condition")],
  ["material", { kind: "search", query: "Line", accept: ["Linen"] }, "Linen", label("Material")],
  ["quantity", { kind: "text", text: "3" }, "3", label("Quantity")],
  ["offers", { kind: "switch", on: false }, false, label("Accept offers")],
  ["size", { kind: "choice", accept: ["M"] }, "M", label("Size")],
  ["pattern", { kind: "search", query: "Strip", accept: ["Striped"] }, "Striped", label("Pattern")],
  ["boost", { kind: "switch", on: false }, false, label("Promote listing")],
  ["payer", { kind: "choice", accept: ["Seller"] }, "Seller", label("Who pays for shipping?")],
  ["color", { kind: "choice", accept: ["Blue"] }, "Blue", label("Color")],
  ["pickup", { kind: "switch", on: false }, false, label("Local pickup")],
  ["delivery", { kind: "choice", accept: ["Ship"] }, "Ship", label("Delivery method")],
  ["handmade", { kind: "switch", on: true }, true, label("Handmade")],
  ["style", { kind: "choice", accept: ["Formal"] }, "Formal", label("Style")],
  ["season", { kind: "search", query: "Win", accept: ["Winter"] }, "Winter", label("Season")],
  ["year", { kind: "text", text: "1999" }, 1999, label("Year made")],
  [
    "location",
    { kind: "search", query: "Austin", accept: ["Austin, Texas"] },
    "Austin, Texas",
    label("Location"),
  ],
  ["genre", { kind: "choice", accept: ["Genre 273"] }, "Genre 273", label("Genre")],
  ["finish", { kind: "choice", accept: ["Glossy"] }, "Glossy", label("Finish")],
  [
    "category",
    { kind: "path", path: ["Men", "Tops", "T-shirts"] },
    "Men > Tops > T-shirts",
    label("Category"),
  ],
  ["slate", { kind: "richText", text: TEXT }, TEXT, label("Description")],
  ["tiptap", { kind: "richText", text: TEXT }, TEXT, label("Care notes")],
  ["nickname", { kind: "text", text: "Mine" }, "Mine", label("Short name")],
];
const OTHER: [string, ControlValue, unknown, Locator[]][] = [
  ["condition", { kind: "choice", accept: ["good"] }, "40", [{ by: "css", css: "select[name=condition]" }]],
  ["headline", { kind: "text", text: "Hello" }, "Hello", label("Headline")],
  ["kind", { kind: "choice", accept: ["Rent"] }, "Rent", label("Kind")],
  ["fancy", { kind: "choice", accept: ["Blue"] }, "Blue", label("Colour")],
  ["on", { kind: "switch", on: true }, true, label("Delivery available")],
  ["tiny", { kind: "richText", text: TEXT }, "Worn twice.\n\nNo stains: really.", label("Item details")],
  ["lexical", { kind: "richText", text: TEXT }, TEXT, label("Extra text")],
];

describe.each<World>(["main", "isolated"])("writers in the %s world", (world) => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchTestBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.on("pageerror", (error) => console.error(`page: ${error.message}`));
  });
  afterAll(() => browser.close());

  /** Fills every row in an application that is open, and asks the application itself what it holds. */
  const fillsAll = async (cases: typeof REACT): Promise<void> => {
    const host = testHost(page, await pageBundle(), { world, photo });
    const rows = cases.map(([id, value, , locators]) => ({
      ...step(id, value, locators),
      need: "optional" as const,
    }));
    const { steps: reports } = await runPhaseIn(host, planOf(rows), { deadlineMs: 90_000 });
    const bad = reports
      .filter((one) => one.status !== "done" || !one.verified)
      .map((one) => `${one.id}: ${one.status} ${one.reason ?? ""} ${one.detail ?? ""}`);
    if (process.env["SHOW_TIMES"])
      console.log(reports.map((one) => `${one.id} ${one.ms} ms x${one.attempts}`).join(", "));
    expect(bad).toEqual([]);
    const saved = await savedBy(page);
    expect(Object.fromEntries(cases.map(([id]) => [id, saved[id]]))).toEqual(
      Object.fromEntries(cases.map(([id, , wanted]) => [id, wanted])),
    );
  };

  it("fill React widgets and the application holds what was meant", async () => {
    await openApp(page, "react-widgets.tsx");
    await fillsAll(REACT);
  });

  it("fill jQuery UI, Vue, TinyMCE and Lexical", async () => {
    await openApp(page, "other-widgets.ts");
    await page.waitForFunction("window.saved.ready");
    await fillsAll(OTHER);
  });
});
