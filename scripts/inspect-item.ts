/** The item `npm run inspect` fills in: from a file, or a sample. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ItemFields } from "#core/item/index.ts";
import type { PagePhoto } from "#core/plan/index.ts";

export type InspectPhoto = { id: string; file: string | null };
export type InspectItem = { item: Partial<ItemFields>; photos: InspectPhoto[] };

const MIMES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
};

/** An item as JSON; `photoFiles` are paths, relative to the file. */
export function itemFromFile(file: string): InspectItem {
  const parsed = JSON.parse(readFileSync(file, "utf8")) as Partial<ItemFields> & {
    photoFiles?: string[];
    photos?: unknown;
  };
  const { photoFiles = [], photos: _listed, ...item } = parsed;
  const folder = path.dirname(path.resolve(file));
  return {
    item,
    photos: photoFiles.map((one, index) => ({ id: `photo-${index + 1}`, file: path.resolve(folder, one) })),
  };
}

export const sampleItem = (): InspectItem => ({
  item: {
    title: "Levi's 501 original jeans, dark blue, W32 L34",
    description: "Worn a handful of times and washed cold.\nNo stains, no tears; all buttons are there.",
    price: { amountMinor: 4550, currency: "USD" },
    quantity: 1,
    condition: "good",
    category: "clothing.men.jeans",
    brand: "Levi's",
    size: "M",
    colors: ["blue"],
    material: "Cotton",
    tags: ["denim", "vintage"],
    sku: "LV-501-3234",
    weightGrams: 680,
    dimensionsMm: { length: 350, width: 250, height: 60 },
    cost: { amountMinor: 1800, currency: "USD" },
    shippingProfile: "ship_buyer_pays",
    location: { postalCode: "94107", city: "San Francisco", country: "US" },
    notes: "Bought at the flea market in May.",
  },
  photos: [
    { id: "sample-1", file: null },
    { id: "sample-2", file: null },
  ],
});

/** A 2x2 PNG: enough for any page to show a preview. */
const TINY_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";

export const photoReader =
  (photos: readonly InspectPhoto[]) =>
  (id: string): Promise<PagePhoto> => {
    const photo = photos.find((one) => one.id === id);
    if (!photo) return Promise.reject(new Error(`There is no photo ${id}.`));
    if (!photo.file) return Promise.resolve({ id, name: `${id}.png`, mime: "image/png", base64: TINY_PNG });
    const mime = MIMES[path.extname(photo.file).toLowerCase()] ?? "image/jpeg";
    return Promise.resolve({
      id,
      name: path.basename(photo.file),
      mime,
      base64: readFileSync(photo.file).toString("base64"),
    });
  };
