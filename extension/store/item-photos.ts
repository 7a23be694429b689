/** The photos of an item: added, removed, moved, replaced. Rows, pictures and outbox together. */
import type { Item, Photo } from "#core/item/item.ts";
import { changeItem, now, readItem, type Write } from "./change-item.ts";
import { database, type HawkerDatabase } from "./database.ts";
import { photoTimeKey } from "./merge.ts";
import { enqueue } from "./outbox.ts";

const MOST = 24;

/** From its place in the stored order, not from where a screen drew it: two quick moves are two. */
export const movePhoto = (
  itemId: string,
  photoId: string,
  to: { by: 1 | -1 } | { placeOf: string },
  write?: Write,
): Promise<Item> =>
  changeItem(
    itemId,
    ({ photos }) => {
      const from = photos.findIndex(({ id }) => id === photoId);
      const place = "by" in to ? from + to.by : photos.findIndex(({ id }) => id === to.placeOf);
      const moved = photos[from];
      if (!moved || place < 0 || place >= photos.length) return { photos };
      return { photos: photos.toSpliced(from, 1).toSpliced(place, 0, moved) };
    },
    write,
  );

/** @returns false, and changes nothing, when it is not there any more. */
const removePhoto = (
  itemId: string,
  photoId: string,
  { db = database, at = now() }: Write = {},
): Promise<boolean> =>
  db.transaction("rw", db.items, db.outbox, db.photoBlobs, async () => {
    const { photos } = await readItem(db, itemId);
    if (!photos.some(({ id }) => id === photoId)) return false;
    const others = photos.filter(({ id }) => id !== photoId);
    await changeItem(itemId, () => ({ photos: others }), { db, at }, [photoTimeKey(photoId)]);
    await forgetPicture(db, itemId, photoId, at);
    return true;
  });

const forgetPicture = async (
  db: HawkerDatabase,
  itemId: string,
  photoId: string,
  at: string,
): Promise<void> => {
  await db.photoBlobs.delete(photoId);
  await enqueue(db, { op: "deletePhoto", table: "item_photos", id: photoId, itemId, fields: [], at });
};

export type ReadyPhoto = { photo: Photo; name: string; original: Blob; full: Blob; thumb: Blob };

const addPicture = async (
  db: HawkerDatabase,
  itemId: string,
  { photo, ...pictures }: ReadyPhoto,
  at: string,
): Promise<void> => {
  await db.photoBlobs.add({ id: photo.id, itemId, ...pictures, uploadedAt: null, createdAt: at });
  await enqueue(db, { op: "putPhoto", table: "item_photos", id: photo.id, itemId, fields: [], at });
};

/** Puts prepared photos after those there are. @throws Error when there would be too many; none is added then */
export const attachPhotos = (
  itemId: string,
  ready: readonly ReadyPhoto[],
  { db = database, at = now() }: Write = {},
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, db.photoBlobs, async () => {
    const { photos } = await readItem(db, itemId);
    if (photos.length + ready.length > MOST)
      throw new Error(`An item holds at most ${MOST} photos. Remove some first.`);
    const all = [...photos, ...ready.map(({ photo }) => photo)];
    const times = ["photos", ...ready.map(({ photo }) => photoTimeKey(photo.id))];
    const item = await changeItem(itemId, () => ({ photos: all }), { db, at }, times);
    for (const one of ready) await addPicture(db, itemId, one, at);
    return item;
  });

/** What brings a removed photo back, in its place; null when this device never had the picture. */
export const removeForUndo = async (
  itemId: string,
  photoId: string,
): Promise<(() => Promise<void>) | null> => {
  const [item, kept] = await Promise.all([readItem(database, itemId), database.photoBlobs.get(photoId)]);
  const place = item.photos.findIndex(({ id }) => id === photoId);
  const photo = item.photos[place];
  if (!(await removePhoto(itemId, photoId)) || !photo || !kept?.full || !kept.thumb) return null;
  const { name, full, thumb, original } = kept;
  // Under a new id: the old one is on its way to be deleted everywhere.
  const back: ReadyPhoto = {
    photo: { ...photo, id: crypto.randomUUID() },
    name,
    full,
    thumb,
    original: original ?? full,
  };
  return async () => {
    const { photos } = await attachPhotos(itemId, [back]);
    const before = photos[place];
    if (before) await movePhoto(itemId, back.photo.id, { placeOf: before.id });
  };
};

/** Puts one in another's place. @throws Error when that one is not there any more; nothing is changed then */
export const replacePhoto = (
  itemId: string,
  photoId: string,
  ready: ReadyPhoto,
  { db = database, at = now() }: Write = {},
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, db.photoBlobs, async () => {
    const { photos } = await readItem(db, itemId);
    if (!photos.some(({ id }) => id === photoId))
      throw new Error("This photo was changed or removed meanwhile. Look again.");
    const all = photos.map((photo) => (photo.id === photoId ? ready.photo : photo));
    const times = ["photos", photoTimeKey(photoId), photoTimeKey(ready.photo.id)];
    const item = await changeItem(itemId, () => ({ photos: all }), { db, at }, times);
    await forgetPicture(db, itemId, photoId, at);
    await addPicture(db, itemId, ready, at);
    return item;
  });
