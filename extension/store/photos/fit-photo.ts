/** A photo as one channel takes it: its formats, longest edge and bytes. Made on the device, from the kept full picture. */
import type { PhotoRule } from "#core/marketplace/marketplace.ts";

export type FittedPhoto = { blob: Blob; mime: string; width: number; height: number };

const QUALITIES = [0.92, 0.85, 0.75, 0.6];

const encode = async (
  bitmap: ImageBitmap,
  edge: number,
  mime: string,
  quality: number,
): Promise<FittedPhoto> => {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser could not draw the picture. Close some tabs and try again.");
  if (mime === "image/jpeg") {
    context.fillStyle = "#fff"; // JPEG has no alpha: transparent becomes paper, not black
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return {
    blob: await canvas.convertToBlob({ type: mime, quality }),
    mime,
    width: canvas.width,
    height: canvas.height,
  };
};

/** @throws Error when even the smallest does not fit, saying so. */
export const fitPhoto = async (full: Blob, rule: PhotoRule): Promise<FittedPhoto> => {
  const bitmap = await createImageBitmap(full);
  try {
    const takesAsIs =
      rule.mime.some((mime) => mime === full.type) &&
      full.size <= rule.maxBytes &&
      Math.max(bitmap.width, bitmap.height) <= rule.maxEdge;
    if (takesAsIs) return { blob: full, mime: full.type, width: bitmap.width, height: bitmap.height };
    const wantsPng = full.type === "image/png" && rule.mime.includes("image/png");
    if (wantsPng) {
      const png = await encode(bitmap, rule.maxEdge, "image/png", 1);
      if (png.blob.size <= rule.maxBytes) return png;
    }
    for (let edge = rule.maxEdge; edge >= 600; edge = Math.round(edge * 0.75)) {
      for (const quality of QUALITIES) {
        const jpeg = await encode(bitmap, edge, "image/jpeg", quality);
        if (jpeg.blob.size <= rule.maxBytes) return jpeg;
      }
    }
    throw new Error(
      `A photo could not be made small enough for this site (${Math.round(rule.maxBytes / 1000)} kB).`,
    );
  } finally {
    bitmap.close();
  }
};
