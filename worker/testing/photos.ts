/** Photos for items of tests, and their way into the bucket. */
import sharp from "sharp";
import type { Stack } from "#supabase/local/stack.ts";

/** A photo that differs from every other one. */
export const makePhoto = (hue: number, exif?: { orientation?: number; gps?: boolean }): Promise<Buffer> => {
  const picture = sharp({
    create: {
      width: 900,
      height: 600,
      channels: 3,
      background: { r: (hue * 47) % 256, g: (hue * 91) % 256, b: (hue * 13) % 256 },
    },
  }).jpeg();
  const gps = {
    GPSLatitudeRef: "N",
    GPSLatitude: "48/1 51/1 0/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "2/1 21/1 0/1",
  };
  if (!exif) return picture.toBuffer();
  return picture
    .withExif({ IFD0: { Make: "Hawker test camera" }, ...(exif.gps ? { IFD3: gps } : {}) })
    .withMetadata({ orientation: exif.orientation ?? 1 })
    .toBuffer();
};

/** @param method PUT overwrites. */
export const storePhoto = async (
  stack: Pick<Stack, "url" | "secretKey">,
  storagePath: string,
  file: Uint8Array,
  method: "POST" | "PUT" = "POST",
): Promise<void> => {
  const response = await fetch(`${stack.url}/storage/v1/object/listing-photos/${storagePath}`, {
    method,
    headers: {
      apikey: stack.secretKey,
      authorization: `Bearer ${stack.secretKey}`,
      "content-type": "image/jpeg",
    },
    body: new Uint8Array(file),
  });
  if (!response.ok)
    throw new Error(`The photo could not be stored: ${response.status} ${await response.text()}`);
};
