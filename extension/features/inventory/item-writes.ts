/**
 * Every edit of an item goes through here: the row, the time of each field, and the outbox entry in one transaction,
 * so that nothing typed is ever only half kept.
 */
import { itemSchema, type Item, type ItemFields, type Photo } from "#core/item/item.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import { photoTimeKey } from "#extension/store/merge.ts";
import type { OutboxOp } from "#extension/store/rows.ts";
import { send } from "#extension/messages/send.ts";
import type { ProcessedPhoto } from "../photos/process-photo.ts";

const nowIso = () => new Date().toISOString();

const queue = (db: HawkerDatabase, op: OutboxOp, itemId: string, id: string, fields: string[], at: string) =>
  db.outbox.add({
    op,
    table: op === "putPhoto" || op === "deletePhoto" ? "item_photos" : "items",
    id,
    itemId,
    fields,
    at,
    attempts: 0,
    lastError: null,
  });

/** Tells the background there is something to send; it sends later anyway when it cannot be woken now. */
export const nudgeSync = (): void => {
  send("sync.now", {}).catch((cause: unknown) => console.info("Sync was not started now; the alarm will do it.", cause));
};

/** A row with one title and everything else empty, not stored yet. */
export const newItem = (fields: Partial<ItemFields> & { title: string }): Item => {
  const at = nowIso();
  const item = itemSchema.parse({
    price: { amountMinor: 0, currency: "USD" },
    ...fields,
    id: crypto.randomUUID(),
    createdAt: at,
    updatedAt: at,
  });
  return { ...item, fieldTimes: Object.fromEntries(Object.keys(fields).map((name) => [name, at])) };
};

/** Stores new items with their photos, all or nothing. */
export const addItems = async (added: { item: Item; photos: ProcessedPhoto[] }[], db: HawkerDatabase = database): Promise<void> => {
  await db.transaction("rw", db.items, db.photoBlobs, db.outbox, async () => {
    for (const { item, photos } of added) {
      const fieldTimes = { ...item.fieldTimes };
      for (const { photo } of photos) fieldTimes[photoTimeKey(photo.id)] = item.updatedAt;
      if (photos.length > 0) fieldTimes.photos = item.updatedAt;
      await db.items.put({ ...item, photos: photos.map((p) => p.photo), fieldTimes });
      await queue(db, "putItem", item.id, item.id, Object.keys(fieldTimes), item.updatedAt);
      for (const processed of photos) await putPhoto(db, item.id, processed, item.updatedAt);
    }
  });
  nudgeSync();
};

const putPhoto = async (db: HawkerDatabase, itemId: string, { photo, name, original, full, thumb }: ProcessedPhoto, at: string) => {
  await db.photoBlobs.put({ id: photo.id, itemId, name, original, full, thumb, uploadedAt: null, createdAt: at });
  await queue(db, "putPhoto", itemId, photo.id, [], at);
};

/** Sets fields of an item as it is now; returns what it became. */
export const editItem = async (id: string, change: Partial<ItemFields>, db: HawkerDatabase = database): Promise<void> => {
  const at = nowIso();
  const fields = Object.keys(change);
  await db.transaction("rw", db.items, db.outbox, async () => {
    await db.items.where("id").equals(id).modify((item) => {
      Object.assign(item, change);
      item.updatedAt = at;
      item.fieldTimes = { ...item.fieldTimes, ...Object.fromEntries(fields.map((f) => [f, at])) };
    });
    await queue(db, "putItem", id, id, fields, at);
  });
  nudgeSync();
};

const editPhotos = async (db: HawkerDatabase, id: string, at: string, edit: (photos: Photo[]) => { photos: Photo[]; touched: string[] }) => {
  await db.items.where("id").equals(id).modify((item) => {
    const { photos, touched } = edit(item.photos);
    item.photos = photos;
    item.updatedAt = at;
    item.fieldTimes = { ...item.fieldTimes, photos: at, ...Object.fromEntries(touched.map((t) => [photoTimeKey(t), at])) };
  });
  await queue(db, "putItem", id, id, ["photos"], at);
};

export const addPhotos = async (itemId: string, added: ProcessedPhoto[], db: HawkerDatabase = database): Promise<void> => {
  const at = nowIso();
  await db.transaction("rw", db.items, db.photoBlobs, db.outbox, async () => {
    await editPhotos(db, itemId, at, (photos) => ({
      photos: [...photos, ...added.map((a) => a.photo)],
      touched: added.map((a) => a.photo.id),
    }));
    for (const processed of added) await putPhoto(db, itemId, processed, at);
  });
  nudgeSync();
};

export const orderPhotos = async (itemId: string, ids: string[], db: HawkerDatabase = database): Promise<void> => {
  await db.transaction("rw", db.items, db.outbox, () =>
    editPhotos(db, itemId, nowIso(), (photos) => ({
      photos: [...photos].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
      touched: [],
    })),
  );
  nudgeSync();
};

export const removePhoto = async (itemId: string, photoId: string, db: HawkerDatabase = database): Promise<void> => {
  const at = nowIso();
  await db.transaction("rw", db.items, db.outbox, async () => {
    await editPhotos(db, itemId, at, (photos) => ({ photos: photos.filter((p) => p.id !== photoId), touched: [photoId] }));
    await queue(db, "deletePhoto", itemId, photoId, [], at);
  });
  nudgeSync();
};

/** A changed picture is a new photo in the old one's place: what was posted keeps its own. */
export const replacePhoto = async (itemId: string, photoId: string, made: ProcessedPhoto, db: HawkerDatabase = database): Promise<void> => {
  const at = nowIso();
  await db.transaction("rw", db.items, db.photoBlobs, db.outbox, async () => {
    await editPhotos(db, itemId, at, (photos) => ({
      photos: photos.map((p) => (p.id === photoId ? { ...made.photo, alt: p.alt } : p)),
      touched: [photoId, made.photo.id],
    }));
    await putPhoto(db, itemId, made, at);
    await queue(db, "deletePhoto", itemId, photoId, [], at);
  });
  nudgeSync();
};

const setDeleted = async (ids: string[], deletedAt: string | null, db: HawkerDatabase): Promise<void> => {
  const at = nowIso();
  await db.transaction("rw", db.items, db.outbox, async () => {
    for (const id of ids) {
      await db.items.update(id, { deletedAt, updatedAt: at, "fieldTimes.deletedAt": at } as never);
      await queue(db, deletedAt ? "deleteItem" : "putItem", id, id, ["deletedAt"], at);
    }
  });
  nudgeSync();
};
export const deleteItems = (ids: string[], db: HawkerDatabase = database) => setDeleted(ids, nowIso(), db);
export const restoreItems = (ids: string[], db: HawkerDatabase = database) => setDeleted(ids, null, db);
