/** One seller, one item, two browsers that are both told to post it. */
import { Seller } from "../scripts/demo/seller.ts";
import { EXTENSION_ID, expect, readyTest as test } from "./fixtures.ts";
import { madeAtEach, ONE } from "./parts/at-the-sites.ts";
import { lineOf, SOON } from "./parts/lines.ts";
import { localRows, tellWhatHappened } from "./parts/local-rows.ts";
import { PASSWORD, titleOf } from "./parts/ready-seller.ts";
import { logIn } from "./parts/sign-in.ts";
import { withSecondBrowser } from "./parts/two-devices.ts";

const PLACES = ["mercari", "craigslist"] as const;

test("the same item posted in two browsers at once is listed once, and both say so", async ({
  all,
  seller,
  practice,
  ready,
}) => {
  await withSecondBrowser(all, async (second) => {
    const other = new Seller(second, EXTENSION_ID, () => Promise.resolve());
    await logIn(second, ready.email, PASSWORD);
    for (const site of PLACES) await other.logIn(site, "maria@example.test", "practice-maria");
    const [here, there] = [await seller.dashboard("jobs"), await other.dashboard("jobs")];
    await expect.poll(async () => (await localRows(there, "accounts")).length, SOON).toBe(3);
    const titles = async () => (await localRows<{ title: string }>(there, "items")).map(({ title }) => title);
    await expect.poll(titles, SOON).toContain(titleOf(1));

    const wanted = { sites: [...PLACES], where: "tabs" as const, mode: "publish" as const };
    await Promise.all([seller.crosspost([titleOf(1)], wanted), other.crosspost([titleOf(1)], wanted)]);
    for (const site of PLACES)
      for (const page of [here, there])
        await expect(lineOf(page, titleOf(1), site).filter({ hasText: "Live" }))
          .toHaveCount(1, SOON)
          .catch(tellWhatHappened(page));
    expect(await madeAtEach(practice, PLACES)).toEqual([ONE, ONE]);
  });
});
