/** The bucket of photos over HTTP, with a key that is used for nothing else and that no policy holds back. */
import { isPhotoPath, PHOTO_BUCKET } from "#core/item/index.ts";

export type PhotoStore = {
  /** The object's bytes, or null when there is none. @throws for a path that is no photo's. */
  download(path: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** Deletes these objects; one that is gone already is no error. */
  remove(paths: readonly string[]): Promise<void>;
};

const refuseOthers = (paths: readonly string[]): void => {
  if (!paths.every(isPhotoPath)) throw new Error("A photo's path is not of the form workspace/item/photo.");
};

/** Hosted Supabase answers 400 for a missing object and says 404 in the body; the local stack answers 404. */
const isMissing = async (response: Response): Promise<boolean> => {
  if (response.status === 404) return true;
  if (response.status !== 400) return false;
  const body = (await response.json().catch(() => null)) as { statusCode?: unknown; error?: unknown } | null;
  return String(body?.statusCode) === "404" || body?.error === "not_found";
};

export const supabasePhotos = (supabaseUrl: string, secretKey: string): PhotoStore => {
  const headers = { apikey: secretKey, authorization: `Bearer ${secretKey}` };
  const address = `${supabaseUrl}/storage/v1/object/${PHOTO_BUCKET}`;
  return {
    async download(path, signal) {
      refuseOthers([path]);
      const response = await fetch(`${address}/${path}`, { headers, signal });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      if (await isMissing(response)) return null;
      throw new Error(`Storage answered ${response.status} for a photo.`);
    },
    async remove(paths) {
      refuseOthers(paths);
      const response = await fetch(address, {
        method: "DELETE",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ prefixes: paths }),
      });
      if (!response.ok)
        throw new Error(`Storage answered ${response.status} when photos were to be removed.`);
    },
  };
};
