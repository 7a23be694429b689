/**
 * The sample inventory: 12 varied items as a Shopify product CSV with their photos, made once into a folder.
 * What each item must look like at each site is computed from SAMPLE_ITEMS, never read back from the product.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import Papa from "papaparse";
import { makePhoto, type PhotoKind } from "./photos.ts";

export type SampleItem = {
  handle: string;
  title: string;
  body: string;
  vendor: string;
  type: string;
  category: string;
  tags: string[];
  size?: string;
  color?: string;
  material?: string;
  condition: string;
  sku: string;
  grams: number;
  price: string;
  cost?: string;
  photos: PhotoKind[];
};

const P = (s: string): PhotoKind[] => s.split(" ") as PhotoKind[];

export const SAMPLE_ITEMS: SampleItem[] = [
  {
    handle: "denim-trucker-jacket",
    title: "Levi's denim trucker jacket, dark wash",
    body: "<p>Classic trucker jacket in a dark wash.</p><p>Worn a handful of times, no marks or tears.</p>",
    vendor: "Levi's",
    type: "Coats & jackets",
    category: "Clothing > Men > Coats & jackets",
    tags: ["denim", "vintage"],
    size: "M",
    color: "Blue",
    material: "Cotton",
    condition: "Used - like new",
    sku: "HWK-001",
    grams: 820,
    price: "48.00",
    cost: "12.00",
    photos: P("plain rotated-gps webp"),
  },
  {
    handle: "canon-ae1",
    title: "Canon AE-1 35mm film camera with 50mm lens",
    body: "<p>Working Canon AE-1 with the 50mm f/1.8 lens. Light seals were replaced last spring.</p>",
    vendor: "Canon",
    type: "Cameras & photo",
    category: "Electronics > Cameras & photo",
    tags: ["film", "camera"],
    color: "Black",
    material: "Metal",
    condition: "Used - good",
    sku: "HWK-002",
    grams: 1100,
    price: "165.00",
    cost: "70.00",
    photos: P("gps plain"),
  },
  {
    handle: "oak-side-chair",
    title: "Solid oak side chair",
    body: "<p>Sturdy side chair made of solid oak. Light scratches on one leg, seat is perfect.</p>",
    vendor: "",
    type: "Furniture",
    category: "Home > Furniture",
    tags: ["oak", "chair"],
    color: "Brown",
    material: "Oak",
    condition: "Used - fair",
    sku: "HWK-003",
    grams: 4500,
    price: "60.00",
    photos: P("rotated png-alpha"),
  },
  {
    handle: "wrap-dress",
    title: "Diane von Furstenberg silk wrap dress",
    body: "<p>Silk jersey wrap dress with a green leaf print. Dry cleaned and ready to wear.</p>",
    vendor: "Diane von Furstenberg",
    type: "Dresses",
    category: "Clothing > Women > Dresses",
    tags: ["silk", "wrap dress"],
    size: "S",
    color: "Green",
    material: "Silk",
    condition: "Used - good",
    sku: "HWK-004",
    grams: 350,
    price: "89.00",
    cost: "25.00",
    photos: P("rotated plain"),
  },
  {
    handle: "sony-headphones",
    title: "Sony WH-1000XM4 wireless headphones",
    body: "<p>Noise cancelling headphones with case and cable. Battery still lasts all day.</p>",
    vendor: "Sony",
    type: "Audio & headphones",
    category: "Electronics > Audio & headphones",
    tags: ["headphones"],
    color: "Black",
    condition: "Used - like new",
    sku: "HWK-005",
    grams: 450,
    price: "155.00",
    cost: "80.00",
    photos: P("plain webp"),
  },
  {
    handle: "enamel-dutch-oven",
    title: "Le Creuset 5.5 qt Dutch oven, flame orange",
    body: "<p>Enamelled cast iron, five and a half quarts. Small chip under the lid rim.</p>",
    vendor: "Le Creuset",
    type: "Kitchen & dining",
    category: "Home > Kitchen & dining",
    tags: ["kitchen", "cast iron"],
    color: "Orange",
    material: "Cast iron",
    condition: "Used - good",
    sku: "HWK-006",
    grams: 5400,
    price: "140.00",
    photos: P("gps"),
  },
  {
    handle: "running-shoes",
    title: "Brooks Ghost 15 running shoes",
    body: "<p>Men's running shoes, about forty miles on them, cleaned and aired.</p>",
    vendor: "Brooks",
    type: "Shoes",
    category: "Clothing > Men > Shoes",
    tags: ["running"],
    size: "10",
    color: "Gray",
    condition: "Used - good",
    sku: "HWK-007",
    grams: 900,
    price: "55.00",
    photos: P("rotated-gps plain"),
  },
  {
    handle: "dune-hardcover",
    title: "Dune by Frank Herbert, hardcover",
    body: "<p>Illustrated hardcover edition, dust jacket intact, no writing inside.</p>",
    vendor: "Ace",
    type: "Books",
    category: "Media > Books",
    tags: ["sci-fi"],
    condition: "Used - like new",
    sku: "HWK-008",
    grams: 950,
    price: "24.99",
    cost: "4.50",
    photos: P("webp plain"),
  },
  {
    handle: "lego-falcon",
    title: "LEGO Millennium Falcon 75192, complete",
    body: "<p>Complete set with all minifigures and both manuals, built once for display.</p>",
    vendor: "LEGO",
    type: "Toys & games",
    category: "Toys > Toys & games",
    tags: ["lego", "starwars"],
    color: "Gray",
    condition: "Used - like new",
    sku: "HWK-009",
    grams: 13200,
    price: "540.00",
    cost: "300.00",
    photos: P("plain"),
  },
  {
    handle: "canvas-tote",
    title: "Hand-printed canvas tote “Früchte & Gemüse” 🍐",
    body: "<p>New tote, heavy canvas, printed by hand. Ships folded &amp; flat.</p>",
    vendor: "Hawker Goods",
    type: "Bags & luggage",
    category: "Clothing > Bags & luggage",
    tags: ["tote", "handmade"],
    color: "White",
    material: "Canvas",
    condition: "New with tags",
    sku: "HWK-010",
    grams: 300,
    price: "19.00",
    photos: P("png-alpha"),
  },
  {
    handle: "yamaha-guitar",
    title: "Yamaha FG800 acoustic guitar",
    body: "<p>Solid top acoustic guitar with soft case, new strings, plays in tune up the neck.</p>",
    vendor: "Yamaha",
    type: "Musical instruments",
    category: "Music > Musical instruments",
    tags: ["guitar"],
    color: "Beige",
    material: "Spruce",
    condition: "Used - good",
    sku: "HWK-011",
    grams: 3900,
    price: "175.00",
    photos: P("rotated gps"),
  },
  {
    handle: "thinkpad-x1",
    title: "Lenovo ThinkPad X1 Carbon Gen 9 laptop",
    body: "<p>Fourteen inch, 16 GB memory, 512 GB drive. Wiped, with charger. Small dent on lid.</p>",
    vendor: "Lenovo",
    type: "Laptops",
    category: "Electronics > Computers > Laptops",
    tags: ["laptop", "thinkpad"],
    color: "Black",
    condition: "Used - fair",
    sku: "HWK-012",
    grams: 1130,
    price: "620.00",
    cost: "410.00",
    photos: P("plain rotated"),
  },
];

/** Sample sellers live in San Francisco: every site of the three wants a place. */
export const SAMPLE_POSTAL_CODE = "94110";

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
      }); // prettier-ignore
    });
  });
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  return Papa.unparse(
    { fields: columns, data: rows.map((r) => columns.map((c) => r[c] ?? "")) },
    { newline: "\n" },
  );
}

