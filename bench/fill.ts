/**
 * Each practice form, filled over and over and never published: Hawker in the tab (isolated world, as a content script),
 * Hawker in the worker (main world), a hand-written Playwright script, and the floor (raw DOM writes by known handles).
 * All start with opening the form and end when the last press would publish; one photo each. Variants take turns, so
 * that a slow minute of the machine hits them alike.
 */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import type { Item } from "#core/item/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Plan } from "#core/plan/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { runPlanInPage, type HostRun, type World } from "#marketplaces/testing/host.ts";
import { pageBundle } from "#marketplaces/testing/page-bundle.ts";
import { openPracticeBrowser, type PracticeBrowser } from "#marketplaces/testing/practice-browser.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { floorFill as craigslistFloor } from "#practice/craigslist/floor.ts";
import { postByScript as craigslistScript } from "#practice/craigslist/script.ts";
import { floorFill as facebookFloor } from "#practice/facebook/floor.ts";
import { postByScript as facebookScript } from "#practice/facebook/script.ts";
import { jacket } from "#practice/items.ts";
import { fieldNames } from "#practice/sites.ts";
import { floorFill as mercariFloor } from "#practice/mercari/floor.ts";
import { postByScript as mercariScript } from "#practice/mercari/script.ts";
import { makePhotos } from "#practice/testing.ts";
import { median, percentile, round, type BenchResult } from "./bench.ts";

const RUNS = Number(process.env["HAWKER_BENCH_RUNS"] ?? 20);
const SITES = ["facebook", "mercari", "craigslist"] as const;
const SCRIPTS = { facebook: facebookScript, mercari: mercariScript, craigslist: craigslistScript };
const FLOORS = { facebook: facebookFloor, mercari: mercariFloor, craigslist: craigslistFloor };

const item: Item = { ...SAMPLES["denim-jacket"], photos: SAMPLES["denim-jacket"].photos.slice(0, 1) };
const planOf = (site: ChannelId): Plan =>
  MARKETPLACES[site].planFor(item, { photoIds: item.photos.map((p) => p.id) });

type Inline = { name: string; mime: string; base64: string };

/** The floor: one page, or one evaluate per page of the wizard. */
async function floor(page: Page, site: ChannelId, photos: Inline[]): Promise<void> {
  const source = FLOORS[site](jacket, { photos });
  await page.goto(planOf(site).url);
  if (site !== "craigslist") return void (await page.evaluate(source));
  while (new URL(page.url()).searchParams.get("s") !== "preview") {
    const next = page.waitForEvent("framenavigated", {
      predicate: (frame) => frame === page.mainFrame(),
      timeout: 20_000,
    });
    await page.evaluate(source).catch((cause: unknown) => {
      // The page left while the source was still answering: that is what it was for.
      if (!/context was destroyed|navigat/i.test(String(cause))) throw cause;
    });
    await next.catch((cause: unknown) => {
      throw new Error(`the floor is stuck at ${page.url()}`, { cause });
    });
    await page.waitForLoadState("domcontentloaded");
  }
}

async function hawker(
  page: Page,
  plan: Plan,
  world: World,
  practice: PracticeBrowser,
  bundle: string,
): Promise<HostRun> {
  const run = await runPlanInPage(page, plan, {
    bundle,
    world,
    photo: practice.photosFor(item.photos.map((p) => p.id)),
    trusted: world === "main",
  });
  if (run.fill.kind !== "complete")
    throw new Error(
      `${plan.marketplace}: ${run.fill.kind}: ${JSON.stringify(run.steps.filter((s) => s.status !== "done" && s.status !== "skipped"))}`,
    );
  return run;
}

const isField = (id: string, plan: Plan) =>
  plan.fill.some((s) => s.id === id && (s.kind === "fill" || s.kind === "gesture"));

/** Publishes one of each and asks the ledger: title, price and photo as meant says the fast path is the right path. */
async function publishes(practice: PracticeBrowser, site: ChannelId, bundle: string): Promise<boolean> {
  const plan = planOf(site);
  await practice.control.reset({ site, keepSessions: true });
  await practice.withPage(site, (page) =>
    runPlanInPage(page, plan, {
      bundle,
      world: "isolated",
      photo: practice.photosFor(item.photos.map((p) => p.id)),
      permit: () => Promise.resolve(true),
    }),
  );
  const [listing, ...more] = (await practice.control.ledger({ site })).listings;
  const title = listing?.fields[fieldNames[site].title];
  return (
    more.length === 0 &&
    title === item.title &&
    Number(listing?.fields["price"]) === item.price.amountMinor / 100 &&
    listing?.photos.length === 1
  );
}

