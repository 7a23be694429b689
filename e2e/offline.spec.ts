/**
 * Hawker's own service taken away, really: database, auth, storage and API stopped. The dashboard goes on; what was done
 * meanwhile is sent when the service is back, once.
 */
import path from "node:path";
import { writeFile } from "node:fs/promises";
import { makePhotos } from "#practice/testing.ts";
import { judge } from "../scripts/demo/judge.ts";
import { expect, readyTest as test } from "./fixtures.ts";
import { localRows, states, tellWhatHappened } from "./parts/local-rows.ts";
import { lineOf, press } from "./parts/lines.ts";
import { titleOf } from "./parts/ready-seller.ts";
import { ownButton, tabAt } from "./parts/tab-at.ts";

const CSV = `Handle,Title,Body (HTML),Vendor,Variant Price,Variant SKU,Image Src,Status
offline-lamp,Offline lamp,<p>Imported with no network.</p>,Acme,12.50,OFF-1,photo-1.jpg,active
offline-vase,Offline vase,<p>Also imported.</p>,Acme,8.00,OFF-2,,active
`;

type ItemRow = { id: string; title: string; photos: { id: string }[] };

test("items, photos, import and posting in tabs work without the service, and reach it once when it is back", async ({
  all,
  ready,
  seller,
  ledger,
  sql,
  context,
}) => {
  const folder = path.join(all.dir, "offline");
  const photos = await makePhotos(folder, 2);
  const csv = path.join(folder, "products.csv");
  await writeFile(csv, CSV);
  const page = await seller.dashboard("inventory");
  const item = async (title: string) =>
    (await localRows<ItemRow>(page, "items")).find((one) => one.title === title);
  await all.stopService();
  try {
    // Create, with photos.
    await page.getByRole("button", { name: "New item" }).first().click();
    await page.getByRole("textbox", { name: "Title", exact: true }).fill("Made offline");
    await page.getByLabel("Choose photos").setInputFiles(photos);
    await expect.poll(async () => (await item("Made offline"))?.photos.length).toBe(2);

    // Edit one the service knows.
    await page.goto(page.url().replace(/#.*/, "#/inventory"));
    await page.getByRole("link", { name: titleOf(7) }).click();
    await page.getByRole("textbox", { name: "Title", exact: true }).fill("Edited offline");
    await expect.poll(() => item("Edited offline")).toBeTruthy();

    // Import.
    await seller.importItems(csv, photos.slice(0, 1), 2);
    await expect.poll(async () => (await item("Offline lamp"))?.photos.length).toBe(1);
    expect(await item("Offline vase")).toBeTruthy();

    // Post: the form is filled, and no more than that.
    await seller.crosspost([titleOf(1)], { sites: ["mercari"], where: "tabs", mode: "publish" });
    const jobs = await seller.dashboard("jobs");
    const line = lineOf(jobs, titleOf(1), "mercari");
    await expect(line)
      .toContainText("The form is filled: press Mercari's own button, or wait.", { timeout: 90_000 })
      .catch(tellWhatHappened(page));
    expect(await ledger.listings()).toEqual([]);

    // The person presses the site's own button.
    await press(line, "Open tab");
    await ownButton(await tabAt(context, "mercari"), "mercari").click();
    await ledger.waitFor(1, 30_000);
    await expect.poll(() => states(page)).toEqual(["unknown"]);
    await expect(line).toContainText("Mercari said that it is posted");
    const verdict = await judge(ledger, [{ site: "mercari", item: 1, driver: "tab" }], () => ({
      fillMs: null,
      totalMs: null,
    }));
    expect(verdict.complaints).toEqual([]);
    expect(await localRows(page, "outbox")).not.toEqual([]);
  } finally {
    await all.startService();
  }

  await page.reload(); // a page that opens asks how things are; else the next alarm does
  await expect.poll(() => localRows(page, "outbox"), { timeout: 60_000 }).toEqual([]);
  const titles = ["Made offline", "Edited offline", "Offline lamp", "Offline vase"];
  const rows = await sql<{ title: string; photos: number }>(
    `select i.title, (select count(*)::int from public.item_photos p where p.item_id = i.id and p.deleted_at is null) as photos
     from public.items i
     join public.workspace_members m on m.workspace_id = i.workspace_id
     join auth.users u on u.id = m.user_id
     where u.email = $1 and i.title = any ($2) and i.deleted_at is null order by i.title`,
    [ready.email, titles],
  );
  expect(rows).toEqual([
    { title: "Edited offline", photos: 2 },
    { title: "Made offline", photos: 2 },
    { title: "Offline lamp", photos: 1 },
    { title: "Offline vase", photos: 0 },
  ]);
  // What was posted meanwhile is on record too: one job that is done, one listing.
  await expect
    .poll(
      () =>
        sql(
          `select t.state, t.platform, l.title from public.job_targets t join public.listings l on l.id = t.listing_id`,
        ),
      { timeout: 60_000 },
    )
    .toEqual([{ state: "done", platform: "mercari", title: titleOf(1) }]);
});
