/** A stored photo as a marketplace takes it: upright, within its limits, and with nothing in it but the picture. */
import sharp from "sharp";
import type { PhotoRule } from "#core/marketplace/index.ts";

/** Four times a 24-megapixel camera: more than that is not a photo of an item but an attack on memory. */
const MAX_PIXELS = 100_000_000;
const QUALITIES = [86, 76, 64, 50];

type PreparedPhoto = { mime: "image/jpeg"; bytes: Buffer };

/**
 * EXIF orientation is applied to the pixels; sharp then writes no metadata, so GPS and camera data are gone even if the
 * stored file still had them. Transparent parts become white, as marketplaces show them.
 * @throws Error when the file is no picture, or cannot be made small enough.
 */
export const preparePhoto = async (
  file: Uint8Array,
  rule: Pick<PhotoRule, "maxEdge" | "maxBytes">,
): Promise<PreparedPhoto> => {
  for (const [step, quality] of QUALITIES.entries()) {
    const edge = Math.round(rule.maxEdge * 0.85 ** step);
    const bytes = await sharp(file, { limitInputPixels: MAX_PIXELS, failOn: "error" })
      .rotate()
      .resize({ width: edge, height: edge, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality, mozjpeg: false })
      .toBuffer();
    if (bytes.length <= rule.maxBytes) return { mime: "image/jpeg", bytes };
  }
  throw new Error(`A photo stays above ${rule.maxBytes} bytes even when made smaller. Use another photo.`);
};
