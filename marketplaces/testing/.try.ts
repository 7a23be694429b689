import { openPracticeBrowser } from "/work/main/marketplaces/testing/practice-browser.ts";
import { goldensNow } from "/work/main/marketplaces/testing/golden-plans.ts";
import { runPlanInPage } from "/work/main/marketplaces/testing/host.ts";
import { pageBundle } from "/work/main/marketplaces/testing/page-bundle.ts";
const [site, sample, world = "main", mutate] = process.argv.slice(2);
const p = await openPracticeBrowser();
try {
  if (mutate) await p.control.mutate(mutate, "locators");
  for (const g of goldensNow()) {
    if (site && site !== "all" && g.channel !== site) continue;
    if (sample && sample !== "all" && g.sample !== sample) continue;
    await p.control.reset();
    const item = (await import("/work/main/marketplaces/testing/sample-items.ts")).SAMPLES[g.sample];
    const ids = item.photos.map((x) => x.id);
    const bundle = await pageBundle();
    await p.withPage(g.channel, async (page) => {
      page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
      try {
        const run = await runPlanInPage(page, g.plan, {
          bundle,
          world: world as never,
          photo: p.photosFor(ids),
          permit: async () => true,
        });
        console.log(
          "==",
          g.channel,
          g.sample,
          world,
          run.fill.kind,
          run.submit?.kind,
          JSON.stringify(run.outcome),
          Math.round(run.ms),
        );
        for (const s of run.steps)
          if (s.status !== "done" || !s.verified || s.ms > 1000)
            console.log(
              "  ",
              s.id,
              s.need,
              s.status,
              s.reason ?? "",
              s.detail ?? "",
              s.verified,
              s.ms,
              JSON.stringify(s.found),
            );
        const { listings, entries } = await p.control.ledger({ site: g.channel });
        if (process.env.V)
          console.log(
            JSON.stringify(listings[0]?.fields),
            listings[0]?.photos.map((x) => x.sha256).join() === p.hashesFor(ids).join(),
          );
        else
          console.log(
            "   listings",
            listings.length,
            listings[0]?.photos.map((x) => x.sha256).join() === p.hashesFor(ids).join(),
            entries
              .filter((e) => e.kind === "submit")
              .map((e) => JSON.stringify((e as never as { reasons: string[] }).reasons))
              .join(),
          );
        if (run.fill.kind !== "complete" || run.submit?.kind !== "complete")
          await page.screenshot({ path: `/tmp/mk/${g.channel}-${g.sample}.png` });
      } catch (e) {
        console.log("==", g.channel, g.sample, "THREW", e);
        await page.screenshot({ path: `/tmp/mk/${g.channel}-${g.sample}.png` });
      }
    });
  }
} finally {
  await p.close();
}
