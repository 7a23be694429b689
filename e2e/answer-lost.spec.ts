/**
 * The windows that the marketplaces' folders declare, at their real length: the answer is lost, and each site's list shows the
 * listing two seconds before its window ends. Until then nobody says that it is there, and nothing is pressed again.
 */
import { policyOf } from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { Site } from "../scripts/demo/expected.ts";
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAtEach, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { tellWhatHappened } from "./parts/local-rows.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

const windowOf = (site: Site): number => policyOf(marketplaceOf(site)).windowMs;
/** A minute after the longest window everything that can be found is found. */
const ALL_WINDOWS = { timeout: Math.max(...SITES.map(windowOf)) + 60_000 };

test("an answer that is lost, and lists that lag for almost their whole windows: listed once, found by itself", async ({
  seller,
  practice,
  ready: _ready,
}) => {
  test.setTimeout(ALL_WINDOWS.timeout + 180_000);
  const jobs = await seller.dashboard("jobs");
  for (const site of SITES) {
    await practice.fault(site, "reply-lost");
    await practice.fault(site, "lagging-active-list", { ms: windowOf(site) - 2_000 });
  }
  await seller.crosspost([titleOf(1)], { sites: SITES, where: "tabs", mode: "publish" });
  await expect
    .poll(() => madeAtEach(practice, SITES), SOON)
    .toEqual([ONE, ONE, ONE])
    .catch(tellWhatHappened(jobs));
  for (const site of SITES) await expect(lineOf(jobs, titleOf(1), site)).not.toContainText("Live");
  for (const site of SITES)
    await expect(lineOf(jobs, titleOf(1), site))
      .toContainText("Live", ALL_WINDOWS)
      .catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
});
