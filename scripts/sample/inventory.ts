/** The sample inventory: the items as a Shopify product CSV with their photos, made once into a folder. */
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import Papa from "papaparse";
import { SAMPLE_ITEMS, SAMPLE_POSTAL_CODE } from "./items.ts";
import { makePhoto, type PhotoKind } from "./photos.ts";

const photoName = (item: number, photo: number, kind: PhotoKind) =>
  `item-${String(item).padStart(2, "0")}-${photo}.${kind === "png-alpha" ? "png" : kind === "webp" ? "webp" : "jpg"}`;

const every = SAMPLE_ITEMS.map((_, index) => index + 1);

/** Shopify's product export of the items with these numbers: one row per product, one more per further image. */
export function sampleCsv(numbers: readonly number[] = every): string {
  const rows: Record<string, string>[] = [];
  SAMPLE_ITEMS.forEach((item, i) => {
    if (!numbers.includes(i + 1)) return;
    item.photos.forEach((kind, p) => {
      const image = {
        Handle: item.handle,
        "Image Src": photoName(i + 1, p + 1, kind),
        "Image Position": String(p + 1),
        "Image Alt Text": `${item.title}, photo ${p + 1}`,
      };
      if (p > 0) return void rows.push(image);
      rows.push({
        ...image,
        Title: item.title, "Body (HTML)": item.body, Vendor: item.vendor, "Product Category": item.category, Type: item.type,
        Tags: item.tags.join(", "), Published: "TRUE",
        "Option1 Name": item.size ? "Size" : "Title", "Option1 Value": item.size ?? "Default Title",
        "Variant SKU": item.sku, "Variant Grams": String(item.grams), "Variant Weight Unit": "g", "Variant Inventory Qty": "1", "Variant Price": item.price,
        "Cost per item": item.cost ?? "", Status: "active",
        "Condition (product.metafields.custom.condition)": item.condition,
        "Color (product.metafields.shopify.color-pattern)": item.color ?? "",
        "Material (product.metafields.shopify.fabric)": item.material ?? "",
        "Postal code (product.metafields.custom.postal_code)": SAMPLE_POSTAL_CODE,
      }); // oxfmt-ignore
    });
  });
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  return Papa.unparse(
    { fields: columns, data: rows.map((r) => columns.map((c) => r[c] ?? "")) },
    { newline: "\n" },
  );
}

/** Raised when the pictures change: each drawing has a folder of its own, so none is taken for another. */
const DRAWN = "3";

/** Whole or not there: another run may be drawing into the same folder. */
async function writeWhole(file: string, content: Buffer | string): Promise<void> {
  const making = `${file}.${process.pid}`;
  await writeFile(making, content);
  await rename(making, file);
}

/** Writes the CSV and the photos below `dir` once; returns their paths. `numbers`: only these items (from 1). */
export async function ensureSampleInventory(
  dir: string,
  numbers: readonly number[] = every,
): Promise<{ csv: string; photos: string[] }> {
  const folder = path.join(dir, `drawn-${DRAWN}`);
  await mkdir(folder, { recursive: true });
  const photos: string[] = [];
  for (const [i, item] of SAMPLE_ITEMS.entries()) {
    if (!numbers.includes(i + 1)) continue;
    for (const [p, kind] of item.photos.entries()) {
      const file = path.join(folder, photoName(i + 1, p + 1, kind));
      photos.push(file);
      if (!existsSync(file)) await writeWhole(file, (await makePhoto(kind, i + 1, p + 1)).bytes);
    }
  }
  const csv = path.join(folder, numbers === every ? "products.csv" : `products-${numbers.join("-")}.csv`);
  await writeWhole(csv, sampleCsv(numbers));
  return { csv, photos };
}
