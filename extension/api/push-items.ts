/**
 * Sends the outbox: per item the server's version is read, merged with ours field by field, and written back only if nobody
 * wrote meanwhile. Order matters for other devices reading half-way: pictures, removals, the item, then photo rows.
 */
import type { SupabaseClient } from "@supabase/supabase-js";
import type { Item } from "#core/item/item.ts";
import { PHOTO_BUCKET, photoPath } from "#core/item/photo-path.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import { joinItems, keepEarlier, lostThere } from "#extension/store/earlier.ts";
import { boundedBy, mergeItems } from "#extension/store/merge.ts";
import { failed, pendingItems, settle } from "#extension/store/outbox.ts";
import type { OutboxRow } from "#extension/store/rows.ts";
import { columnsOf, ITEM_COLUMNS, itemOf, PHOTO_COLUMNS, unknownIn } from "./rows.ts";
import { dataOf, ServiceRefused, ServiceUnreachable } from "./service-error.ts";

const TRIES = 4;
/** Postgres: a row with this id is there. */
const THERE_ALREADY = "23505";
const UNREADABLE = "What the service has of it needs a newer Hawker.";
type Columns = Record<string, unknown>;

type Remote = { item: Item; version: string; photoIds: string[]; unknown: Columns };

/** The item and the version its row had, or null when the server never saw it. */
const fetchRemote = async (client: SupabaseClient, itemId: string): Promise<Remote | null> => {
  const answer = await client.from("items").select(ITEM_COLUMNS).eq("id", itemId);
  const [row] = dataOf("fetching an item", answer) as Columns[];
  if (!row) return null;
  const photos = dataOf(
    "fetching photos",
    await client.from("item_photos").select(PHOTO_COLUMNS).eq("item_id", itemId).is("deleted_at", null),
  ) as Columns[];
  return {
    item: itemOf(row, photos),
    version: String(row.updated_at),
    photoIds: photos.map((photo) => String(photo.id)),
    unknown: unknownIn(row),
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

/** @returns when the server wrote it, by its own clock; null when somebody wrote between reading and writing: read again. */
const writeItem = async (
  client: SupabaseClient,
  workspaceId: string,
  item: Item,
  remote: Remote | null,
): Promise<string | null> => {
  const columns = columnsOf(item, remote?.unknown);
  if (remote === null) {
    const answer = await client
      .from("items")
      .insert({ ...columns, id: item.id, workspace_id: workspaceId, created_at: item.createdAt })
      .select("updated_at");
    if (answer.error?.code === THERE_ALREADY) return null;
    return writtenAt(dataOf("a new item", answer));
  }
  const change = client.from("items").update(columns).eq("id", item.id).eq("updated_at", remote.version);
  return writtenAt(dataOf("a changed item", await change.select("updated_at")));
};
const writtenAt = ([row]: { updated_at: string }[]): string | null =>
  row ? new Date(row.updated_at).toISOString() : null;

/** The item here after what was sent: joined with what the server has now, its times no later than the server heard of them. */
const keepSent = (
  db: HawkerDatabase,
  sent: { local: Item; merged: Item; heardAt: string; remote: Remote | null; rows: readonly OutboxRow[] },
): Promise<void> =>
  db.transaction("rw", db.items, db.outbox, db.earlier, async () => {
    const { local, merged, heardAt, remote, rows } = sent;
    const current = await db.items.get(local.id);
    if (!current) return;
    const unchanged = Object.keys(current.fieldTimes).filter(
      (key) => current.fieldTimes[key] === local.fieldTimes[key],
    );
    await db.items.put(boundedBy(current, heardAt, unchanged));
    await joinItems(db, [boundedBy(merged, heardAt)]);
    if (remote) await keepEarlier(db, lostThere(remote.item, merged, rows));
  });

/** @param rows what waits to be sent of this item. */
const pushItem = async (
  client: SupabaseClient,
  workspaceId: string,
  itemId: string,
  rows: readonly OutboxRow[],
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
    const heardAt = await writeItem(client, workspaceId, merged, remote);
    if (heardAt === null) continue;
    const photos = photoRows(workspaceId, merged, new Set([...uploaded, ...(remote?.photoIds ?? [])]));
    if (photos.length > 0)
      dataOf("photos", await client.from("item_photos").upsert(photos, { onConflict: "id" }).select("id"));
    await keepSent(db, { local, merged, heardAt, remote, rows });
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
      await pushItem(client, workspaceId, itemId, rows, db);
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
