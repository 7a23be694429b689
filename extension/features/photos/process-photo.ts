/**
 * A picture as added -> what is kept and posted. Decoding turns it upright by its EXIF orientation and drawing it anew
 * leaves every byte of metadata behind (GPS, camera, dates); the original stays on this device untouched.
 */
import type { Photo } from "#core/item/item.ts";

export type ProcessedPhoto = { photo: Photo; name: string; original: Blob; full: Blob; thumb: Blob };

const MAX_EDGE = 2400;
const THUMB_EDGE = 240;
const QUALITY = 0.9;

const drawn = async (bitmap: ImageBitmap, edge: number, mime: "image/jpeg" | "image/png", turns: number) => {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const [w, h] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
  const sideways = turns % 2 === 1;
  const canvas = new OffscreenCanvas(sideways ? h : w, sideways ? w : h);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser could not draw the photo. Close some tabs and add it again.");
  context.imageSmoothingQuality = "high";
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(bitmap, -w / 2, -h / 2, w, h);
  return { canvas, context, blob: () => canvas.convertToBlob({ type: mime, quality: QUALITY }) };
};

/** True when any pixel of the picture lets the background through; such a picture stays PNG. */
const isTransparent = (context: OffscreenCanvasRenderingContext2D, width: number, height: number): boolean => {
  const { data } = context.getImageData(0, 0, width, height);
  for (let i = 3; i < data.length; i += 4) if (data[i]! < 255) return true;
  return false;
};

const hex = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

/**
 * @param quarterTurns clockwise, after the EXIF orientation.
 * @throws Error with a sentence that names the file when it is no picture this browser can read.
 */
export const processPhoto = async (file: Blob, name: string, quarterTurns = 0): Promise<ProcessedPhoto> => {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (cause) {
    throw new Error(`${name} could not be read as a picture. Save it as JPEG, PNG or WebP and add it again.`, { cause });
  }
  try {
    const small = await drawn(bitmap, THUMB_EDGE, "image/png", quarterTurns);
    const mayHaveAlpha = file.type !== "image/jpeg" && isTransparent(small.context, small.canvas.width, small.canvas.height);
    const mime = mayHaveAlpha ? "image/png" : "image/jpeg";
    const [large, little] = [await drawn(bitmap, MAX_EDGE, mime, quarterTurns), await drawn(bitmap, THUMB_EDGE, mime, quarterTurns)];
    const [full, thumb] = await Promise.all([large.blob(), little.blob()]);
    const sha256 = hex(await crypto.subtle.digest("SHA-256", await full.arrayBuffer()));
    return {
      photo: { id: crypto.randomUUID(), width: large.canvas.width, height: large.canvas.height, mime, bytes: full.size, sha256, alt: "" },
      name, original: file, full, thumb,
    }; // prettier-ignore
  } finally {
    bitmap.close();
  }
};
