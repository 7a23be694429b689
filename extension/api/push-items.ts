/**
 * Sends the outbox: per item the server's version is read, merged with ours field by field, and written back only if nobody
 * wrote meanwhile. Order matters for other devices reading half-way: pictures, removals, the item, then photo rows.
 */
import type { SupabaseClient } from "@supabase/supabase-js";
import type { Item } from "#core/item/item.ts";
import { PHOTO_BUCKET, photoPath } from "#core/item/photo-path.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import { mergeItems } from "#extension/store/merge.ts";
import { failed, pendingItems, settle } from "#extension/store/outbox.ts";
import { columnsOf, ITEM_COLUMNS, itemOf, PHOTO_COLUMNS } from "./rows.ts";
import { dataOf, serviceError, ServiceRefused, ServiceUnreachable } from "./service-error.ts";

const TRIES = 4;
/** Postgres: a row with this id is there. */
const THERE_ALREADY = "23505";
const UNREADABLE = "What the service has of it needs a newer Hawker.";
type Columns = Record<string, unknown>;

/** The item and the version its row had, or null when the server never saw it. */
const fetchRemote = async (
  client: SupabaseClient,
  itemId: string,
): Promise<{ item: Item; version: string; photoIds: string[] } | null> => {
  const answer = await client.from("items").select(ITEM_COLUMNS).eq("id", itemId);
  const rows = dataOf("fetching an item", answer) as Columns[];
  const row = rows[0];
  if (!row) return null;
  const photos = dataOf(
    "fetching photos",
    await client.from("item_photos").select(PHOTO_COLUMNS).eq("item_id", itemId).is("deleted_at", null),
  ) as Columns[];
  return {
    item: itemOf(row, photos),
    version: String(row.updated_at),
    photoIds: photos.map((photo) => String(photo.id)),
  };
};

const uploadPhotos = async (
  client: SupabaseClient,
  db: HawkerDatabase,
  workspaceId: string,
  item: Item,
): Promise<Set<string>> => {
  const there = new Set<string>();
  for (const photo of item.photos) {
    const blob = await db.photoBlobs.get(photo.id);
    if (!blob?.full) continue;
    if (!blob.uploadedAt) {
      // An ArrayBuffer, because the local stack's storage takes no Blob.
      const bytes = await blob.full.arrayBuffer();
      dataOf(
        "a photo",
        await client.storage
          .from(PHOTO_BUCKET)
          .upload(photoPath(workspaceId, item.id, photo), bytes, { contentType: photo.mime, upsert: true }),
      );
      await db.photoBlobs.update(photo.id, { uploadedAt: new Date().toISOString() });
    }
    there.add(photo.id);
  }
  return there;
};

const photoRows = (workspaceId: string, item: Item, there: ReadonlySet<string>): Columns[] =>
  item.photos.flatMap((photo, position) =>
    there.has(photo.id)
      ? [
          {
            id: photo.id,
            item_id: item.id,
            workspace_id: workspaceId,
            position,
            storage_path: photoPath(workspaceId, item.id, photo),
            width: photo.width,
            height: photo.height,
            mime: photo.mime,
            sha256: photo.sha256,
            bytes: photo.bytes,
            alt: photo.alt,
            deleted_at: null,
          },
        ]
      : [],
  );

const removePhotos = async (
  client: SupabaseClient,
  itemId: string,
  photoIds: readonly string[],
): Promise<void> => {
  if (photoIds.length === 0) return;
  const gone = { deleted_at: new Date().toISOString() };
  dataOf(
    "removing photos",
    await client.from("item_photos").update(gone).eq("item_id", itemId).in("id", photoIds).select("id"),
  );
};

/** @returns false when somebody wrote between reading and writing: read again. */
const writeItem = async (
  client: SupabaseClient,
  workspaceId: string,
  item: Item,
  version: string | null,
): Promise<boolean> => {
  const columns = columnsOf(item);
  if (version === null) {
    const answer = await client
      .from("items")
      .insert({ ...columns, id: item.id, workspace_id: workspaceId, created_at: item.createdAt });
    if (answer.error?.code === THERE_ALREADY) return false;
    if (answer.error) throw serviceError("a new item", answer);
    return true;
  }
  const written = dataOf(
    "a changed item",
    await client.from("items").update(columns).eq("id", item.id).eq("updated_at", version).select("id"),
  ) as Columns[];
  return written.length === 1;
};

export const pushItem = async (
  client: SupabaseClient,
  workspaceId: string,
  itemId: string,
  db: HawkerDatabase = database,
): Promise<void> => {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const local = await db.items.get(itemId);
    if (!local) return;
    const remote = await fetchRemote(client, itemId);
    const merged = remote ? mergeItems(local, remote.item) : local;
    const uploaded = await uploadPhotos(client, db, workspaceId, merged);
    const kept = new Set(merged.photos.map((photo) => photo.id));
    await removePhotos(
      client,
      itemId,
      (remote?.photoIds ?? []).filter((id) => !kept.has(id)),
    );
    if (!(await writeItem(client, workspaceId, merged, remote?.version ?? null))) continue;
    const rows = photoRows(workspaceId, merged, new Set([...uploaded, ...(remote?.photoIds ?? [])]));
    if (rows.length > 0)
      dataOf("photos", await client.from("item_photos").upsert(rows, { onConflict: "id" }).select("id"));
    await db.transaction("rw", db.items, async () => {
      const current = await db.items.get(itemId);
      if (current) await db.items.put(mergeItems(current, merged));
    });
    return;
  }
  throw new ServiceRefused("This item is being changed elsewhere right now; it will be sent again.");
};

/**
 * Everything that waits, item by item; one that fails keeps its rows and does not hold up the others.
 * @returns what was refused, in sentences. @throws ServiceUnreachable
 */
export const pushOutbox = async (
  client: SupabaseClient,
  workspaceId: string,
  db: HawkerDatabase = database,
): Promise<string[]> => {
  const refused: string[] = [];
  for (const { itemId, rows } of await pendingItems(db)) {
    try {
      await pushItem(client, workspaceId, itemId, db);
      await settle(db, rows);
    } catch (error) {
      await failed(db, rows, error instanceof Error ? error.message : String(error));
      if (error instanceof ServiceUnreachable) throw error; // the others would not arrive either
      const title = (await db.items.get(itemId))?.title ?? "";
      refused.push(`"${title}" is not sent. ${error instanceof ServiceRefused ? error.message : UNREADABLE}`);
    }
  }
  return refused;
};