/** Raised when the pictures change, so that a folder made before is emptied. */
const DRAWN = "3";

/** Whole or not there: another run may be drawing into the same folder. */
async function writeWhole(file: string, content: Buffer | string): Promise<void> {
  const making = `${file}.${process.pid}`;
  await writeFile(making, content);
  await rename(making, file);
}

/** Writes the CSV and the photos into `dir` once; returns their paths. `numbers`: only these items (from 1). */
export async function ensureSampleInventory(
  dir: string,
  numbers: readonly number[] = every,
): Promise<{ csv: string; photos: string[] }> {
  const stamp = path.join(dir, "drawn");
  if ((await readFile(stamp, "utf8").catch(() => null)) !== DRAWN) {
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    await writeWhole(stamp, DRAWN);
  }
  const photos: string[] = [];
  for (const [i, item] of SAMPLE_ITEMS.entries()) {
    if (!numbers.includes(i + 1)) continue;
    for (const [p, kind] of item.photos.entries()) {
      const file = path.join(dir, photoName(i + 1, p + 1, kind));
      photos.push(file);
      if (!existsSync(file)) await writeWhole(file, (await makePhoto(kind, i + 1, p + 1)).bytes);
    }
  }
  const csv = path.join(dir, numbers === every ? "products.csv" : `products-${numbers.join("-")}.csv`);
  const text = sampleCsv(numbers);
  const old = await readFile(csv, "utf8").catch(() => null);
  if (old !== text) await writeWhole(csv, text);
  return { csv, photos };
}
