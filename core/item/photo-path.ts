/**
 * Where a photo lies in the bucket: workspace, item and photo, each by its id. The database holds its rows to this form, and
 * nothing is fetched by a path of another one: a path that climbs ("..") would end in somebody else's folder.
 */
import type { Photo } from "./item.ts";

export const PHOTO_BUCKET = "listing-photos";

const ENDINGS: Record<Photo["mime"], string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
};

export const photoPath = (workspaceId: string, itemId: string, photo: Pick<Photo, "id" | "mime">): string =>
  `${workspaceId}/${itemId}/${photo.id}.${ENDINGS[photo.mime]}`;

const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const PATH = new RegExp(`^${ID}/${ID}/${ID}\\.(?:jpg|png|webp)$`);

export const isPhotoPath = (path: string): boolean => PATH.test(path);
