/** What "Continue" finds: a form that stands, one that is gone, one the person has a hand in, a page that still stops it. */
import { expect, readyTest as test } from "./fixtures.ts";
import { madeAt, NOTHING, ONE } from "./parts/at-the-sites.ts";
import { lineOf, press, SOON } from "./parts/lines.ts";
import { letGo, outOfOrder } from "./parts/out-of-order.ts";
import { posts, tellWhatHappened } from "./parts/local-rows.ts";
import { titleOf } from "./parts/ready-seller.ts";
import { tabAt } from "./parts/tab-at.ts";

test("what the person set by hand in the filled form is what is published", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "review" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(1), "mercari");
  await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  const tab = await tabAt(context, "mercari");
  await tab.getByTestId("Description").fill("As I say it myself, in my own words.");
  await press(line, "Publish on Mercari");
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  const { listings } = await practice.ledger({ site: "mercari" });
  expect(listings.map(({ fields }) => fields["description"])).toEqual([
    "As I say it myself, in my own words.",
  ]);
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});

test("with its tab closed, what was set by hand is gone: the form is filled again, shown again, and published once", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await seller.crosspost([titleOf(2)], { sites: ["mercari"], where: "tabs", mode: "review" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(2), "mercari");
  await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  const tab = await tabAt(context, "mercari");
  await tab.getByTestId("Price").fill("99");
  await tab.close();
  await expect(line).toContainText("The Mercari tab was closed before it was finished.");
  await expect(line.getByRole("button", { name: "Open tab" })).toBeHidden();
  await press(line, "Fill again on Mercari");
  await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  await press(line, "Publish on Mercari");
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});

test("a page that still stops it is asked about again, once per Continue; when it is gone, the form is filled", async ({
  seller,
  practice,
  ready: _ready,
}) => {
  await practice.fault("mercari", "block", { times: 1_000 });
  await seller.crosspost([titleOf(5)], { sites: ["mercari"], where: "tabs", mode: "review" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(5), "mercari");
  const questions = async () => (await posts(jobs)).map(({ posting }) => posting.question?.number);
  for (const number of [1, 2]) {
    await expect(line).toContainText("Needs you", SOON).catch(tellWhatHappened(jobs));
    await expect(line).toContainText("Mercari has blocked this account for now. Its page says why.");
    await expect.poll(questions).toEqual([number]);
    await press(line, "Continue in the tab");
    await expect.poll(questions).not.toEqual([number]);
  }
  await expect.poll(questions, SOON).toEqual([3]);
  await practice.release({ site: "mercari" });
  await press(line, "Continue in the tab");
  await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
});

test("what the site itself changed in the filled form is set again before it is published", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  const seen = { title: "Something the camera saw", category: "Men" };
  await practice.fault("mercari", "recognition", { result: seen, ms: 20_000, force: true });
  await seller.crosspost([titleOf(11)], { sites: ["mercari"], where: "tabs", mode: "review" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(11), "mercari");
  await expect(line).toContainText("Ready to publish", SOON).catch(tellWhatHappened(jobs));
  const title = (await tabAt(context, "mercari")).getByTestId("Title");
  await expect(title).toHaveValue(seen.title, SOON); // the camera looked at it for long
  await press(line, "Publish on Mercari");
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  const { listings } = await practice.ledger({ site: "mercari" });
  expect(listings.map(({ fields }) => fields["title"])).toEqual([titleOf(11)]);
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});

test("a price that is being typed is asked about and not published; Continue publishes what the person set", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await outOfOrder(context, '[data-testid="ListButton"]');
  await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const jobs = await seller.dashboard("jobs");
  const line = lineOf(jobs, titleOf(1), "mercari");
  await expect
    .poll(async () => (await posts(jobs))[0]?.isStanding, SOON)
    .toBe(true)
    .catch(tellWhatHappened(jobs));
  const tab = await tabAt(context, "mercari");
  await tab.locator("#Price").click({ clickCount: 3 });
  await tab.keyboard.type("7");
  await letGo(tab);
  await expect(line)
    .toContainText("You changed Price in the form on Mercari. Continue keeps what you set.", SOON)
    .catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(NOTHING);
  await tab.keyboard.type("1");
  await press(line, "Continue in the tab");
  await expect(line).toContainText("Live", SOON).catch(tellWhatHappened(jobs));
  const { listings } = await practice.ledger({ site: "mercari" });
  expect(listings.map(({ fields }) => fields["price"])).toEqual(["71.00"]);
});
