/** The site took the press and then showed a page that stops everybody, and no listing yet: it is in the seller's hands. */
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAtEach, ONE, stopAndHide } from "./parts/at-the-sites.ts";
import { lineOf, press, SOON } from "./parts/lines.ts";
import { tellWhatHappened } from "./parts/local-rows.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

test("a captcha after Publish is handed over: nothing is pressed again, not by the cloud either, and Continue finds the listing", async ({
  seller,
  practice,
  cloud: _cloud,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  for (const site of SITES) await stopAndHide(practice, site, site === "facebook" ? "checkpoint" : "captcha");
  await seller.crosspost([titleOf(1)], { sites: SITES, where: "tabs", mode: "publish" });
  const lines = SITES.map((site) => lineOf(jobs, titleOf(1), site));
  for (const line of lines) {
    await expect(line).toContainText("Needs you", SOON).catch(tellWhatHappened(jobs));
    await expect(line).toContainText(/shows a captcha|wants to check that it is you/);
    for (const name of ["Continue in the tab", "Open tab", "Cancel", "It is there", "Ask me tomorrow"])
      await expect(line.getByRole("button", { name, exact: true })).toBeVisible();
  }
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
  for (const site of SITES) await practice.release({ site });
  for (const line of lines) await press(line, "Continue in the tab");
  for (const line of lines) await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
});

test("cancelled after the press: when the listing comes up, whoever reads the list next asks about it", async ({
  seller,
  practice,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  await stopAndHide(practice, "mercari");
  await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const line = lineOf(jobs, titleOf(1), "mercari");
  await expect(line).toContainText("Needs you", SOON).catch(tellWhatHappened(jobs));
  await expect(line).toContainText("It may be published on Mercari already. Is it there?");
  await press(line, "Cancel");
  await expect(line)
    .toContainText("Cancelled after publishing on Mercari had begun.", { timeout: 120_000 })
    .catch(tellWhatHappened(jobs));
  await practice.release({ site: "mercari" });
  await seller.crosspost([titleOf(2)], { sites: ["mercari"], where: "tabs", mode: "review" });
  await expect(line)
    .toContainText("A listing has come up on Mercari that may be this one.", SOON)
    .catch(tellWhatHappened(jobs));
  await expect(line.getByRole("button", { name: `This is it: ${titleOf(1)}` })).toBeVisible();
});
