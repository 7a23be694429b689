import type { Item } from "#core/item/item.ts";
import { database } from "#extension/store/database.ts";
import { attachPhotos, removePhoto, reorderPhotos } from "#extension/store/items.ts";
import { preparePhoto } from "#extension/store/photos/prepare-photo.ts";

/** A quarter turn clockwise. The turned picture is a new photo in the old one's place: what was posted keeps its own. */
export const rotatePhoto = async (item: Item, photoId: string): Promise<void> => {
  const row = await database.photoBlobs.get(photoId);
  if (!row?.full)
    throw new Error("This photo is still on its way from your other device. Try again when it shows.");
  const prepared = await preparePhoto(row.full, row.name, 1);
  const ids = item.photos.map((p) => (p.id === photoId ? prepared.photo.id : p.id));
  await database.transaction("rw", database.items, database.outbox, database.photoBlobs, async () => {
    await removePhoto(item.id, photoId);
    await attachPhotos(item.id, [{ ...prepared, name: row.name, original: row.original ?? prepared.full }]);
    await reorderPhotos(item.id, ids);
  });
};
