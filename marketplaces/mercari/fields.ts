import type { FieldRules, PhotoRule } from "#core/marketplace/marketplace.ts";

export const fields: FieldRules = {
  photos: { kind: "supported", need: "required", min: 1, max: 12 },
  title: { kind: "supported", need: "required", maxLength: 80 },
  description: { kind: "supported", need: "required", maxLength: 1000, minWords: 5 },
  price: {
    kind: "supported",
    need: "required",
    min: 1_00,
    max: 2_000_00,
    note: "US dollars and cents, in minor units here",
  },
  quantity: { kind: "unsupported", reason: "A Mercari listing sells one piece." },
  condition: { kind: "supported", need: "required" },
  category: { kind: "supported", need: "required" },
  brand: { kind: "supported", need: "required", note: "one of Mercari's own brands, or 'No brand'" },
  size: { kind: "supported", need: "optional", note: "asked for clothes and shoes, and required there" },
  colors: { kind: "supported", need: "optional", max: 1, note: "asked outside clothing only" },
  material: { kind: "unsupported", reason: "Mercari has no field for it; write it into the description." },
  tags: { kind: "unsupported", reason: "The form lost its hashtags after 2021." },
  sku: { kind: "unsupported", reason: "Mercari has no field for a stock number." },
  weightGrams: { kind: "supported", need: "required", note: "the prepaid label is priced by weight" },
  dimensionsMm: { kind: "supported", need: "optional", note: "decides whether it fits in a shoebox" },
  shippingProfile: {
    kind: "supported",
    need: "required",
    note: "shipping only; who pays is 'free shipping'",
  },
  location: { kind: "supported", need: "required", note: "a five-digit ZIP code" },
};

export const photos: PhotoRule = {
  min: 1,
  max: 12,
  maxBytes: 10 * 1024 * 1024,
  maxEdge: 4096,
};
