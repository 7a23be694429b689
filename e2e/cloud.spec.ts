/** What the cloud cannot do alone is a line in the extension with buttons: answered there, or taken over in a tab. */
import { SAMPLE_ITEMS } from "../scripts/sample/items.ts";
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAt, madeAtEach, NOTHING, ONE } from "./parts/at-the-sites.ts";
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
