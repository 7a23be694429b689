/** Photos for one target: fetched from storage and prepared ahead of the form that will ask for them. */
import { createHash } from "node:crypto";
import type { PhotoRule } from "#core/marketplace/index.ts";
import type { PagePhoto } from "#core/plan/index.ts";
import { storedPhotos } from "../data/photos.ts";
import type { Database } from "../data/database.ts";
import { preparePhoto } from "./prepare-photo.ts";

export type PhotoStore = { download(path: string, signal: AbortSignal): Promise<Uint8Array> };

export const BUCKET = "listing-photos";

/** Supabase Storage over HTTP, with a key that is used for nothing else. */
export const supabasePhotos = (supabaseUrl: string, secretKey: string): PhotoStore => ({
  async download(path, signal) {
    const url = `${supabaseUrl}/storage/v1/object/${BUCKET}/${path.split("/").map(encodeURIComponent).join("/")}`;
    const response = await fetch(url, {
      headers: { apikey: secretKey, authorization: `Bearer ${secretKey}` },
      signal,
    });
    if (!response.ok) throw new Error(`Storage answered ${response.status} for a photo.`);
    return new Uint8Array(await response.arrayBuffer());
  },
});

export type PhotoSource = { read(photoId: string): Promise<PagePhoto> };

export class PhotoMissingError extends Error {
  constructor(count: number) {
    super(`${count} of the item's photos ${count === 1 ? "is" : "are"} not uploaded yet.`);
    this.name = "PhotoMissingError";
  }
}

/** @throws PhotoMissingError when one was not uploaded; a photo changed since its upload fails when read. */
export const photoSource = async (
  context: { db: Database; photos: PhotoStore },
  wanted: { workspaceId: string; photoIds: readonly string[]; rule: PhotoRule; signal: AbortSignal },
): Promise<PhotoSource> => {
  const stored = await storedPhotos(context.db, wanted.workspaceId, wanted.photoIds);
  const missing = wanted.photoIds.filter((id) => !stored.has(id));
  if (missing.length > 0) throw new PhotoMissingError(missing.length);
  const load = async (photoId: string): Promise<PagePhoto> => {
    const { path, sha256 } = stored.get(photoId)!;
    const file = await context.photos.download(path, wanted.signal);
    if (sha256 && createHash("sha256").update(file).digest("hex") !== sha256)
      throw new Error("A stored photo is not the one that was uploaded.");
    const { mime, bytes } = await preparePhoto(file, wanted.rule);
    return { id: photoId, name: `${photoId}.jpg`, mime, base64: bytes.toString("base64") };
  };
  const ready = new Map<string, Promise<PagePhoto>>();
  for (const id of wanted.photoIds) {
    const loading = load(id);
    loading.catch(() => undefined); // told to whoever reads it
    ready.set(id, loading);
  }
  return {
    read: (photoId) =>
      ready.get(photoId) ?? Promise.reject(new Error("The page asked for a photo that is not in the plan.")),
  };
};
