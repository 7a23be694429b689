/**
 * Sample photos: 12-megapixel pictures that can be checked after any journey. Each carries four small coloured corners
 * (which way is up) and a column of 12 black and white cells (which item, which photo), readable again after resize and JPEG.
 */
import sharp from "sharp";
import { scene } from "./drawings.ts";

const CORNERS = {
  topLeft: [220, 38, 38],
  topRight: [22, 163, 74],
  bottomLeft: [37, 99, 235],
  bottomRight: [234, 179, 8],
} as const;
const CELLS = 12;

export type PhotoKind = "plain" | "rotated" | "gps" | "rotated-gps" | "png-alpha" | "webp";
export type SamplePhoto = { file: string; kind: PhotoKind; code: number; bytes: Buffer };

const rgb = (c: readonly number[]) => `rgb(${c.join(",")})`;

/** Seven bits of item, five of photo: unique for 12 items x 31 photos. */
export const photoCode = (item: number, photo: number): number => (item << 5) | photo;

/** Where the marks are, as shares of the picture's width and height. */
const CORNER = 0.026;
/** A column at the left edge: a square thumbnail cuts it away. */
const CELL = { left: 0.006, width: 0.014, top: 0.36, height: 0.022 };

function picture(width: number, height: number, item: number, photo: number, alpha: boolean): Buffer {
  const corner = Math.round(width * CORNER);
  const cells = Array.from({ length: CELLS }, (_, i) => {
    const on = (photoCode(item, photo) >> (CELLS - 1 - i)) & 1;
    return `<rect x="${width * CELL.left}" y="${height * (CELL.top + i * CELL.height)}" width="${width * CELL.width}" height="${height * CELL.height}" fill="${on ? "#fff" : "#111"}"/>`;
  }).join("");
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <g transform="scale(${width / 1000} ${height / 750})">${scene(item, photo, !alpha)}</g>
    <rect width="${corner}" height="${corner}" fill="${rgb(CORNERS.topLeft)}"/>
    <rect x="${width - corner}" width="${corner}" height="${corner}" fill="${rgb(CORNERS.topRight)}"/>
    <rect y="${height - corner}" width="${corner}" height="${corner}" fill="${rgb(CORNERS.bottomLeft)}"/>
    <rect x="${width - corner}" y="${height - corner}" width="${corner}" height="${corner}" fill="${rgb(CORNERS.bottomRight)}"/>
    ${cells}</svg>`);
}

const GPS = {
  GPSLatitudeRef: "N",
  GPSLatitude: "52/1 31/1 12/1",
  GPSLongitudeRef: "E",
  GPSLongitude: "13/1 24/1 18/1",
};

/** One photo of the kind asked for; 4000 x 3000 as a person sees it. */
export async function makePhoto(kind: PhotoKind, item: number, photo: number): Promise<SamplePhoto> {
  const code = photoCode(item, photo);
  const upright = sharp(picture(4000, 3000, item, photo, kind === "png-alpha"));
  const name = `item-${String(item).padStart(2, "0")}-${photo}`;
  if (kind === "png-alpha")
    return { file: `${name}.png`, kind, code, bytes: await upright.png({ compressionLevel: 6 }).toBuffer() };
  if (kind === "webp")
    return {
      file: `${name}.webp`,
      kind,
      code,
      bytes: await upright.webp({ quality: 86, effort: 0 }).toBuffer(),
    };
  const turned = kind.startsWith("rotated")
    ? sharp(await upright.png({ compressionLevel: 1 }).toBuffer()).rotate(-90)
    : upright;
  const exif = { ...(kind.endsWith("gps") ? { IFD3: GPS } : {}), IFD0: { Make: "Hawker", Model: "Sample" } };
  let out = turned.jpeg({ quality: 88 }).withExif(exif);
  // Turned left on disk, with "turn right to view": what a phone held upright writes.
  if (kind.startsWith("rotated"))
    out = out.withMetadata({ orientation: 6 }).withExif(exif).withMetadata({ orientation: 6 });
  return { file: `${name}.jpg`, kind, code, bytes: await out.toBuffer() };
}

export type PhotoCheck = { upright: boolean; code: number | null; gps: boolean; orientation: number | null };

/** What arrived: which way is up, whose photo it is, and whether a place is still in it. Pixels as stored, no EXIF turn. */
export async function checkPhoto(bytes: Buffer): Promise<PhotoCheck> {
  const meta = await sharp(bytes).metadata();
  const width = 800;
  const height = 600;
  const { data, info } = await sharp(bytes)
    .flatten({ background: "#fff" })
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [0, 1, 2].map((c) => data[(y * width + x) * info.channels + c] ?? 0);
  const near = (a: number[], b: readonly number[]) => a.every((v, i) => Math.abs(v - (b[i] ?? 0)) < 48);
  const inset = Math.round((width * CORNER) / 2);
  const [right, bottom] = [width - 1 - inset, height - 1 - inset];
  const upright =
    near(at(inset, inset), CORNERS.topLeft) && near(at(right, inset), CORNERS.topRight) &&
    near(at(inset, bottom), CORNERS.bottomLeft) && near(at(right, bottom), CORNERS.bottomRight); // oxfmt-ignore
  let code: number | null = null;
  if (upright) {
    code = 0;
    for (let i = 0; i < CELLS; i += 1) {
      const y = Math.round(height * (CELL.top + (i + 0.5) * CELL.height));
      const value = at(Math.round(width * (CELL.left + CELL.width / 2)), y)[0] ?? 0;
      code = (code << 1) | (value > 128 ? 1 : 0);
    }
  }
  const gps = meta.exif ? meta.exif.includes(Buffer.from("GPS")) || (await hasGps(bytes)) : false;
  return { upright, code, gps, orientation: meta.orientation ?? null };
}

async function hasGps(bytes: Buffer): Promise<boolean> {
  const { default: exifr } = await import("exifr");
  const found = (await exifr.gps(bytes)) as { latitude?: number } | undefined;
  return found?.latitude !== undefined;
}
