/** A login that this browser alone knew is connected to the cloud: what was posted there before is known there too. */
import path from "node:path";
import type { Seller } from "../scripts/demo/seller.ts";
import { ensureSampleInventory } from "../scripts/sample/inventory.ts";
import { expect, test } from "./fixtures.ts";
import { madeAt, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { localRows, posts, tellWhatHappened } from "./parts/local-rows.ts";
import { PASSWORD, titleOf } from "./parts/ready-seller.ts";

const connect = async (seller: Seller, where: "tabs" | "cloud"): Promise<void> => {
  const page = await seller.dashboard("connections/mercari/connect");
  if (where === "cloud") await page.getByRole("checkbox", { name: "Also let the cloud post for me" }).check();
  await page.getByRole("button", { name: "Allow and connect" }).click();
  await expect(page.getByText("Mercari is connected as").first()).toBeVisible(SOON);
  await page.close();
};

test("a post with a lost answer is not published again by the cloud, whose login it came to be meanwhile", async ({
  all,
  seller,
  practice,
  sql,
  cloud: _cloud,
}) => {
  const title = titleOf(1);
  const sample = await ensureSampleInventory(path.join(all.dir, "..", "sample"), [1, 2]);
  const email = `made-known-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  await seller.importItems(sample.csv, sample.photos, 2);
  await seller.logIn("mercari", "maria@example.test", "practice-maria");
  await connect(seller, "tabs");
  await practice.fault("mercari", "reply-lost");
  await practice.fault("mercari", "lagging-active-list");
  await seller.crosspost([title], { sites: ["mercari"], where: "tabs", mode: "publish" });
  const jobs = await seller.dashboard("jobs");
  const isOpen = async () => (await posts(jobs)).map(({ keeper, posting }) => [keeper, posting.state]);
  await expect
    .poll(isOpen, SOON)
    .toEqual([["browser", "unknown"]])
    .catch(tellWhatHappened(jobs));

  await connect(seller, "cloud");
  const known = () =>
    sql<{ state: string; presses: number }>(
      `select t.state, t.presses from public.job_targets t join public.listing_jobs j on j.id = t.job_id
       join auth.users u on u.id = j.user_id where u.email = $1 and t.action = 'list'`,
      [email],
    );
  await expect.poll(known, SOON).toMatchObject([{ state: "unknown", presses: 1 }]);
  const [account] = await localRows<{ id: string }>(jobs, "accounts");
  const [post] = await posts(jobs);
  const asked = await jobs.evaluate(
    (payload) => chrome.runtime.sendMessage({ hawker: 1, type: "jobs.schedule", payload }),
    { itemId: post?.itemId, accountIds: [account?.id], mode: "publish", idempotencyKey: crypto.randomUUID() },
  );
  expect(asked).toMatchObject({ ok: false, message: expect.stringMatching(/already being listed/i) });

  await practice.release({ site: "mercari" });
  await expect(lineOf(jobs, title, "mercari"))
    .toContainText("Live", SOON)
    .catch(tellWhatHappened(jobs));
  expect(await madeAt(practice, "mercari")).toEqual(ONE);
});
