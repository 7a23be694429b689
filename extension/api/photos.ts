/** Downloads pictures another device added, when they are needed here. */
import type { Photo } from "#core/item/item.ts";
import { PHOTO_BUCKET, photoPath } from "#core/item/photo-path.ts";
import { database } from "#extension/store/database.ts";
import type { PhotoBlobRow } from "#extension/store/rows.ts";
import { readSetting } from "#extension/store/settings.ts";
import { supabase } from "#extension/auth/client.ts";
import { dataOf, refusalIn } from "./service-error.ts";

/** @throws ServiceUnreachable | ServiceRefused */
const fetchPhoto = async (workspaceId: string, itemId: string, photo: Photo): Promise<Blob> => {
  const bucket = supabase().storage.from(PHOTO_BUCKET);
  const data = dataOf("fetching a photo", await bucket.download(photoPath(workspaceId, itemId, photo)));
  const full = new Blob([await data.arrayBuffer()], { type: photo.mime });
  await database.photoBlobs.update(photo.id, { full, thumb: full });
  return full;
};

/** The full picture, fetched first when only its row is here. @throws Error saying what to do. */
export const fullPhoto = async (itemId: string, photoId: string): Promise<Blob> => {
  const kept = await database.photoBlobs.get(photoId);
  if (kept?.full) return kept.full;
  const auth = await readSetting("auth");
  const photo = (await database.items.get(itemId))?.photos.find((one) => one.id === photoId);
  if (!photo) throw new Error("A photo of this item was removed. Look through its photos and try again.");
  if (!auth?.workspaceId)
    throw new Error("A photo of this item is not on this computer. Log in and go online to fetch it.");
  try {
    return await fetchPhoto(auth.workspaceId, itemId, photo);
  } catch (cause) {
    throw new Error("A photo of this item could not be fetched. Go online and try again.", { cause });
  }
};

/** A row without its picture is kept only while an item names the photo: one removed elsewhere never comes. */
const dropOrphan = (row: PhotoBlobRow): Promise<boolean> =>
  database.transaction("rw", database.items, database.photoBlobs, async () => {
    const item = await database.items.get(row.itemId);
    if (item?.photos.some(({ id }) => id === row.id)) return false;
    await database.photoBlobs.delete(row.id);
    return true;
  });

const longestUntriedFirst = (a: PhotoBlobRow, b: PhotoBlobRow): number =>
  (a.triedAt ?? "").localeCompare(b.triedAt ?? "");

/**
 * Pictures known only by name, a few at a time: the inventory shows them as they come. One that cannot be had does not
 * hold up the others.
 * @returns what could not be fetched, in sentences. @throws ServiceUnreachable
 */
export const downloadMissing = async (workspaceId: string, limit = 24): Promise<string[]> => {
  const missing = await database.photoBlobs.filter((row) => row.full === null).toArray();
  const refused: string[] = [];
  let tried = 0;
  for (const row of missing.sort(longestUntriedFirst)) {
    if (tried === limit) break;
    if (await dropOrphan(row)) continue;
    const item = await database.items.get(row.itemId);
    const photo = item?.photos.find(({ id }) => id === row.id);
    if (!item || item.deletedAt || !photo) continue;
    tried += 1;
    try {
      await fetchPhoto(workspaceId, item.id, photo);
    } catch (error) {
      refused.push(`A photo of "${item.title}" is missing. ${refusalIn(error)}`);
      await database.photoBlobs.update(row.id, { triedAt: new Date().toISOString() });
    }
  }
  return refused;
};
