/**
 * A picture as it was added -> upright, on white paper, without metadata, with a thumbnail. It is drawn and encoded anew, so
 * EXIF (GPS with it) cannot survive; orientation is applied while decoding. Marketplaces show transparent parts white or
 * black as they please: white is what every one of them gets, and what the seller sees from the start. Runs in pages
 * (OffscreenCanvas), one picture at a time: a 12-megapixel picture is 48 MB decoded.
 */
import type { Photo } from "#core/item/item.ts";
import { decodeHeic } from "./decode-heic.ts";
import { isHeic } from "./sniff.ts";
import { onPaper } from "./on-paper.ts";

/** Longest edge kept; as much as the marketplace that takes most. The original stays on this device as it is. */
const FULL_EDGE = 2400;
const THUMB_EDGE = 320;
const MAX_BYTES = 60_000_000;

export type Prepared = { photo: Photo; full: Blob; thumb: Blob };

/** The file cannot become a photo; `message` says why, with its name. */
export class PhotoError extends Error {
  override name = "PhotoError";
}

const unreadable = (name: string, heic: boolean): string =>
  heic
    ? `${name} is a HEIC picture this browser could not read. Save it as JPEG and add it again.`
    : `${name} does not open: it is damaged, larger than about 100 megapixels, or not a picture this browser reads. Save it as a smaller JPEG and add it again.`;

const decode = async (file: Blob, name: string): Promise<ImageBitmap> => {
  const heic = isHeic(new Uint8Array(await file.slice(0, 4096).arrayBuffer()));
  try {
    // A HEIC decoder turns the picture upright itself.
    return heic ? await decodeHeic(file) : await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new PhotoError(unreadable(name, heic), { cause });
  }
};

const sha256Hex = async (blob: Blob): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/**
 * @param turns quarter turns clockwise, for a picture the person turned.
 * @throws PhotoError with a sentence naming the file.
 */
export const preparePhoto = async (file: Blob, name: string, turns = 0): Promise<Prepared> => {
  if (file.size === 0) throw new PhotoError(`${name} is empty.`);
  if (file.size > MAX_BYTES) throw new PhotoError(`${name} is larger than 60 MB.`);
  const bitmap = await decode(file, name);
  try {
    const mime = "image/jpeg";
    const large = onPaper(bitmap, FULL_EDGE, turns);
    const small = onPaper(bitmap, THUMB_EDGE, turns);
    const [full, thumb] = await Promise.all([
      large.convertToBlob({ type: mime, quality: 0.9 }),
      small.convertToBlob({ type: mime, quality: 0.8 }),
    ]);
    const { width, height } = large;
    const photo: Photo = {
      id: crypto.randomUUID(),
      width,
      height,
      mime,
      bytes: full.size,
      sha256: await sha256Hex(full),
      alt: "",
    };
    return { photo, full, thumb };
  } finally {
    bitmap.close();
  }
};
