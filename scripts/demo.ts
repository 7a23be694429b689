/**
 * `npm run demo`: the main job from sign-up to twelve listings, checked against the ledgers of the practice sites.
 * Everything is real: the browser with the built extension, Postgres, the API, the worker.
 */
import type { Posting } from "#core/posting/index.ts";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { PostEventRow } from "#extension/store/rows.ts";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { EXTENSION_ID, startEverything } from "./everything.ts";
import { ensureSampleInventory } from "./sample/inventory.ts";
import { SAMPLE_ITEMS } from "./sample/items.ts";
import type { Site } from "./demo/expected.ts";
import { judge, Ledger, type Planned, type Posted, type Verdict } from "./demo/judge.ts";
import { findLeaks } from "./demo/leaks.ts";
import { Seller } from "./demo/seller.ts";
import { settledTargets } from "./demo/settled-targets.ts";

const { values } = parseArgs({
  options: { json: { type: "boolean" }, headed: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});
if (values.help) {
  console.log(`npm run demo -- [--json] [--headed]

A new seller signs up, imports 12 items, connects three practice marketplaces, posts 3 items to each in tabs, fills one
for review, schedules one for the cloud and closes the browser. Then the ledgers are checked.

--headed  show the browser     --json  last line is one JSON object`);
  process.exit(0);
}

const SITES: Site[] = ["facebook", "mercari", "craigslist"];
const TAB_ITEMS = [1, 2, 5];
const REVIEW_ITEM = 11;
const CLOUD_ITEM = 11;
const root = path.resolve(import.meta.dirname, "..");
const dir = path.join(root, ".hawker");
const shots = path.join(dir, "shots");
const began = performance.now();
const say = (text: string) =>
  console.error(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const title = (number: number) => SAMPLE_ITEMS[number - 1]?.title ?? "";

type Result = Verdict & { ok: boolean; leaks: number };

async function main(): Promise<Result> {
  await rm(shots, { recursive: true, force: true });
  await mkdir(shots, { recursive: true });
  const [sample, all] = await Promise.all([
    ensureSampleInventory(path.join(dir, "sample")),
    startEverything({ dir, say }),
  ]);
  const profile = await mkdtemp(path.join(tmpdir(), "hawker-demo-"));
  const ledger = new Ledger(all.practice.controlUrl);
  const responses: { url: string; body: string }[] = [];
  let unread = 0;
  let context: BrowserContext | null = null;
  try {
    await ledger.post("/reset");
    context = await openBrowser(profile, all.chromium, all.extensionDir, all.browserArgs);
    context.on("response", (response) => {
      if (!response.url().startsWith(all.apiUrl) && !response.url().startsWith(all.supabaseUrl)) return;
      // Answers to preflights and to pages since closed have no body to read any more.
      void response.text().then(
        (body) => responses.push({ url: response.url(), body }),
        () => (unread += 1),
      );
    });
    const seller = new Seller(context, EXTENSION_ID, async (page: Page, name: string) => {
      await page.screenshot({ path: path.join(shots, `${name}.png`) });
    });
    const email = `seller-${Date.now()}@example.test`;
    say("a new seller signs up");
    await seller.signUp(email, "a long enough password");
    say("imports 12 items with their photos");
    await seller.importItems(sample.csv, sample.photos, SAMPLE_ITEMS.length);
    say("logs in to the three sites and connects them");
    await Promise.all(SITES.map((site) => seller.logIn(site, "maria@example.test", "practice-maria")));
    for (const site of SITES) await seller.connect(site);
    say("posts 3 items to 3 sites, in tabs");
    await seller.crosspost(TAB_ITEMS.map(title), { sites: SITES, where: "tabs", mode: "publish" });
    const tabRows = TAB_ITEMS.flatMap((item) => SITES.map((site) => ({ title: title(item), site })));
    await ledger.waitFor(9, 240_000).catch(tellPosts(seller));
    await seller.waitForState(tabRows, "done", "07-posted", 60_000);
    say("fills one for review, publishing nothing");
    const before = (await ledger.listings()).length;
    await seller.crosspost([title(REVIEW_ITEM)], { sites: ["mercari"], where: "tabs", mode: "review" });
    await waitForReady(seller, 90_000).catch(tellPosts(seller));
    await seller.waitForState(
      [{ title: title(REVIEW_ITEM), site: "mercari" }],
      "needs_human",
      "08-review",
      20_000,
    );
    if ((await ledger.listings()).length !== before) throw new Error("Review mode published something.");
    await cancelReview(seller);
    say("schedules one item for the cloud, and closes the browser");
    await seller.crosspost([title(CLOUD_ITEM)], { sites: SITES, where: "cloud", mode: "publish" });
    const posts = await seller.rows<PostTimes>("posts");
    for (const { level, platform, message } of await seller.rows<PostEventRow>("postEvents"))
      if (level !== "info" || message.includes("again")) say(`${platform}: ${message}`);
    await context.close();
    context = null;
    await ledger.waitFor(12, 180_000);
    const targets = await settledTargets(all.adminDatabaseUrl);
    say("checks the ledgers, and searches for session values");
    const plan: Planned[] = [
      ...TAB_ITEMS.flatMap((item) => SITES.map((site) => ({ site, item, driver: "tab" as const }))),
      ...SITES.map((site) => ({ site, item: CLOUD_ITEM, driver: "cloud" as const })),
    ];
    const [verdict, { leaks, canaries }] = await Promise.all([
      judge(ledger, plan, ({ site, item, driver }) =>
        driver === "tab"
          ? tabTimes(posts, site, title(item))
          : (targets.get(site) ?? { fillMs: null, totalMs: null }),
      ),
      findLeaks({
        controlUrl: all.practice.controlUrl,
        adminDatabaseUrl: all.adminDatabaseUrl,
        dir,
        leaveOut: [path.join(dir, "practice"), path.join(dir, "extension")],
        responses,
      }),
    ]);
    say(
      `searched for ${canaries} session values in tables, files and ${responses.length} responses (${unread} without a body): ${leaks.length} found`,
    );
    const complaints = [...verdict.complaints, ...leaks.map((l) => `leak: ${l.cookie} in ${l.where}`)];
    return {
      ...verdict,
      complaints,
      leaks: leaks.length,
      ok: complaints.length === 0 && verdict.listings.length === 12,
    };
  } finally {
    await context?.close();
    await all.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function openBrowser(
  profile: string,
  executablePath: string,
  extension: string,
  args: string[],
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: null,
    args: [
      ...args,
      ...(values.headed ? [] : ["--headless=new"]),
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
}

/** What says why a post is not live. */
type PostState = {
  item: { title: string };
  platform: string;
  posting: Pick<Posting, "state" | "ending" | "question">;
  note: unknown;
  progress: unknown;
  stepReports: unknown[];
};

/** Says of every post that is not live where it stands, then fails as before. */
const tellPosts = (seller: Seller) => async (cause: unknown) => {
  for (const p of await seller.rows<PostState>("posts")) {
    const { state, ending, question } = p.posting;
    if (state === "done") continue;
    const { note, progress, stepReports } = p;
    const more = JSON.stringify({ ending, asks: question?.kind, note, progress, last: stepReports.at(-1) });
    say(`${p.item.title} on ${p.platform}: ${state}, ${more}`);
  }
  throw cause;
};

type PostTimes = {
  id: string;
  platform: Site;
  item: { title: string };
  posting: Pick<Posting, "state">;
  fillMs: number | null;
  createdAt: string;
  startedAt: string | null;
  settledAt: string | null;
};

const tabTimes = (posts: PostTimes[], site: Site, name: string) => {
  const post = posts.find((p) => p.platform === site && p.item.title === name && p.posting.state === "done");
  const from = post?.startedAt ?? post?.createdAt;
  return {
    fillMs: post?.fillMs ?? null,
    totalMs: post?.settledAt && from ? Date.parse(post.settledAt) - Date.parse(from) : null,
  };
};

/** The review post says it is ready on the jobs screen. */
async function waitForReady(seller: Seller, timeoutMs: number): Promise<void> {
  const page = await seller.dashboard("jobs");
  await page.getByText("Ready to publish").first().waitFor({ timeout: timeoutMs });
  await page.close();
}

async function cancelReview(seller: Seller): Promise<void> {
  const page = await seller.dashboard("jobs");
  const row = page.getByRole("listitem", { name: `${title(REVIEW_ITEM)} on Mercari` }).first();
  await row.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelled").first().waitFor();
  await page.close();
}

function printTable(listings: Posted[]): void {
  const seconds = (ms: number | null) => (ms === null ? "-" : (ms / 1000).toFixed(1));
  const row = (cells: string[]) =>
    console.log(
      `${cells[0]?.padEnd(12)}${cells[1]?.padEnd(7)}${cells[2]?.slice(0, 44).padEnd(46)}${cells[3]?.padStart(8)}${cells[4]?.padStart(8)}${cells[5]?.padStart(8)}${cells[6]?.padStart(8)}`,
    );
  row(["channel", "driver", "item", "fields", "photos", "fill s", "all s"]);
  for (const l of listings)
    row([
      l.channel,
      l.driver,
      l.item,
      `${l.fields.correct}/${l.fields.expected}`,
      `${l.photos.correct}/${l.photos.expected}`,
      seconds(l.fillMs),
      seconds(l.totalMs),
    ]);
}

try {
  const result = await main();
  console.log("");
  printTable(result.listings);
  console.log(
    `\n${result.duplicates} listed twice, ${result.leaks} leaks. Screenshots: ${path.relative(root, shots)}/`,
  );
  for (const complaint of result.complaints) console.log(`  ! ${complaint}`);
  console.log(result.ok ? "\nAll as meant. Next: npm start" : "\nNot as meant; the lines above say what.");
  if (values.json)
    console.log(
      JSON.stringify({
        ok: result.ok,
        listings: result.listings,
        duplicates: result.duplicates,
        leaks: result.leaks,
      }),
    );
  process.exitCode = result.ok ? 0 : 1;
} catch (cause) {
  console.error(cause);
  if (values.json)
    console.log(JSON.stringify({ ok: false, listings: [], duplicates: 0, leaks: 0, error: String(cause) }));
  process.exitCode = 1;
}
