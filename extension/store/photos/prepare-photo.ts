/**
 * A picture as it was added -> upright, without metadata, with a thumbnail. It is drawn and encoded anew, so EXIF (GPS with
 * it) cannot survive; orientation is applied while decoding. Runs in pages (OffscreenCanvas), one picture at a time:
 * a 12-megapixel picture is 48 MB decoded.
 */
import type { Photo } from "#core/item/item.ts";
import { isHeic, pngHasAlpha } from "./sniff.ts";

/** Longest edge kept; more than any marketplace takes. */
export const FULL_EDGE = 4096;
const THUMB_EDGE = 320;
const MAX_BYTES = 60_000_000;

export type Prepared = { photo: Photo; full: Blob; thumb: Blob };

/** The file cannot become a photo; `message` says why, with its name. */
export class PhotoError extends Error {
  override name = "PhotoError";
}

const decodable = async (file: Blob, name: string, head: Uint8Array): Promise<Blob> => {
  if (!isHeic(head)) return file;
  try {
    const { heicTo } = await import("heic-to/csp");
    return await heicTo({ blob: file, type: "image/jpeg", quality: 0.95 });
  } catch (cause) {
    throw new PhotoError(`${name} is a HEIC picture this browser could not read. Save it as JPEG and add it again.`, { cause });
  }
};

const drawn = (source: CanvasImageSource & { width: number; height: number }, edge: number): OffscreenCanvas => {
  const scale = Math.min(1, edge / Math.max(source.width, source.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(source.width * scale)), Math.max(1, Math.round(source.height * scale)));
  const context = canvas.getContext("2d");
  if (!context) throw new PhotoError("This browser could not draw the picture. Close some tabs and try again.");
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
};

export const sha256Hex = async (blob: Blob): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** @throws PhotoError with a sentence naming the file. */
export const preparePhoto = async (file: Blob, name: string, id: string = crypto.randomUUID()): Promise<Prepared> => {
  if (file.size === 0) throw new PhotoError(`${name} is empty.`);
  if (file.size > MAX_BYTES) throw new PhotoError(`${name} is larger than 60 MB.`);
  const head = new Uint8Array(await file.slice(0, 64 * 1024).arrayBuffer());
  const readable = await decodable(file, name, head);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(readable, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new PhotoError(`${name} is not a picture this browser can read. Use JPEG, PNG, WebP or HEIC.`, { cause });
  }
  try {
    const mime = pngHasAlpha(head) ? "image/png" : "image/jpeg";
    const canvas = drawn(bitmap, FULL_EDGE);
    const full = await canvas.convertToBlob({ type: mime, quality: 0.92 });
    const thumb = await drawn(bitmap, THUMB_EDGE).convertToBlob({ type: mime, quality: 0.8 });
    const photo: Photo = { id, width: canvas.width, height: canvas.height, mime, bytes: full.size, sha256: await sha256Hex(full), alt: "" };
    return { photo, full, thumb };
  } finally {
    bitmap.close();
  }
};