export async function run(say: (text: string) => void): Promise<BenchResult> {
  const practice = await openPracticeBrowser();
  try {
    const bundle = await pageBundle();
    const dir = await mkdtemp(path.join(tmpdir(), "hawker-bench-"));
    const [photo = ""] = await makePhotos(dir, 1);
    const inline: Inline[] = [
      { name: "photo-1.jpg", mime: "image/jpeg", base64: (await readFile(photo)).toString("base64") },
    ];
    const table = [
      "form         tab ms  worker ms  script ms  floor ms   tab/script  worker/script  tab/floor",
    ];
    const ratios = {
      tabVsScript: [] as number[],
      workerVsScript: [] as number[],
      tabVsFloor: [] as number[],
    };
    let fields = 0;
    let correct = 0;
    for (const site of SITES) {
      const plan = planOf(site);
      const times: Record<"tab" | "worker" | "script" | "floor", number[]> = {
        tab: [],
        worker: [],
        script: [],
        floor: [],
      };
      const timed = async (
        key: keyof typeof times,
        act: (page: Page) => Promise<HostRun | void | null | object>,
        keep: boolean,
      ) =>
        practice.withPage(site, async (page) => {
          const began = performance.now();
          const result = await act(page);
          if (keep) times[key].push(performance.now() - began);
          return result;
        });
      say(`${site}: ${RUNS} runs of four variants`);
      for (let i = -1; i < RUNS; i += 1) {
        for (const world of ["isolated", "main"] as const) {
          const result = (await timed(
            world === "isolated" ? "tab" : "worker",
            (page) => hawker(page, plan, world, practice, bundle),
            i >= 0,
          )) as HostRun;
          const steps = result.steps.filter((s) => isField(s.id, plan));
          fields += steps.length;
          correct += steps.filter(
            (s) => (s.status === "done" && s.verified) || s.status === "skipped",
          ).length;
        }
        await timed(
          "script",
          (page) => SCRIPTS[site](page, jacket, { photos: [photo], submit: false }),
          i >= 0,
        );
        await timed("floor", (page) => floor(page, site, inline), i >= 0);
      }
      const m = {
        tab: median(times.tab),
        worker: median(times.worker),
        script: median(times.script),
        floor: median(times.floor),
      };
      ratios.tabVsScript.push(m.tab / m.script);
      ratios.workerVsScript.push(m.worker / m.script);
      ratios.tabVsFloor.push(m.tab / m.floor);
      table.push(
        `${site.padEnd(12)}${[m.tab, m.worker, m.script, m.floor].map((v) => v.toFixed(0).padStart(8)).join("  ")}   ${[m.tab / m.script, m.worker / m.script, m.tab / m.floor].map((v) => v.toFixed(2).padStart(10)).join(" ")}`,
      );
      fields += 1;
      correct += (await publishes(practice, site, bundle)) ? 1 : 0;
    }
    say("15 fields without photos");
    const bare = { ...planOf("mercari") };
    bare.fill = bare.fill.filter((s) => !(s.kind === "fill" && s.field === "photos"));
    const fifteen: number[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      await practice.withPage("mercari", async (page) => {
        const began = performance.now();
        await runPlanInPage(page, bare, { bundle, world: "isolated", photo: practice.photosFor([]) });
        fifteen.push(performance.now() - began);
      });
    }
    const worst = (values: number[]) => round(Math.max(...values));
    return {
      figures: {
        tabVsScript: worst(ratios.tabVsScript),
        workerVsScript: worst(ratios.workerVsScript),
        tabVsFloor: worst(ratios.tabVsFloor),
        p95Ms15: round(percentile(fifteen, 95), 0),
        fieldsCorrect: round(correct / fields, 4),
      },
      goals: {
        tabVsScript: { op: "<=", value: 0.8 },
        workerVsScript: { op: "<=", value: 0.85 },
        tabVsFloor: { op: "<=", value: 1.4 },
        p95Ms15: { op: "<=", value: 3000 },
        fieldsCorrect: { op: "=", value: 1 },
      },
      table,
    };
  } finally {
    await practice.close();
  }
}
