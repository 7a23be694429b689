/** What was under way and lost its ground: the browser, the lease, the account. Each leaves buttons that work. */
import { Seller } from "../scripts/demo/seller.ts";
import { EXTENSION_ID, expect, readyTest as test } from "./fixtures.ts";
import { madeAt, madeAtEach, NOTHING, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { posts, tellWhatHappened } from "./parts/local-rows.ts";
import { openBrowser } from "./parts/open-browser.ts";
import { SITES, titleOf } from "./parts/ready-seller.ts";

test("the browser was closed on filled forms: opened again, they are filled anew, shown anew, and published once", async ({
  all,
  profile,
  practice,
}) => {
  const sellerIn = async () => {
    const context = await openBrowser(all, profile);
    context.setDefaultTimeout(30_000);
    return { context, seller: new Seller(context, EXTENSION_ID, () => Promise.resolve()) };
  };
  const before = await sellerIn();
  try {
    await before.seller.crosspost([titleOf(1)], { sites: SITES, where: "tabs", mode: "review" });
    const jobs = await before.seller.dashboard("jobs");
    for (const site of SITES)
      await expect(lineOf(jobs, titleOf(1), site))
        .toContainText("Ready to publish", SOON)
        .catch(tellWhatHappened(jobs));
  } finally {
    await before.context.close();
  }
  const after = await sellerIn();
  try {
    const jobs = await after.seller.dashboard("jobs");
    // A tab of the new start may have the number one of the old start had.
    for (const site of SITES) {
      const line = lineOf(jobs, titleOf(1), site);
      await expect(line).toContainText("Ready to publish");
      await line.getByRole("button", { name: /^fill again on/i }).click();
    }
    for (const site of SITES) {
      const line = lineOf(jobs, titleOf(1), site);
      const publish = line.getByRole("button", { name: /^publish on/i });
      await publish.click(SOON).catch(tellWhatHappened(jobs));
    }
    for (const site of SITES)
      await expect(lineOf(jobs, titleOf(1), site))
        .toContainText("Live", SOON)
        .catch(tellWhatHappened(jobs));
    expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
  } finally {
    await after.context.close();
  }
});

test("a lease that ran out while the form was filled is taken anew: published once, by itself", async ({
  seller,
  practice,
  sql,
}) => {
  const jobs = await seller.dashboard("jobs");
  await seller.crosspost([titleOf(2)], { sites: SITES, where: "tabs", mode: "publish" });
  const filling = async () =>
    (await posts(jobs)).filter(
      ({ posting, stepReports }) => posting.state === "filling" && stepReports.length > 2,
    );
  await expect.poll(async () => (await filling()).length, { intervals: [50], ...SOON }).toBe(SITES.length);
  await sql("update public.account_leases set expires_at = now() - interval '1 second'");
  for (const site of SITES)
    await expect(lineOf(jobs, titleOf(2), site))
      .toContainText("Live", SOON)
      .catch(tellWhatHappened(jobs));
  expect(await madeAtEach(practice, SITES)).toEqual([ONE, ONE, ONE]);
});

test("the account is disconnected under a filled form: it says so, and nothing is published", async ({
  seller,
  practice,
  ready: _ready,
}) => {
  const jobs = await seller.dashboard("jobs");
  await seller.crosspost([titleOf(5)], { sites: ["mercari"], where: "tabs", mode: "review" });
  const line = lineOf(jobs, titleOf(5), "mercari");
  await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  const connections = await seller.dashboard("connections");
  await connections
    .getByRole("article", { name: /^Mercari/ })
    .getByRole("button", { name: "Disconnect" })
    .click();
  await connections.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(connections.getByText(/disconnected/i).first()).toBeVisible();
  await expect(line)
    .toContainText(
      "Cancelled. Hawker will not publish it; a filled form may still stand in the Mercari tab.",
      SOON,
    )
    .catch(tellWhatHappened(jobs));
  await expect(line.getByRole("button", { name: "Publish on Mercari" })).toBeHidden();
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  await seller.connect("mercari"); // at the service it is the same seller in every test
});
