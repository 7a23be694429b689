/** Downloads pictures another device added, when they are needed here. */
import { database } from "#extension/store/database.ts";
import { readSetting } from "#extension/store/settings.ts";
import { supabase } from "#extension/auth/client.ts";
import { photoPath } from "./push-items.ts";

/** The full picture, fetched first when only its row is here. @throws Error saying what to do. */
export const fullPhoto = async (itemId: string, photoId: string): Promise<Blob> => {
  const kept = await database.photoBlobs.get(photoId);
  if (kept?.full) return kept.full;
  const auth = await readSetting("auth");
  const photo = (await database.items.get(itemId))?.photos.find((one) => one.id === photoId);
  if (!auth?.workspaceId || !photo)
    throw new Error("A photo of this item is not on this computer. Sign in and go online to fetch it.");
  const { data, error } = await supabase()
    .storage.from("listing-photos")
    .download(photoPath(auth.workspaceId, itemId, photo));
  if (error)
    throw new Error("A photo of this item could not be fetched. Go online and try again.", { cause: error });
  const full = new Blob([await data.arrayBuffer()], { type: photo.mime });
  await database.photoBlobs.update(photoId, { full, thumb: full });
  return full;
};

/** Pictures known only by name, newest first, a few at a time: the inventory shows them as they come. */
export const downloadMissing = async (limit = 24): Promise<void> => {
  const missing = await database.photoBlobs
    .filter((row) => row.full === null)
    .limit(limit)
    .toArray();
  for (const row of missing) await fullPhoto(row.itemId, row.id);
};
