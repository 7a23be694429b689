/** Filling forms nobody has described: what is filled is right in the page, what is not an item field is untouched. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { sampleItem, photoReader } from "../../../scripts/inspect-item.ts";
import { openApp, savedBy } from "../testing/apps.ts";
import { launchTestBrowser, pageBundle } from "../testing/browser.ts";
import { fillByMeaning } from "../../host/index.ts";
import { testHost, type PageHost, type World } from "../testing/drive.ts";
import { FORMS } from "../testing/forms.ts";
import { renderForm } from "../testing/layouts.ts";

const folder = path.resolve(import.meta.dirname, "../fixtures");
const pages = readdirSync(folder).filter((file) => file.endsWith(".html"));
const { item, photos } = sampleItem();

const photo = photoReader(photos);
const fill = async (host: PageHost, what = item) => {
  const photoIds = photos.map(({ id }) => id);
  return fillByMeaning(host, await host.document(), { item: what, photoIds, deadlineMs: 60_000 });
};

const LAYOUTS = ["labelFor", "divs", "table"];

/** What the page may hold for each answer, for the sample item. */
const RIGHT: Record<string, RegExp> = {
  title: /^Levi's 501 original jeans, dark blue, W32 L34$/,
  description: /^Worn a handful[^]*No stains, no tears; all buttons are there\.$/,
  price: /^45\.50?$/, cost: /^18(\.00)?$/, quantity: /^(1|Single item)$/, condition: /good|^used$/i, category: /jeans/i, brand: /^Levi's$/, size: /^M$/, colors: /^(Blue|on)$/i,
  material: /^Cotton$/, tags: /^denim, vintage$/, sku: /^LV-501-3234$/, weightGrams: /^(0\.68|680|1\.5|24)$/, weightPounds: /^1$/, weightOunces: /^8$/,
  dimensionsMm: /^(35|25|6|13\.8|9\.8|2\.4|350|250|60)$/, postalCode: /^94107$/, city: /^San Francisco$/, location: /^(San Francisco|94107)$/, notes: /^Bought at/, photos: /^[12]$/,
  shippingProfile: /^(on|off|Buyer pays|Shipping|Ship|Buyer|I'll ship it)$/,
}; // oxfmt-ignore

const state = (page: Page): Promise<{ truth: string; before: string; now: string; html: string }[]> =>
  page.evaluate(`(() => {
    const read = (one) => one.type === "file" ? String(one.files.length) : one.type === "radio" || one.type === "checkbox" ? (one.checked ? (one.type === "radio" ? one.parentElement.innerText.trim() : "on") : "off")
      : one.tagName === "SELECT" ? (one.selectedIndex > 0 ? one.options[one.selectedIndex].text : "") : one.isContentEditable ? one.innerText.trim() : (one.value ?? "");
    return [...document.querySelectorAll("[data-truth]")].map((one) => ({ truth: one.dataset.truth, before: one.dataset.before ?? (one.dataset.before = read(one)), now: read(one), html: one.outerHTML.slice(0, 110) }));
  })()`);

describe("filling by meaning", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchTestBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  });
  afterAll(() => browser.close());

  const forms: [string, string][] = [
    ...pages.map((file): [string, string] => [file, readFileSync(path.join(folder, file), "utf8")]),
    // How a form is laid out is the finder's affair (accuracy.test.ts tries every form in every layout); here they take turns.
    ...FORMS.map((form, index): [string, string] => {
      const layout = LAYOUTS[index % LAYOUTS.length] ?? "divs";
      return [`${form.title} (${layout})`, renderForm(form.title, form.sections, layout)];
    }),
  ];
  it.each(forms)("leaves nothing wrong in %s", async (_name, html) => {
    await page.goto("about:blank"); // each form in a document of its own
    await page.setContent(html);
    await state(page);
    const { controls } = await fill(testHost(page, await pageBundle(), { photo }));
    const after = await state(page);
    const wrong = after.filter(({ truth, before, now }) => {
      if (now === before || (before === "off" && now === "off")) return false;
      const right = truth.split("|").filter((one) => one !== "none");
      return !right.some((one) => RIGHT[one]?.test(now));
    });
    expect(wrong).toEqual([]);
    if (process.env["SHOW_MISSED"])
      for (const one of controls)
        if (one.field && one.status !== "filled")
          console.log(
            `  ${_name}: ${one.field} "${one.label}" ${one.kind} ${one.status} ${one.reason ?? ""}`,
          );
    const claimed = controls.filter((one) => one.status === "filled");
    expect(claimed.length).toBeGreaterThan(3);
  });

  it.each<World>(["main", "isolated"])(
    "fills real widgets of an unknown application in the %s world",
    async (world) => {
      await openApp(page, "react-widgets.tsx");
      await fill(testHost(page, await pageBundle(), { world, photo }), { ...item, category: null });
      expect(await savedBy(page)).toMatchObject({
      title: item.title, price: "$45.50", brand: "Levi's", condition: "Used – good", material: "Cotton", quantity: "1", size: "M", color: "Blue", tags: ["denim", "vintage"],
      payer: "Buyer", delivery: "Ship", slate: item.description, photos: ["sample-1.png", "sample-2.png"],
      pattern: "", style: null, season: null, year: 0, genre: "", offers: true, boost: true, pickup: true, handmade: false, nickname: expect.not.stringContaining("Levi") as string, category: "",
    }); // oxfmt-ignore
    },
  );
});
