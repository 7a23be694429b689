/** Pictures as people have them, added in the real extension: what becomes of each. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect, test } from "./fixtures.ts";

const HEIC = path.resolve(import.meta.dirname, "../extension/store/photos/fixtures/two-colours.heic");

/** An AVIF whose main brand is the family's, as some cameras and converters write it. */
const avifOfBrandMif1 = async (): Promise<Buffer> => {
  const file = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#e02020" } })
    .avif()
    .toBuffer();
  file.write("mif1", 8, "latin1");
  expect(file.toString("latin1", 0, file.readUInt32BE(0))).toMatch(/^....ftypmif1....(....)*avif/s);
  return file;
};

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const chunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  let crc = 0xffffffff;
  for (const byte of named) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  const head = Buffer.alloc(4);
  const tail = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  tail.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return Buffer.concat([head, named, tail]);
};
/** A black one-bit PNG of any size: small on disk, huge when it is opened. */
const hugePng = (edge: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header[8] = 1;
  const pixels = Buffer.alloc((Math.ceil(edge / 8) + 1) * edge);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
};

/** What the extension keeps of each picture: its type, and the colour in its middle. */
const keptPhotos = (page: Page) =>
  page.evaluate(async () => {
    const rows = await new Promise<{ name: string; full: Blob }[]>((resolve, reject) => {
      const open = indexedDB.open("hawker");
      open.onerror = () => reject(new Error("The extension's database does not open."));
      open.onsuccess = () => {
        const all = open.result.transaction("photoBlobs").objectStore("photoBlobs").getAll();
        all.onsuccess = () => (resolve(all.result as never), open.result.close());
      };
    });
    const kept: Record<string, { type: string; middle: number[] }> = {};
    for (const { name, full } of rows) {
      const bitmap = await createImageBitmap(full);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const at = [Math.floor(bitmap.width / 2), Math.floor(bitmap.height / 2)] as const;
      kept[name] = { type: full.type, middle: [...context.getImageData(...at, 1, 1).data].slice(0, 3) };
    }
    return kept;
  });

test("AVIF of any brand, HEIC and transparent pictures become photos on white paper; what cannot be opened is told why", async ({
  seller,
}, info) => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const files: Record<string, Buffer> = {
    "brand.avif": await avifOfBrandMif1(),
    "clear.png": await sharp({ create: { width: 60, height: 40, channels: 4, background: clear } })
      .png()
      .toBuffer(),
    "clear.webp": await sharp({ create: { width: 60, height: 40, channels: 4, background: clear } })
      .webp({ lossless: true })
      .toBuffer(),
    "phone.heic": await readFile(HEIC),
    "huge.png": hugePng(24_000),
    "page.jpg": Buffer.from("<!doctype html><title>Not found</title>"),
  };
  const names = Object.keys(files);
  const paths = names.map((name) => info.outputPath(name));
  await Promise.all(names.map((name, at) => writeFile(paths[at]!, files[name]!)));
  const csv = info.outputPath("items.csv");
  const lines = names.map((name, at) => `item-${at},Item ${name},5.00,${name}`);
  await writeFile(csv, ["Handle,Title,Variant Price,Image Src", ...lines].join("\n"));

  const page = await seller.dashboard("inventory");
  await page.getByRole("button", { name: "Import", exact: true }).first().click();
  await page.getByLabel("Shopify CSV file").setInputFiles(csv);
  await page.getByLabel("Photo files").setInputFiles(paths);
  await page.getByRole("button", { name: "Import 6 items" }).click();
  await page.getByText("4 items imported").first().waitFor({ timeout: 60_000 });
  const failed = page.getByRole("list", { name: "2 items not imported" });
  for (const name of ["huge.png", "page.jpg"])
    await expect(failed).toContainText(
      `${name} does not open: it is damaged, larger than about 100 megapixels, or not a picture`,
    );

  const kept = await keptPhotos(page);
  expect(Object.keys(kept).sort()).toEqual(["brand.avif", "clear.png", "clear.webp", "phone.heic"]);
  for (const { type } of Object.values(kept)) expect(type).toBe("image/jpeg");
  for (const name of ["clear.png", "clear.webp"])
    expect(Math.min(...kept[name]!.middle)).toBeGreaterThan(250);
  const [red = 0, green = 255] = kept["brand.avif"]!.middle;
  expect(red).toBeGreaterThan(190);
  expect(green).toBeLessThan(80);
});
