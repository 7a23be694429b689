/**
 * The item: one zod schema is the contract for extension, API and worker.
 * Money is in integer minor units with an ISO 4217 currency; lengths in millimetres; weights in grams.
 */
import { z } from "zod";
import { CATEGORY_IDS } from "./categories.ts";
import { firstUnstorable } from "./unstorable.ts";
import { COLORS, CONDITIONS, moneySchema } from "./values.ts";

export { COLORS, CONDITIONS, moneySchema };

const count = (n: number): string => n.toLocaleString("en-US");
const isStorable = (value: unknown): boolean => firstUnstorable(value) === null;
const UNSTORABLE = "There is a character in it that cannot be stored. Take it out.";

export const photoSchema = z.strictObject({
  id: z.uuid(),
  width: z.int().positive(),
  height: z.int().positive(),
  mime: z.enum(["image/jpeg", "image/png", "image/webp"]),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  alt: z.string().max(500).refine(isStorable, UNSTORABLE).default(""),
});

/** @param what begins the sentence a person reads: "A brand". */
const text = (what: string, max: number) =>
  z
    .string()
    .max(max, {
      error: ({ input }) =>
        `${what} has at most ${count(max)} characters; this one has ${count(String(input).length)}.`,
    })
    .refine(isStorable, UNSTORABLE);

const whole = (min: number, minSentence: string, max: number) =>
  z
    .int("Type a whole number.")
    .min(min, minSentence)
    .max(max, `At most ${count(max)}.`);
const millimetres = whole(1, "A side is at least 1 mm.", 1_000_000);

const words = (what: string, max: number) =>
  z.array(text(what, 40).min(1)).max(max, `At most ${max} of them.`);

const locationSchema = z.strictObject({
  postalCode: text("A ZIP or postal code", 12).min(3, "A ZIP or postal code has at least 3 characters."),
  city: text("A city", 80).default(""),
  country: z.string().length(2).default("US"),
});

/** Everything a person can set on an item, and nothing else. What is refused is refused in a sentence for that person. */
export const itemFieldsSchema = z.strictObject({
  title: text("A title", 200).trim().min(1, "An item needs a title."),
  description: text("A description", 20_000).default(""),
  price: moneySchema,
  quantity: whole(0, "A quantity is 0 or more.", 100_000).default(1),
  condition: z.enum(CONDITIONS).nullable().default(null),
  category: z.enum(CATEGORY_IDS).nullable().default(null),
  brand: text("A brand", 100).default(""),
  size: text("A size", 40).default(""),
  colors: z.array(z.enum(COLORS)).max(3, "At most three colours.").default([]),
  material: text("A material", 100).default(""),
  tags: words("A tag", 30).default([]),
  sku: text("A SKU", 64).default(""),
  weightGrams: whole(1, "A weight is at least 1 g. Leave it empty if you do not know it.", 1_000_000)
    .nullable()
    .default(null),
  dimensionsMm: z
    .strictObject({ length: millimetres, width: millimetres, height: millimetres })
    .nullable()
    .default(null),
  cost: moneySchema.nullable().default(null),
  shippingProfile: z.enum(["ship_buyer_pays", "ship_seller_pays", "pickup_only"]).default("ship_buyer_pays"),
  location: locationSchema.nullable().default(null),
  overrides: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .refine(isStorable, UNSTORABLE)
    .default({})
    .describe("per channel id: field name -> value that replaces the item's own there"),
  labels: words("A label", 50).default([]),
  notes: text("A note", 5_000).default(""),
});

export const itemSchema = itemFieldsSchema.extend({
  id: z.uuid(),
  photos: z.array(photoSchema).max(24, "An item holds at most 24 photos. Remove some first.").default([]),
  /** Latest edit per field, so that two devices merge field by field. */
  fieldTimes: z.record(z.string(), z.iso.datetime()).default({}),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable().default(null),
});

export type Condition = (typeof CONDITIONS)[number];
export type Color = (typeof COLORS)[number];
export type Money = z.infer<typeof moneySchema>;
export type Photo = z.infer<typeof photoSchema>;
export type ItemLocation = z.infer<typeof locationSchema>;
export type ItemFields = z.infer<typeof itemFieldsSchema>;
export type Item = z.infer<typeof itemSchema>;

/** The fields a marketplace must answer for, one by one (marketplaces/<id>/fields.ts). */
export const LISTING_FIELDS = [
  "photos", "title", "description", "price", "quantity", "condition", "category", "brand", "size",
  "colors", "material", "tags", "sku", "weightGrams", "dimensionsMm", "shippingProfile", "location",
] as const; // oxfmt-ignore
export type ListingField = (typeof LISTING_FIELDS)[number];
