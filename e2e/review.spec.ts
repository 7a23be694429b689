/** Review mode: everything is filled and nothing published until the person says so; and pages that stop a post. */
import { EXTENSION_ID, expect, readyTest as test } from "./fixtures.ts";
import { states, tellWhatHappened } from "./parts/local-rows.ts";
import { madeAtEach, NOTHING, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";
import { ownButton, tabAt } from "./parts/tab-at.ts";

test("fills and publishes nothing; Publish pressed twice publishes once", async ({
  seller,
  ledger,
  context,
  ready: _ready,
}) => {
  await seller.crosspost([titleOf(1)], { sites: ["craigslist"], where: "tabs", mode: "review" });
  const panel = await context.newPage();
  await panel.goto(`chrome-extension://${EXTENSION_ID}/sidepanel.html`);
  const publish = panel.getByRole("button", { name: "Publish on Craigslist" });
  await publish.waitFor({ timeout: 90_000 }).catch(tellWhatHappened(panel));
  expect(await ledger.listings()).toEqual([]);

  await publish.dblclick();
  await ledger.waitFor(1, 60_000).catch(tellWhatHappened(panel));
  await expect
    .poll(() => states(panel), { timeout: 60_000 })
    .toEqual(["done"])
    .catch(tellWhatHappened(panel));
  expect(await ledger.listings()).toHaveLength(1);
});

test("the seller's own press on each site's button is noticed and becomes Live", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await seller.crosspost([titleOf(5)], { sites: SITES, where: "tabs", mode: "review" });
  const jobs = await seller.dashboard("jobs");
  for (const site of SITES)
    await expect(lineOf(jobs, titleOf(5), site))
      .toContainText("Ready to publish", SOON)
      .catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([NOTHING, NOTHING, NOTHING]);

  for (const site of SITES) await ownButton(await tabAt(context, site), site).click();
  for (const site of SITES)
    await expect(lineOf(jobs, titleOf(5), site))
      .toContainText("Live", SOON)
      .catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
});

test("a block page stops the post, hands it over with what to do, and publishes nothing", async ({
  seller,
  ledger,
  context,
  ready: _ready,
}) => {
  await ledger.post("/faults", { site: "mercari", fault: "block" });
  await seller.crosspost([titleOf(2)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const panel = await context.newPage();
  await panel.goto(`chrome-extension://${EXTENSION_ID}/sidepanel.html`);
  await expect
    .poll(() => states(panel), { timeout: 60_000 })
    .toEqual(["needs_human"])
    .catch(tellWhatHappened(panel));
  await expect(panel.getByRole("button", { name: "Open tab" }).first()).toBeVisible();
  expect(await ledger.listings()).toEqual([]);
});
