/** What the cloud cannot do alone is a line in the extension with buttons: answered there, taken over in a tab, or cancelled. */
import { SAMPLE_ITEMS } from "../scripts/sample/items.ts";
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAt, madeAtEach, NOTHING, ONE, stopAndHide } from "./parts/at-the-sites.ts";
import { lineOf, press, SOON } from "./parts/lines.ts";
import { tellWhatHappened } from "./parts/local-rows.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

const ONCE = "publish" as const;

test("a look-alike on the site is asked about: the seller says that it is it, or that it is not, and at most one is made", async ({
  seller,
  practice,
  cloud: _cloud,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  const title = titleOf(1);
  for (const site of ["mercari", "craigslist"] as const)
    await practice.list(site, "maria", [{ title, price: SAMPLE_ITEMS[0]?.price ?? "" }]);
  await seller.crosspost([title], { sites: ["mercari", "craigslist"], where: "cloud", mode: ONCE });
  const [mercari, craigslist] = [lineOf(jobs, title, "mercari"), lineOf(jobs, title, "craigslist")];
  for (const line of [mercari, craigslist])
    await expect(line).toContainText("Needs you", SOON).catch(tellWhatHappened(jobs));
  await press(mercari, `This is it: ${title}`);
  await press(craigslist, "None of these: post it");
  // Its button goes with its question; the keyboard stays at its line.
  await expect(craigslist).toBeFocused(SOON);
  for (const line of [mercari, craigslist])
    await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  expect(await madeAt(practice, "craigslist")).toEqual(ONE);
});

test("review mode ends in the seller's tab: the cloud hands over, the tab is filled, Publish publishes once", async ({
  seller,
  practice,
  cloud: _cloud,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  await seller.crosspost([titleOf(2)], { sites: SITES, where: "cloud", mode: "review" });
  for (const site of SITES) {
    const line = lineOf(jobs, titleOf(2), site);
    await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
    await press(line, "Do it in this browser");
  }
  for (const site of SITES) {
    const line = lineOf(jobs, titleOf(2), site);
    await expect(line.getByRole("button", { name: "Open tab" })).toBeVisible(SOON);
    await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  }
  expect(await madeAtEach(practice, SITES)).toEqual([NOTHING, NOTHING, NOTHING]);
  for (const site of SITES)
    await lineOf(jobs, titleOf(2), site)
      .getByRole("button", { name: /^Publish on/ })
      .click();
  for (const site of SITES)
    await expect(lineOf(jobs, titleOf(2), site))
      .toContainText("Live", SOON)
      .catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
});

test("stopped by the site, it is answered with a link, filled in a tab, or looked for: nothing is pressed again", async ({
  seller,
  practice,
  cloud: _cloud,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  const title = titleOf(5);
  await practice.fault("facebook", "captcha", { at: "load" });
  await stopAndHide(practice, "mercari");
  await practice.fault("craigslist", "captcha", { at: "submit" });
  await seller.crosspost([title], { sites: SITES, where: "cloud", mode: ONCE });
  const [facebook, mercari, craigslist] = [
    lineOf(jobs, title, "facebook"),
    lineOf(jobs, title, "mercari"),
    lineOf(jobs, title, "craigslist"),
  ];
  for (const line of [facebook, mercari, craigslist]) {
    await expect(line).toContainText("Needs you", SOON).catch(tellWhatHappened(jobs));
  }
  const { listings } = await practice.ledger({ site: "mercari" });
  await mercari.getByLabel("Link of the listing, if it is there").fill(listings[0]?.url ?? "");
  await press(mercari, "It is there");
  await press(craigslist, "Do it in this browser");
  await press(facebook, "Do it in this browser");
  for (const line of [facebook, mercari])
    await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  // Pressed, and not in the list: before its window is over nobody can know, so it is looked for and not filled again.
  await expect(craigslist).toContainText("Checking", SOON).catch(tellWhatHappened(jobs));
  await expect(craigslist.getByRole("button", { name: "Cancel" })).toBeVisible();
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, { listings: 0, presses: 1 }]);
});

test("cancelled before a press it says so; after one it says what is known", async ({
  seller,
  practice,
  cloud: _cloud,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  const title = titleOf(11);
  await practice.fault("mercari", "block", { at: "load" });
  await stopAndHide(practice, "craigslist");
  await seller.crosspost([title], { sites: ["mercari", "craigslist"], where: "cloud", mode: ONCE });
  await seller.crosspost([title], { sites: ["facebook"], where: "cloud", mode: "review" });
  const line = (site: (typeof SITES)[number]) => lineOf(jobs, title, site);
  await expect(line("facebook")).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  for (const site of ["mercari", "craigslist"] as const)
    await expect(line(site)).toContainText("Needs you", SOON).catch(tellWhatHappened(jobs));
  for (const site of SITES) await press(line(site), "Cancel");
  await expect(line("facebook")).toContainText("Cancelled. Hawker has published nothing.", SOON);
  await expect(line("mercari")).toContainText("Cancelled. Hawker has published nothing.", SOON);
  // It was pressed, and may be there: it is looked for first, and nothing else is said.
  await expect(line("craigslist")).toContainText("Checking", SOON).catch(tellWhatHappened(jobs));
  await expect(line("craigslist")).toContainText("You cancelled it", SOON);
  await expect(line("craigslist")).not.toContainText("published nothing");
  expect(await madeAtEach(practice, SITES)).toEqual([NOTHING, NOTHING, ONE]);
});
