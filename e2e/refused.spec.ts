/** The site refuses the form, or Hawker cannot fill a part of it: it stays in the person's hands, and their press is noticed. */
import type { BrowserContext } from "@playwright/test";
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAt, NOTHING, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { letGo, outOfOrder } from "./parts/out-of-order.ts";
import { tellWhatHappened } from "./parts/local-rows.ts";
import { titleOf } from "./parts/ready-seller.ts";
import { ownButton, tabAt } from "./parts/tab-at.ts";

/** Mercari wants another brand, once. */
const refuseOnce = async (context: BrowserContext): Promise<void> => {
  let isRefused = false;
  await context.route("https://www.mercari.com/v1/api", async (route) => {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    if (isRefused || operationName !== "createListing") return route.continue();
    isRefused = true;
    const json = { error: "invalid", message: "Please select a brand" };
    return route.fulfill({ status: 422, json });
  });
};

test("refused by the site and mended by hand: what they set stays, and their press on the site's own button is noticed", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await refuseOnce(context);
  await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(1), "mercari");
  await expect(line).toContainText("Please select a brand", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  const tab = await tabAt(context, "mercari");
  await tab.bringToFront();
  await tab.getByTestId("Description").fill("Mended by hand, in my own words.");
  await ownButton(tab, "mercari").click();
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  const { listings } = await practice.ledger({ site: "mercari" });
  expect(listings.map(({ fields }) => fields["description"])).toEqual(["Mended by hand, in my own words."]);
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});

test("a form that lacks one field is filled by hand and sent by hand: the line hears of it by itself", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await outOfOrder(context, "#Price");
  await seller.crosspost([titleOf(2)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(2), "mercari");
  await expect(line).toContainText('Hawker was not sure about "Price"', SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  const tab = await tabAt(context, "mercari");
  await tab.bringToFront();
  await letGo(tab);
  await tab.locator("#Price").pressSequentially("41");
  await ownButton(tab, "mercari").click();
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});
