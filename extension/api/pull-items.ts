/** Items as the server has them, with their photos, joined into what is here. */
import type { SupabaseClient } from "@supabase/supabase-js";
import type { Item } from "#core/item/item.ts";
import type { HawkerDatabase } from "#extension/store/database.ts";
import { joinItems } from "#extension/store/earlier.ts";
import { rowsOf, type Columns } from "./changed-since.ts";
import { ITEM_COLUMNS, itemOf, PHOTO_COLUMNS } from "./rows.ts";

const ITEMS = { table: "items", columns: ITEM_COLUMNS, told: "items" };
const PHOTOS = { table: "item_photos", columns: PHOTO_COLUMNS, told: "photos" };
/** Items kept in one transaction: screens draw once per transaction, and none of them waits long. */
const BATCH = 100;

type Pulled = { items: Item[]; photoRows: Map<string, Columns>; unreadable: string[] };

const readBatch = async (client: SupabaseClient, itemIds: readonly string[]): Promise<Pulled> => {
  const [itemRows, photos] = await Promise.all([
    rowsOf(client, ITEMS, "id", itemIds),
    rowsOf(client, PHOTOS, "item_id", itemIds),
  ]);
  const there = photos.filter((row) => row.deleted_at === null);
  const photosOf = Map.groupBy(there, (row) => row.item_id);
  const items: Item[] = [];
  const unreadable: string[] = [];
  for (const row of itemRows) {
    try {
      items.push(itemOf(row, photosOf.get(row.id) ?? []));
    } catch (cause) {
      console.warn(`Item ${String(row.id)} cannot be read.`, cause);
      unreadable.push(String(row.id));
    }
  }
  return { items, photoRows: new Map(there.map((row) => [String(row.id), row])), unreadable };
};

/** Pictures of photos another device added: their rows come now, the pictures when there is time (photos.ts). */
const expectPictures = async (db: HawkerDatabase, merged: Item[], { photoRows }: Pulled): Promise<void> => {
  const wanted = merged.flatMap((item) => item.photos.map(({ id }) => ({ id, itemId: item.id })));
  const ids = wanted.map(({ id }) => id);
  const here = new Set(await db.photoBlobs.where("id").anyOf(ids).primaryKeys());
  await db.photoBlobs.bulkAdd(
    wanted
      .filter(({ id }) => photoRows.has(id) && !here.has(id))
      .map(({ id, itemId }) => {
        const at = String(photoRows.get(id)?.updated_at);
        return {
          id,
          itemId,
          name: id,
          original: null,
          full: null,
          thumb: null,
          uploadedAt: at,
          createdAt: at,
        };
      }),
  );
};

const keepBatch = (db: HawkerDatabase, pulled: Pulled): Promise<void> =>
  db.transaction("rw", db.items, db.photoBlobs, db.outbox, db.earlier, async () => {
    await expectPictures(db, await joinItems(db, pulled.items), pulled);
  });

/** @returns ids of items that this version cannot read. @throws ServiceUnreachable | ServiceRefused */
export const pullItems = async (
  client: SupabaseClient,
  itemIds: readonly string[],
  db: HawkerDatabase,
): Promise<string[]> => {
  const unreadable: string[] = [];
  for (let at = 0; at < itemIds.length; at += BATCH) {
    const pulled = await readBatch(client, itemIds.slice(at, at + BATCH));
    await keepBatch(db, pulled);
    unreadable.push(...pulled.unreadable);
  }
  return unreadable;
};
