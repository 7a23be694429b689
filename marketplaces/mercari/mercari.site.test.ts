import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { testHost } from "#core/fill/testing/drive.ts";
import { readListings } from "#core/host/index.ts";
import { pageBundle } from "../testing/page-bundle.ts";
import { siteSuite } from "../testing/site-suite.ts";
import { mercari } from "./index.ts";

/** A tab that nobody looks at: it says so, and nothing ever comes into its sight. */
const UNSEEN = `
  Object.defineProperty(Document.prototype, "visibilityState", { get: () => window.seen ? "visible" : "hidden" });
  const observe = IntersectionObserver.prototype.observe;
  IntersectionObserver.prototype.observe = function (target) { if (window.seen) observe.call(this, target); };`;

siteSuite("mercari", ({ site, post, golden, expectListed }) => {
  it("fills over a left-over draft, and closes what lies over the form", async () => {
    for (const fault of ["welcome-dialog", "cookie-banner"] as const)
      await site().control.fault("mercari", fault);
    await site().control.fault("mercari", "restore-draft", {
      draft: {
        title: "Something else",
        description: "Words that were left here some other day.",
        price: "7.00",
        brand: "Nike",
      },
    });
    const run = await post(golden("denim-jacket"));
    expect(run.outcome?.kind).toBe("listed");
    await expectListed("denim-jacket");
  });

  it("waits for a slow server's suggestions instead of pressing them shut", async () => {
    await site().control.fault("mercari", "slow", { ms: 1600 });
    const run = await post(golden("denim-jacket"));
    expect(run.outcome?.kind).toBe("listed");
    await expectListed("denim-jacket");
  });

  it.each<[string, string, (page: Page) => Promise<void>]>([
    [
      "the place",
      "zip",
      async (page) => {
        await page.getByTestId("ShipsFromAddButton").click();
        await page.getByLabel("ZIP code").fill("10001");
        await page.getByRole("button", { name: "Save", exact: true }).click();
      },
    ],
    [
      "the carrier",
      "label",
      async (page) => {
        await page.getByTestId("SelectShipping").click();
        await page.getByTestId("SelectCarrierButton").click();
        await page
          .getByRole("radio", { name: /UPS|FedEx/ })
          .first()
          .check();
        await page.getByTestId("SelectCarrierSaveButton").click();
      },
    ],
  ])("presses nothing when %s of the filled form is another by then", async (_what, step, beforeSubmit) => {
    const run = await post(golden("denim-jacket"), { beforeSubmit });
    expect(run.fill.kind).toBe("complete");
    expect(run.submit).toMatchObject({
      kind: "refused",
      why: { stuck: [{ id: step, reason: "site-changed-it" }] },
    });
    const { entries } = await site().control.ledger({ site: "mercari" });
    expect(entries.filter(({ kind }) => kind === "submit")).toEqual([]);
  });

  it("puts right what image recognition overwrites", async () => {
    await site().control.fault("mercari", "recognition", {
      ms: 900,
      force: true,
      result: { title: "Vintage ceramic vase", category: "Home > Home decor > Vases", brand: "West Elm" },
    });
    const run = await post(golden("denim-jacket"));
    const { listings } = await site().control.ledger({ site: "mercari" });
    if (listings.length > 0) await expectListed("denim-jacket");
    else expect([run.fill.kind, run.submit?.kind]).toContain("refused");
  });

  it("has a long list shown when a hidden tab does not draw the rest of it", async () => {
    const listings = Array.from({ length: 45 }, (_, index) => ({
      title: `Brass lamp ${index}`,
      price: "12",
    }));
    await site().control.list("mercari", "maria", listings);
    await site().withPage("mercari", async (page) => {
      await page.addInitScript(UNSEEN);
      const shown: string[] = [];
      const host = {
        ...testHost(page, await pageBundle()),
        async show() {
          shown.push(new URL(page.url()).pathname);
          await page.addInitScript("window.seen = true");
          return async () => void (await page.addInitScript("window.seen = false"));
        },
      };
      const read = await readListings(host, mercari, { anchors: [], now: () => Date.now() });
      expect(read).toMatchObject({ complete: true, gaps: [] });
      expect("rows" in read && read.rows).toHaveLength(45);
      expect(shown).toEqual(["/mypage/listings/active/"]);
    });
  });
});
