/**
 * The item: one zod schema is the contract for extension, API and worker (A1).
 * Money is in integer minor units with an ISO 4217 currency; lengths in millimetres; weights in grams.
 */
import { z } from "zod";
import { CATEGORY_IDS } from "./categories.ts";
import { COLORS, CONDITIONS, moneySchema } from "./values.ts";

export { COLORS, CONDITIONS, moneySchema };

export const photoSchema = z.strictObject({
  id: z.uuid(),
  width: z.int().positive(),
  height: z.int().positive(),
  mime: z.enum(["image/jpeg", "image/png", "image/webp"]),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  alt: z.string().max(500).default(""),
});

export const locationSchema = z.strictObject({
  postalCode: z.string().min(3).max(12),
  city: z.string().max(80).default(""),
  country: z.string().length(2).default("US"),
});

const text = (max: number) => z.string().max(max);

/** Everything a person can set on an item, and nothing else. */
export const itemFieldsSchema = z.strictObject({
  title: text(200).trim().min(1, "An item needs a title."),
  description: text(20_000).default(""),
  price: moneySchema,
  quantity: z.int().min(0).max(100_000).default(1),
  condition: z.enum(CONDITIONS).nullable().default(null),
  category: z.enum(CATEGORY_IDS).nullable().default(null),
  brand: text(100).default(""),
  size: text(40).default(""),
  colors: z.array(z.enum(COLORS)).max(3).default([]),
  material: text(100).default(""),
  tags: z.array(text(40).min(1)).max(30).default([]),
  sku: text(64).default(""),
  weightGrams: z.int().positive().max(1_000_000).nullable().default(null),
  dimensionsMm: z
    .strictObject({ length: z.int().positive(), width: z.int().positive(), height: z.int().positive() })
    .nullable()
    .default(null),
  cost: moneySchema.nullable().default(null),
  shippingProfile: z.enum(["ship_buyer_pays", "ship_seller_pays", "pickup_only"]).default("ship_buyer_pays"),
  location: locationSchema.nullable().default(null),
  overrides: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .describe("per channel id: field name -> value that replaces the item's own there"),
  labels: z.array(text(40).min(1)).max(50).default([]),
  notes: text(5_000).default(""),
});

export const itemSchema = itemFieldsSchema.extend({
  id: z.uuid(),
  photos: z.array(photoSchema).max(24).default([]),
  /** Latest edit per field, so that two devices merge field by field (A3). */
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
] as const; // prettier-ignore
export type ListingField = (typeof LISTING_FIELDS)[number];
