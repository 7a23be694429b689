/** Turning photos. The turned picture is a new photo in the old one's place: what was posted keeps its own. */
import { database } from "#extension/store/database.ts";
import { replacePhoto } from "#extension/store/item-photos.ts";
import { preparePhoto } from "#extension/store/photos/prepare-photo.ts";

/** A quarter turn clockwise. @returns the id of the turned photo */
const turnOnce = async (itemId: string, photoId: string): Promise<string> => {
  const row = await database.photoBlobs.get(photoId);
  if (!row) throw new Error("This photo was changed or removed meanwhile. Look again.");
  if (!row.full)
    throw new Error("This photo is still on its way from your other device. Try again when it shows.");
  const turned = await preparePhoto(row.full, row.name, 1);
  await replacePhoto(itemId, photoId, { ...turned, name: row.name, original: row.original ?? turned.full });
  return turned.photo.id;
};

/** One turn after the other: pressed twice on a photo, it turns twice, although the first turn made it another. */
export const createTurner = (itemId: string): ((photoId: string) => Promise<void>) => {
  const became = new Map<string, string>();
  let turning: Promise<unknown> = Promise.resolve();
  const turn = async (pressed: string): Promise<void> => {
    let photoId = pressed;
    for (let next = became.get(photoId); next !== undefined; next = became.get(photoId)) photoId = next;
    became.set(photoId, await turnOnce(itemId, photoId));
  };
  return (photoId) => {
    const mine = turning.then(() => turn(photoId));
    turning = mine.catch(() => undefined); // told to whoever pressed; the next turn is not held up
    return mine;
  };
};
