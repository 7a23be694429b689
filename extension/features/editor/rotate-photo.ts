import type { Item } from "#core/item/item.ts";
import { database } from "#extension/store/database.ts";
import { attachPhotos, removePhoto, reorderPhotos } from "#extension/store/items.ts";
import { preparePhoto } from "#extension/store/photos/prepare-photo.ts";

/** A quarter turn clockwise. The turned picture is a new photo in the old one's place: what was posted keeps its own. */
export const rotatePhoto = async (item: Item, photoId: string): Promise<void> => {
  const row = await database.photoBlobs.get(photoId);
  if (!row?.full) throw new Error("This photo is still on its way from your other device. Try again when it shows.");
  const bitmap = await createImageBitmap(row.full);
  const canvas = new OffscreenCanvas(bitmap.height, bitmap.width);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser could not turn the photo. Close some tabs and try again.");
  context.translate(canvas.width, 0);
  context.rotate(Math.PI / 2);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const turned = await canvas.convertToBlob({ type: row.full.type, quality: 0.95 });
  const prepared = await preparePhoto(turned, row.name);
  const ids = item.photos.map((p) => (p.id === photoId ? prepared.photo.id : p.id));
  await database.transaction("rw", database.items, database.outbox, database.photoBlobs, async () => {
    await removePhoto(item.id, photoId);
    await attachPhotos(item.id, [{ ...prepared, name: row.name, original: row.original ?? row.full ?? turned }]);
    await reorderPhotos(item.id, ids);
  });
};
