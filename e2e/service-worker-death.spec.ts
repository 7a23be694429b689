/**
 * Chrome may stop the service worker at any await. Killed while it fills, as it is permitted to press, right after each submit, and while it reads the
 * seller's listings back: the work goes on by itself, and each site has the listing once, submitted once.
 */
import type { BrowserContext, Page, Request } from "@playwright/test";
import type { PostRow } from "#extension/store/rows.ts";
import type { Site } from "../scripts/demo/expected.ts";
import { judge, type Ledger } from "../scripts/demo/judge.ts";
import { EXTENSION_ID, expect, readyTest as test } from "./fixtures.ts";
import { holdPermits } from "./parts/hold-permits.ts";
import { killServiceWorker } from "./parts/kill-service-worker.ts";
import { posts, states, tellWhatHappened } from "./parts/local-rows.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

/** The extension wakes when a page of it opens, as when the seller looks how things are. */
const lookIn = async (context: BrowserContext): Promise<void> => {
  const popup = await context.newPage();
  await popup.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
  await popup.getByText("Signed in as").waitFor();
  await popup.close();
};

const siteOf = (url: string): Site | undefined =>
  SITES.find((site) => new URL(url).hostname.endsWith(`${site}.${site === "craigslist" ? "org" : "com"}`));

/**
 * Kills the worker once per site while a request of the kind asked for is held back, so that it surely dies at that moment.
 * @returns the sites it was killed at.
 */
const killAt = async (
  context: BrowserContext,
  page: Page,
  isMoment: (request: Request, post: PostRow) => boolean,
): Promise<Set<Site>> => {
  const killed = new Set<Site>();
  await context.route(/facebook\.com|mercari\.com|craigslist\.org/, async (route) => {
    const request = route.request();
    const site = siteOf(request.url());
    const post = (await posts(page)).find(({ platform }) => platform === site);
    if (site && post && !killed.has(site) && isMoment(request, post)) {
      killed.add(site);
      await killServiceWorker(context, page);
      await route.continue();
      await request.response();
      return lookIn(context);
    }
    await route.continue();
  });
  return killed;
};

const allDone = (page: Page, count: number): Promise<void> =>
  expect
    .poll(() => states(page), { timeout: 120_000 })
    .toEqual(Array.from({ length: count }, () => "done"))
    .catch(tellWhatHappened(page));

const allListedOnce = async (page: Page, ledger: Ledger, item: number): Promise<void> => {
  await allDone(page, SITES.length);
  const verdict = await judge(
    ledger,
    SITES.map((site) => ({ site, item, driver: "tab" as const })),
    () => ({ fillMs: null, totalMs: null }),
  );
  expect(verdict.complaints).toEqual([]);
  expect(verdict.duplicates).toBe(0);
  const submits = (await ledger.read()).entries.filter(({ kind }) => kind === "submit");
  expect(submits).toHaveLength(SITES.length);
};

test("killed while filling: it wakes by itself, fills again and lists once", async ({
  context,
  seller,
  ledger,
}) => {
  const page = await seller.dashboard("jobs");
  await seller.crosspost([titleOf(1)], { sites: SITES, where: "tabs", mode: "publish" });
  const filling = (post: PostRow) => post.posting.state === "filling" && post.stepReports.length >= 3;
  await expect
    .poll(async () => (await posts(page)).filter(filling).length, { intervals: [50], timeout: 60_000 })
    .toBeGreaterThan(1);
  await killServiceWorker(context, page);
  await allListedOnce(page, ledger, 1);
});

test("killed between the service's permit and its own record of it, at each site: nothing was pressed, so it fills and publishes", async ({
  all,
  context,
  seller,
  ledger,
  sql,
}) => {
  const page = await seller.dashboard("jobs");
  const held = await holdPermits(all.adminDatabaseUrl);
  try {
    await seller.crosspost([titleOf(11)], { sites: SITES, where: "tabs", mode: "publish" });
    await held.asked(SITES.length);
    await killServiceWorker(context, page);
    await held.answer(); // the service says yes to all three, and nobody is there to hear it
    await allListedOnce(page, ledger, 11);
    const permits = await sql<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from public.posting_events
        where kind in ('permit', 'unpressed') and (answer ->> 'ok')::boolean group by kind order by kind`,
    );
    expect(permits).toEqual([
      { kind: "permit", n: 2 * SITES.length },
      { kind: "unpressed", n: SITES.length },
    ]);
  } finally {
    await held.stop();
  }
});

type Moment = { name: string; item: 2 | 5; is: (request: Request, post: PostRow) => boolean };
const MOMENTS: Moment[] = [
  {
    name: "between each press of Publish and the site's answer: nothing is pressed twice",
    item: 2,
    is: (request, post) => request.method() === "POST" && post.posting.state === "submitting",
  },
  {
    name: "while reading each site's own listings back: it reads again",
    item: 5,
    is: (request, post) =>
      request.isNavigationRequest() && post.stepReports.length > 0 && post.posting.presses > 0,
  },
];
for (const { name, item, is } of MOMENTS) {
  test(`killed ${name}`, async ({ context, seller, ledger }) => {
    const page = await seller.dashboard("jobs");
    const killed = await killAt(context, page, is);
    // One site after the other: a kill meant for one would meet the others at a moment nobody chose.
    for (const [index, site] of SITES.entries()) {
      await seller.crosspost([titleOf(item)], { sites: [site], where: "tabs", mode: "publish" });
      await allDone(page, index + 1);
    }
    await allListedOnce(page, ledger, item);
    expect([...killed].sort()).toEqual([...SITES].sort());
  });
}
