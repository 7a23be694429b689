/** A copy to sell a second one of: the same in everything but its SKU, with pictures of its own. */
import { itemFieldsSchema, type Item, type ItemFields } from "#core/item/item.ts";
import { shortened } from "#core/item/text-length.ts";
import { readItem } from "./change-item.ts";
import { database, type HawkerDatabase } from "./database.ts";
import { attachPhotos, type ReadyPhoto } from "./item-photos.ts";
import { createItem } from "./items.ts";

const TITLE_MOST = 200;
const COPY = " (copy)";

const picturesOf = async (db: HawkerDatabase, item: Item): Promise<ReadyPhoto[]> => {
  const rows = await db.photoBlobs.bulkGet(item.photos.map(({ id }) => id));
  return item.photos.flatMap((photo, i) => {
    const row = rows[i];
    if (!row?.full) return [];
    const { name, full, original, thumb } = row;
    return [
      {
        photo: { ...photo, id: crypto.randomUUID() },
        name,
        full,
        original: original ?? full,
        thumb: thumb ?? full,
      },
    ];
  });
};

/** @returns how many of its photos are not on this computer yet, and so not in the copy. */
export const duplicateItem = (
  itemId: string,
  db: HawkerDatabase = database,
): Promise<{ copy: Item; photosMissing: number }> =>
  db.transaction("rw", db.items, db.outbox, db.photoBlobs, async () => {
    const item = await readItem(db, itemId);
    const fields = Object.fromEntries(
      Object.keys(itemFieldsSchema.shape).map((field) => [field, item[field as keyof ItemFields]]),
    ) as ItemFields;
    const title = `${shortened(item.title, TITLE_MOST - COPY.length)}${COPY}`;
    const copy = await createItem({ ...fields, title, sku: "" }, { db });
    const pictures = await picturesOf(db, item);
    if (pictures.length > 0) await attachPhotos(copy.id, pictures, { db });
    return { copy, photosMissing: item.photos.length - pictures.length };
  });
