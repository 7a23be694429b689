/** Sync goes on: no row, photo, role or number of rows stops it, and what it cannot do it says. */
import path from "node:path";
import type { Page } from "@playwright/test";
import type { Item } from "#core/item/item.ts";
import type { PhotoBlobRow, SyncStateRow } from "#extension/store/rows.ts";
import { makePhotos } from "#practice/testing.ts";
import { expect, test, type Sql } from "./fixtures.ts";
import { localRows, putRows } from "./parts/local-rows.ts";
import { askForSync } from "./parts/two-devices.ts";

const PASSWORD = "a long enough password";
const syncState = async (page: Page) => (await localRows<SyncStateRow>(page, "syncState")).at(0);
const allSent = (page: Page) => expect.poll(() => localRows(page, "outbox")).toEqual([]);
const items = (page: Page) => localRows<Item>(page, "items");

const workspaceOf = async (sql: Sql, email: string): Promise<string> => {
  const rows = await sql<{ id: string }>(
    `select m.workspace_id as id from public.workspace_members m join auth.users u on u.id = m.user_id where u.email = $1`,
    [email],
  );
  return rows[0]?.id ?? "";
};

/** Rows at the service as another device would have sent them. */
const insertItems = (sql: Sql, workspace: string, count: number, data: object = {}) =>
  sql(
    `insert into public.items (id, workspace_id, title, data)
     select gen_random_uuid(), $1, 'Thing ' || n, jsonb_build_object('title', 'Thing ' || n,
       'price', jsonb_build_object('amountMinor', 100, 'currency', 'USD')) || $3::jsonb
     from generate_series(1, $2::int) n`,
    [workspace, count, JSON.stringify(data)],
  );

test("a photo removed right after it was added, here or elsewhere, leaves sync working", async ({
  all,
  seller,
  sql,
}) => {
  const email = `sync-photo-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const photos = await makePhotos(path.join(all.dir, "sync"), 2);
  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByLabel("Choose photos").setInputFiles(photos.slice(0, 1));
  await page.getByRole("button", { name: "Remove photo 1" }).waitFor();
  await allSent(page);
  const [item] = await items(page);
  const photo = item?.photos[0];
  if (!item || !photo) throw new Error("The photo was not added.");
  await page.getByRole("button", { name: "Remove photo 1" }).click();
  await allSent(page);

  // Half-way between two devices: the photo's row is there still, or again, and this one knows that it was removed.
  await sql("update public.items set field_times = field_times || $2::jsonb where id = $1", [
    item.id,
    JSON.stringify({ [`photo:${photo.id}`]: item.fieldTimes[`photo:${photo.id}`] }),
  ]);
  await sql("update public.item_photos set deleted_at = null where id = $1", [photo.id]);
  // What an earlier version left behind: a row waiting for a picture that never comes.
  const orphan: PhotoBlobRow = {
    id: photo.id,
    itemId: item.id,
    name: "orphan",
    original: null,
    full: null,
    thumb: null,
    uploadedAt: item.updatedAt,
    createdAt: item.updatedAt,
  };
  await putRows(page, "photoBlobs", [orphan]);
  const before = (await syncState(page))?.lastSyncAt;
  await askForSync(page);
  await expect.poll(async () => (await syncState(page))?.lastSyncAt).not.toBe(before);
  expect(await syncState(page)).toMatchObject({ lastError: null });
  expect((await syncState(page))?.link).not.toBe("offline");
  expect(await localRows(page, "photoBlobs")).toEqual([]);
});

test("one row that cannot be read stops no other, is told, and comes once it can be read", async ({
  seller,
  sql,
}) => {
  const email = `sync-unread-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const workspace = await workspaceOf(sql, email);
  const page = await seller.dashboard("inventory");
  await insertItems(sql, workspace, 1, { colors: ["ultraviolet"], notes: "from a newer Hawker" });
  await insertItems(sql, workspace, 2);
  await askForSync(page);
  await expect.poll(async () => (await items(page)).length).toBe(2);
  await expect(page.getByRole("link", { name: "Not everything is synced" })).toBeVisible();
  await page.getByRole("link", { name: "Not everything is synced" }).click();
  await expect(page.getByText("1 of your items cannot be shown by this version.")).toBeVisible();

  await sql("alter table public.items disable trigger touch");
  await sql(`update public.items set data = data || '{"colors": ["black"]}' where workspace_id = $1`, [
    workspace,
  ]);
  await sql("alter table public.items enable trigger touch");
  await askForSync(page);
  await expect.poll(async () => (await items(page)).length).toBe(3);
  await expect(page.getByRole("link", { name: "Not everything is synced" })).toHaveCount(0);
});

test("rows of one moment all come, however many, and so do the photos of many items", async ({
  seller,
  sql,
}) => {
  const email = `sync-many-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const workspace = await workspaceOf(sql, email);
  const page = await seller.dashboard("settings");
  await insertItems(sql, workspace, 700);
  await sql(
    `insert into public.item_photos (id, item_id, workspace_id, position, storage_path, width, height, mime, sha256, bytes)
     select p.id, i.id, i.workspace_id, p.n, i.workspace_id || '/' || i.id || '/' || p.id || '.jpg', 1, 1, 'image/jpeg', repeat('0', 64), 1
     from (select * from public.items where workspace_id = $1 order by id limit 90) i
     cross join lateral (select gen_random_uuid() as id, n from generate_series(0, 11) n where i.id is not null) p`,
    [workspace],
  );
  await askForSync(page);
  await expect.poll(async () => (await items(page)).length, { timeout: 60_000 }).toBe(700);
  await expect
    .poll(async () => (await items(page)).reduce((sum, item) => sum + item.photos.length, 0), {
      timeout: 60_000,
    })
    .toBe(1080);
});

test("a viewer who becomes an editor is heard without signing in again; before, the wait is told", async ({
  seller,
  sql,
}) => {
  const email = `sync-role-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const workspace = await workspaceOf(sql, email);
  const setRole = async (role: string) => {
    await sql("alter table public.workspace_members disable trigger keep_an_owner");
    await sql("update public.workspace_members set role = $2 where workspace_id = $1", [workspace, role]);
    await sql("alter table public.workspace_members enable trigger keep_an_owner");
  };
  await setRole("viewer");
  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Mine to keep");
  await expect(page.getByRole("link", { name: "Not everything is synced" })).toBeVisible();
  expect(await localRows(page, "outbox")).not.toEqual([]);
  await setRole("operator");
  await askForSync(page);
  await allSent(page);
  await expect
    .poll(() => sql("select title from public.items where workspace_id = $1", [workspace]))
    .toEqual([{ title: "Mine to keep" }]);
});

test("what a newer version keeps in an item outlives an edit by this one", async ({ seller, sql }) => {
  const email = `sync-newer-${Date.now()}@example.test`;
  await seller.signUp(email, PASSWORD);
  const workspace = await workspaceOf(sql, email);
  await insertItems(sql, workspace, 1, { warranty: "two years" });
  const page = await seller.dashboard("inventory");
  await askForSync(page);
  await page.getByRole("link", { name: "Thing 1" }).click();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Thing, edited");
  await expect
    .poll(() =>
      sql("select title, data ->> 'warranty' as warranty from public.items where workspace_id = $1", [
        workspace,
      ]),
    )
    .toEqual([{ title: "Thing, edited", warranty: "two years" }]);
});
