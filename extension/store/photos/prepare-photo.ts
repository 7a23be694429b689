/**
 * A picture as it was added -> upright, without metadata, with a thumbnail. It is drawn and encoded anew, so EXIF (GPS with
 * it) cannot survive; orientation is applied while decoding. Runs in pages (OffscreenCanvas), one picture at a time:
 * a 12-megapixel picture is 48 MB decoded.
 */
import type { Photo } from "#core/item/item.ts";
import { decodeHeic } from "./decode-heic.ts";
import { isHeic, mayHaveAlpha } from "./sniff.ts";

/** Longest edge kept; as much as the marketplace that takes most. The original stays on this device as it is. */
export const FULL_EDGE = 2400;
const THUMB_EDGE = 320;
const MAX_BYTES = 60_000_000;

export type Prepared = { photo: Photo; full: Blob; thumb: Blob };

/** The file cannot become a photo; `message` says why, with its name. */
export class PhotoError extends Error {
  override name = "PhotoError";
}

const decode = async (file: Blob, name: string, head: Uint8Array): Promise<ImageBitmap> => {
  try {
    // A HEIC decoder turns the picture upright itself.
    return isHeic(head)
      ? await decodeHeic(file)
      : await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    const kind = isHeic(head)
      ? "a HEIC picture this browser could not read. Save it as JPEG"
      : "not a picture this browser can read. Save it as JPEG, PNG or WebP";
    throw new PhotoError(`${name} is ${kind} and add it again.`, { cause });
  }
};

type Drawn = { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D };

/** @param turns quarter turns clockwise, after the EXIF orientation. */
const drawn = (bitmap: ImageBitmap, edge: number, turns: number, paper: boolean): Drawn => {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  ];
  const sideways = turns % 2 !== 0;
  const canvas = new OffscreenCanvas(sideways ? height : width, sideways ? width : height);
  const context = canvas.getContext("2d");
  if (!context)
    throw new PhotoError("This browser could not draw the picture. Close some tabs and try again.");
  if (paper) {
    context.fillStyle = "#fff"; // JPEG has no alpha: transparent becomes paper, not black
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.imageSmoothingQuality = "high";
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
  return { canvas, context };
};

const showsThrough = ({ canvas, context }: Drawn): boolean => {
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 255) return true;
  return false;
};

export const sha256Hex = async (blob: Blob): Promise<string> => {
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
  const head = new Uint8Array(await file.slice(0, 64 * 1024).arrayBuffer());
  const bitmap = await decode(file, name, head);
  try {
    const transparent = mayHaveAlpha(head) && showsThrough(drawn(bitmap, THUMB_EDGE, turns, false));
    const mime = transparent ? "image/png" : "image/jpeg";
    const large = drawn(bitmap, FULL_EDGE, turns, !transparent);
    const small = drawn(bitmap, THUMB_EDGE, turns, !transparent);
    const [full, thumb] = await Promise.all([
      large.canvas.convertToBlob({ type: mime, quality: 0.9 }),
      small.canvas.convertToBlob({ type: mime, quality: 0.8 }),
    ]);
    const { width, height } = large.canvas;
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
