/** The person takes Hawker's tab for something of their own while their listing is still being looked for. */
import { expect, readyTest as test } from "./fixtures.ts";
import { lineOf } from "./parts/lines.ts";
import { posts } from "./parts/local-rows.ts";
import { titleOf } from "./parts/ready-seller.ts";
import { tabAt } from "./parts/tab-at.ts";

const LETTER = "A long letter, not sent yet.";

test("a tab in which the person went on to another page is not taken away from them, nor closed", async ({
  seller,
  context,
  practice,
  ready: _ready,
}) => {
  await practice.fault("mercari", "reply-lost");
  await practice.fault("mercari", "lagging-active-list", { ms: 20_000 });
  await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const jobs = await seller.dashboard("jobs");
  await expect.poll(async () => (await posts(jobs))[0]?.posting.state, { timeout: 120_000 }).toBe("unknown");
  const tab = await tabAt(context, "mercari");
  await tab.goto("data:text/html,<title>mail</title><textarea id=m></textarea>");
  await tab.locator("#m").fill(LETTER);
  await jobs.bringToFront();
  await expect(lineOf(jobs, titleOf(1), "mercari")).toContainText("Live", { timeout: 120_000 });
  expect(await tab.locator("#m").inputValue()).toBe(LETTER);
  expect(await practice.ledger({ site: "mercari" })).toMatchObject({ listings: [{}] });
});
