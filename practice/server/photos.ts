/** Photos as a site takes them in: measured with sharp, bytes handed to the ledger, thumbnails made on request. */
import { createHash, randomInt } from "node:crypto";
import exifr from "exifr";
import sharp from "sharp";
import type { LedgerPhoto } from "../ledger-entry.ts";
import type { Ledger } from "./ledger-client.ts";

export interface Photos {
  /** Takes one upload in. Throws when it is not a picture. */
  receive(file: File): Promise<{ id: string; photo: LedgerPhoto }>;
  /** Photos by upload id, in the order given; an unknown id is left out. */
  pick(ids: readonly string[]): LedgerPhoto[];
  /** Makes photos of an existing listing pickable again, for its edit form. */
  adopt(photos: readonly LedgerPhoto[]): string[];
  thumbnail(sha256: string, width: number): Promise<Uint8Array<ArrayBuffer> | null>;
}

const mimes: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  heif: "image/heic",
  avif: "image/avif",
};

/** The EXIF block of a picture as sharp found it, without its six-byte "Exif" head. */
async function hasGps(exif: Buffer | undefined): Promise<boolean> {
  if (!exif) return false;
  const tiff = exif.subarray(0, 4).toString("latin1") === "Exif" ? exif.subarray(6) : exif;
  const tags: unknown = await exifr.parse(tiff, { gps: true, ifd0: {}, exif: false }).catch(() => null);
  return typeof tags === "object" && tags !== null && ("latitude" in tags || "GPSLatitude" in tags);
}

async function measure(bytes: Buffer, fileName: string): Promise<LedgerPhoto> {
  const { width, height, format, orientation, exif } = await sharp(bytes).metadata();
  return {
    sha256: createHash("sha256").update(bytes).digest("hex"),
    width,
    height,
    mime: mimes[format] ?? `image/${format}`,
    bytes: bytes.length,
    exifGps: await hasGps(exif),
    orientation: orientation ?? null,
    fileName,
  };
}

export function createPhotos(ledger: Ledger): Photos {
  const uploads = new Map<string, LedgerPhoto>();
  const thumbnails = new Map<string, Uint8Array<ArrayBuffer>>();
  const add = (photo: LedgerPhoto) => {
    const id = `${Date.now()}${randomInt(1000, 9999)}${uploads.size}`;
    uploads.set(id, photo);
    return id;
  };
  return {
    async receive(file) {
      const bytes = Buffer.from(await file.arrayBuffer());
      const photo = await measure(bytes, file.name);
      await ledger.storePhoto(photo.sha256, bytes);
      return { id: add(photo), photo };
    },
    pick: (ids) => ids.flatMap((id) => uploads.get(id) ?? []),
    adopt: (photos) => photos.map(add),
    async thumbnail(sha256, width) {
      const key = `${sha256}/${width}`;
      const kept = thumbnails.get(key);
      if (kept) return kept;
      const bytes = await ledger.photo(sha256);
      if (!bytes) return null;
      const small = new Uint8Array(
        await sharp(bytes)
          .rotate()
          .resize({ width, withoutEnlargement: true })
          .jpeg({ quality: 72 })
          .toBuffer(),
      );
      if (thumbnails.size > 200) thumbnails.clear();
      thumbnails.set(key, small);
      return small;
    },
  };
}
