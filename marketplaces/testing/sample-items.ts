/** Items the golden plans are made of. Fixed ids and times: a plan of one of these is the same in every run. */
import { itemSchema, type Item } from "#core/item/index.ts";

const photo = (item: number, index: number) => ({
  id: `00000000-0000-4000-8000-${String(item).padStart(6, "0")}${String(index).padStart(6, "0")}`,
  width: 800,
  height: 600,
  mime: "image/jpeg" as const,
  bytes: 40_000,
  sha256: `${item}${index}`.padEnd(64, "0"),
  alt: "",
});

type Fields = Omit<Partial<Item>, "photos"> & Pick<Item, "title" | "price">;

/** A valid item: `fields` over the schema's defaults, with that many photos. */
export const sampleItem = (number: number, photoCount: number, fields: Fields): Item =>
  itemSchema.parse({
    id: `00000000-0000-4000-9000-${String(number).padStart(12, "0")}`,
    createdAt: "2026-11-01T10:00:00.000Z",
    updatedAt: "2026-11-01T10:00:00.000Z",
    location: { postalCode: "94110" },
    ...fields,
    photos: Array.from({ length: photoCount }, (_, index) => photo(number, index + 1)),
  });

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });

export const SAMPLES = {
  "denim-jacket": sampleItem(1, 3, {
    title: "Levi's denim trucker jacket, dark wash",
    description: "Classic trucker jacket in a dark wash.\nWorn a handful of times, no marks or tears.",
    price: usd(85_00),
    condition: "like_new",
    category: "clothing.men.jackets",
    brand: "Levi's",
    size: "M",
    colors: ["blue"],
    material: "Cotton",
    tags: ["denim", "vintage"],
    sku: "HWK-001",
    weightGrams: 700,
  }),
  camera: sampleItem(2, 2, {
    title: "Canon AE-1 35mm film camera with 50mm lens",
    description: "Working Canon AE-1 with the 50mm f/1.8 lens. Light seals were replaced last spring.",
    price: usd(1234_50),
    condition: "good",
    category: "electronics.cameras",
    brand: "Canon",
    colors: ["black"],
    sku: "HWK-002",
    weightGrams: 1250,
    dimensionsMm: { length: 300, width: 210, height: 160 },
    shippingProfile: "ship_seller_pays",
    location: { postalCode: "94110", city: "San Francisco", country: "US" },
  }),
  jeans: sampleItem(3, 1, {
    title: "Vintage straight jeans, 32 x 34",
    description: "Straight leg, button fly, a soft wash with one small repair at the knee.",
    price: usd(45_00),
    condition: "fair",
    category: "clothing.men.jeans",
    brand: "Levi's",
    size: "32x34",
    weightGrams: 650,
  }),
  "oak-chair": sampleItem(4, 2, {
    title: "Solid oak side chair",
    description: "Sturdy side chair made of solid oak. Light scratches on one leg, seat is perfect.",
    price: usd(60_00),
    condition: "poor",
    category: "home.furniture",
    brand: "No brand",
    colors: ["brown"],
    material: "Oak",
    sku: "HWK-003",
    weightGrams: 6200,
    shippingProfile: "pickup_only",
  }),
  dune: sampleItem(5, 2, {
    title: "Dune by Frank Herbert, hardcover",
    description: "Illustrated hardcover edition, dust jacket intact, no writing inside.",
    price: usd(24_99),
    condition: "new",
    category: "media.books",
    brand: "No brand",
    weightGrams: 950,
  }),
  tote: sampleItem(6, 4, {
    title: "Hand-printed canvas tote “Früchte & Gemüse” 🍐",
    description:
      "New tote, heavy canvas, printed by hand.\n\nShips folded & flat. <b>Not</b> a bag for bricks.",
    price: usd(19_00),
    quantity: 3,
    condition: "new_with_tags",
    category: "clothing.bags",
    brand: "No brand",
    colors: ["white"],
    material: "Canvas",
    tags: ["tote", "handmade", "#canvas"],
    weightGrams: 300,
    overrides: { craigslist: { title: "Canvas tote bag, printed by hand", brand: "Hawker Goods" } },
  }),
} satisfies Record<string, Item>;

export type SampleName = keyof typeof SAMPLES;
export const SAMPLE_NAMES = Object.keys(SAMPLES) as SampleName[];
