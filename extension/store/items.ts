/**
 * Writing items. Everything typed goes to its row and to the outbox in one transaction: either both are there after a
 * crash or neither is. `at` is the moment of the edit; later edits win when devices meet (merge.ts).
 */
import { itemFieldsSchema, type Item, type ItemFields, type Photo } from "#core/item/item.ts";
import { database, type HawkerDatabase } from "./database.ts";
import { keepEarlier } from "./earlier.ts";
import { differs, fieldTime, isLater, photoTimeKey } from "./merge.ts";
import { enqueue } from "./outbox.ts";

export type NewItem = Partial<ItemFields> & Pick<ItemFields, "title" | "price">;
type Write = { db?: HawkerDatabase; at?: string };

const now = (): string => new Date().toISOString();

/** The item as it begins: defaults filled in, every given field edited at `at`. @throws ZodError for an invalid field. */
export const newItem = (
  fields: NewItem,
  { id = crypto.randomUUID(), at = now() }: { id?: string; at?: string } = {},
): Item => ({
  ...itemFieldsSchema.parse(fields),
  id,
  photos: [],
  fieldTimes: Object.fromEntries(Object.keys(fields).map((field) => [field, at])),
  createdAt: at,
  updatedAt: at,
  deletedAt: null,
});

export const createItem = async (
  fields: NewItem,
  { db = database, at = now() }: Write = {},
): Promise<Item> => {
  const item = newItem(fields, { at });
  await db.transaction("rw", db.items, db.outbox, async () => {
    await db.items.add(item);
    await enqueue(db, {
      op: "putItem",
      table: "items",
      id: item.id,
      itemId: item.id,
      fields: Object.keys(fields),
      at,
    });
  });
  return item;
};

/** Many at once, for imports: all of them or none. */
export const createItems = async (
  list: readonly NewItem[],
  { db = database, at = now() }: Write = {},
): Promise<Item[]> => {
  const items = list.map((fields) => newItem(fields, { at }));
  await db.transaction("rw", db.items, db.outbox, async () => {
    await db.items.bulkAdd(items);
    for (const item of items) {
      await enqueue(db, {
        op: "putItem",
        table: "items",
        id: item.id,
        itemId: item.id,
        fields: Object.keys(item.fieldTimes),
        at,
      });
    }
  });
  return items;
};

const readItem = async (db: HawkerDatabase, itemId: string): Promise<Item> => {
  const item = await db.items.get(itemId);
  if (!item) throw new Error("This item is no longer here. Reload the inventory.");
  return item;
};

/** The moment of an edit: after the one it replaces, whatever this computer's clock says. */
const momentOf = (item: Item, keys: readonly string[], at: string): string =>
  new Date(
    Math.max(Date.parse(at), ...keys.map((key) => Date.parse(fieldTime(item, key)) + 1)),
  ).toISOString();

/** Inside the caller's transaction. @param times keys of `fieldTimes` that move; the fields where they are the same. */
const writeChange = async (
  db: HawkerDatabase,
  item: Item,
  change: Partial<Item>,
  at: string,
  times = Object.keys(change),
): Promise<Item> => {
  const moment = momentOf(item, times, at);
  const changed: Item = {
    ...item,
    ...change,
    fieldTimes: { ...item.fieldTimes, ...Object.fromEntries(times.map((key) => [key, moment])) },
    updatedAt: moment > item.updatedAt ? moment : item.updatedAt,
  };
  await db.items.put(changed);
  const fields = Object.keys(change);
  const over = Object.fromEntries(fields.map((field) => [field, fieldTime(item, field)]));
  await enqueue(db, {
    op: "putItem",
    table: "items",
    id: item.id,
    itemId: item.id,
    fields,
    over,
    at: moment,
  });
  return changed;
};

const changeItem = async (
  itemId: string,
  change: (item: Item) => Partial<Item>,
  { db = database, at = now() }: Write = {},
  times?: string[],
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, async () => {
    const item = await readItem(db, itemId);
    return writeChange(db, item, change(item), at, times);
  });

/** What the edit makes of the stored item; null changes nothing. */
export type Edit = (item: Item) => Partial<ItemFields> | null;

export type EditWrite = Write & {
  /** Time of the value the person had before them, per field: what was written since was not seen. */
  over?: Partial<Record<keyof ItemFields, string>>;
  /** Typed at `at` and brought only now: what was written later stays. */
  late?: boolean;
};

/**
 * What is as it was already is no edit. Of two values of which neither writer saw the other, the one that goes is kept among
 * the earlier ones. @throws ZodError when a field is invalid; nothing is written then.
 */
