/** A photo as one channel takes it: a JPEG of its longest edge and bytes. Made on the device, from the kept full picture. */
import type { PhotoRule } from "#core/marketplace/marketplace.ts";
import { onPaper } from "./on-paper.ts";

const QUALITIES = [0.92, 0.85, 0.75, 0.6];

const isWithin = ({ width, height }: ImageBitmap, full: Blob, rule: PhotoRule): boolean =>
  full.type === "image/jpeg" && full.size <= rule.maxBytes && Math.max(width, height) <= rule.maxEdge;

/** @throws Error when even the smallest does not fit, saying so. */
export const fitPhoto = async (full: Blob, rule: PhotoRule): Promise<Blob> => {
  const bitmap = await createImageBitmap(full);
  try {
    if (isWithin(bitmap, full, rule)) return full;
    for (let edge = rule.maxEdge; edge >= 600; edge = Math.round(edge * 0.75)) {
      const canvas = onPaper(bitmap, edge);
      for (const quality of QUALITIES) {
        const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality });
        if (jpeg.size <= rule.maxBytes) return jpeg;
      }
    }
    throw new Error(
      `A photo could not be made small enough for this site (${Math.round(rule.maxBytes / 1000)} kB).`,
    );
  } finally {
    bitmap.close();
  }
};
