/**
 * Photos for one target: fetched from storage and prepared ahead of the form that will ask for them. Where they lie follows
 * from the item as the job keeps it, not from the rows of today: a photo removed from the item since is still this job's.
 */
import { createHash } from "node:crypto";
import { photoPath, type Photo } from "#core/item/index.ts";
import { photoName } from "#core/item/photo-name.ts";
import type { PhotoRule } from "#core/marketplace/index.ts";
import type { PagePhoto } from "#core/plan/index.ts";
import type { PhotoStore } from "./photo-store.ts";
import { preparePhoto } from "./prepare-photo.ts";

export type PhotoSource = { read(photoId: string): Promise<PagePhoto> };

/** The seller's own photo is the trouble, not the site. */
export class PhotoError extends Error {
  override name = "PhotoError";
}

/** Not in storage: not uploaded yet, or removed for good. */
export class PhotoMissingError extends PhotoError {
  override name = "PhotoMissingError";
}

type Wanted = {
  workspaceId: string;
  itemId: string;
  /** The item's, for the files' names. */
  title: string;
  photos: readonly Photo[];
  rule: PhotoRule;
  signal: AbortSignal;
};

const loadPhoto = async (store: PhotoStore, wanted: Wanted, at: number): Promise<PagePhoto> => {
  const photo = wanted.photos[at]!;
  const file = await store.download(photoPath(wanted.workspaceId, wanted.itemId, photo), wanted.signal);
  if (!file)
    throw new PhotoMissingError(
      `Photo ${at + 1} is not in the cloud. Open Hawker in the browser that has it, so that it is sent.`,
    );
  if (createHash("sha256").update(file).digest("hex") !== photo.sha256)
    throw new PhotoError(`Photo ${at + 1} was changed after this job was made. Start a new one.`);
  try {
    const { mime, bytes } = await preparePhoto(file, wanted.rule);
    const name = photoName(wanted.title, at, mime);
    return { id: photo.id, name, mime, base64: bytes.toString("base64") };
  } catch (cause) {
    throw new PhotoError(
      `Photo ${at + 1} cannot be used: ${cause instanceof Error ? cause.message : "unreadable"}`,
      {
        cause,
      },
    );
  }
};

/** Begins at once; what fails is told to whoever reads that photo. */
export const photoSource = (store: PhotoStore, wanted: Wanted): PhotoSource => {
  const ready = new Map(
    wanted.photos.map((photo, at) => {
      const loading = loadPhoto(store, wanted, at);
      loading.catch(() => undefined); // told when it is read
      return [photo.id, loading];
    }),
  );
  return {
    read: (photoId) =>
      ready.get(photoId) ?? Promise.reject(new Error("The page asked for a photo that is not in the plan.")),
  };
};