export const editItem = async (
  itemId: string,
  edit: Edit,
  { db = database, at = now(), over = {}, late = false }: EditWrite = {},
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, db.earlier, async () => {
    const item = await readItem(db, itemId);
    const edits = edit(item) ?? {};
    const parsed = itemFieldsSchema.partial().parse(edits);
    // `partial` fills in defaults for what was not given; only what was given is an edit.
    const given = (Object.keys(edits) as (keyof ItemFields)[]).filter((f) => differs(parsed[f], item[f]));
    const unseen = given.filter((f) => over[f] !== undefined && isLater(fieldTime(item, f), over[f]));
    const stays = unseen.filter((f) => late && isLater(fieldTime(item, f), at));
    const goes = unseen.filter((f) => !stays.includes(f));
    await keepEarlier(db, [
      ...stays.map((field) => ({ itemId, field, value: parsed[field], at, unseen: true })),
      ...goes.map((field) => ({
        itemId,
        field,
        value: item[field],
        at: fieldTime(item, field),
        unseen: true,
      })),
    ]);
    const written = given.filter((f) => !stays.includes(f));
    if (written.length === 0) return item;
    return writeChange(db, item, Object.fromEntries(written.map((field) => [field, parsed[field]])), at);
  });

export const deleteItem = (itemId: string, write: Write = {}): Promise<Item> =>
  changeItem(itemId, () => ({ deletedAt: write.at ?? now() }), write);
export const restoreItem = (itemId: string, write?: Write): Promise<Item> =>
  changeItem(itemId, () => ({ deletedAt: null }), write);

export const duplicateItem = async (itemId: string, write?: Write): Promise<Item> => {
  const item = await (write?.db ?? database).items.get(itemId);
  if (!item) throw new Error("This item is no longer here. Reload the inventory.");
  const fields = Object.fromEntries(
    Object.keys(itemFieldsSchema.shape).map((field) => [field, item[field as keyof ItemFields]]),
  );
  return createItem(
    { ...(fields as ItemFields), title: `${item.title} (copy)`.slice(0, 200), sku: "" },
    write,
  );
};

/** The photos in this order; ids not named keep their order after them. */
export const reorderPhotos = (itemId: string, photoIds: readonly string[], write?: Write): Promise<Item> =>
  changeItem(
    itemId,
    (item) => {
      const named = photoIds.flatMap((id) => item.photos.find((photo) => photo.id === id) ?? []);
      return { photos: [...named, ...item.photos.filter((photo) => !photoIds.includes(photo.id))] };
    },
    write,
  );

export const setPhotoAlt = (itemId: string, photoId: string, alt: string, write?: Write): Promise<Item> =>
  changeItem(
    itemId,
    (item) => ({ photos: item.photos.map((photo) => (photo.id === photoId ? { ...photo, alt } : photo)) }),
    write,
    [photoTimeKey(photoId)],
  );

export const removePhoto = async (
  itemId: string,
  photoId: string,
  { db = database, at = now() }: Write = {},
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, db.photoBlobs, async () => {
    const item = await changeItem(
      itemId,
      (before) => ({ photos: before.photos.filter((photo) => photo.id !== photoId) }),
      { db, at },
      [photoTimeKey(photoId)],
    );
    await db.photoBlobs.delete(photoId);
    await enqueue(db, { op: "deletePhoto", table: "item_photos", id: photoId, itemId, fields: [], at });
    return item;
  });

export type ReadyPhoto = { photo: Photo; name: string; original: Blob; full: Blob; thumb: Blob };

/** Puts prepared photos after those there are: rows, pictures and outbox together. */
export const attachPhotos = async (
  itemId: string,
  ready: readonly ReadyPhoto[],
  { db = database, at = now() }: Write = {},
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, db.photoBlobs, async () => {
    const times = ["photos", ...ready.map(({ photo }) => photoTimeKey(photo.id))];
    const item = await changeItem(
      itemId,
      (before) => ({ photos: [...before.photos, ...ready.map(({ photo }) => photo)] }),
      { db, at },
      times,
    );
    if (item.photos.length > 24) throw new Error("An item holds at most 24 photos. Remove some first.");
    for (const { photo, name, original, full, thumb } of ready) {
      await db.photoBlobs.add({
        id: photo.id,
        itemId,
        name,
        original,
        full,
        thumb,
        uploadedAt: null,
        createdAt: at,
      });
      await enqueue(db, { op: "putPhoto", table: "item_photos", id: photo.id, itemId, fields: [], at });
    }
    return item;
  });
