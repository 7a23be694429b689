/** Title and description limits come from tools, not from Facebook itself: unverified, and on the safe side. */
import type { FieldRules, PhotoRule } from "#core/marketplace/marketplace.ts";

export const fields: FieldRules = {
  photos: { kind: "supported", need: "required", min: 1, max: 10 },
  title: { kind: "supported", need: "required", maxLength: 100 },
  description: { kind: "supported", need: "optional", maxLength: 5000 },
  price: {
    kind: "supported",
    need: "required",
    min: 0,
    max: 1_000_000_00,
    note: "US dollars and cents, in minor units here",
  },
  quantity: { kind: "supported", need: "optional", note: "one, or 'in stock' for more" },
  condition: { kind: "supported", need: "required" },
  category: { kind: "supported", need: "required" },
  brand: { kind: "supported", need: "optional", note: "shown for some categories" },
  size: {
    kind: "unsupported",
    reason: "The item form has no size field; write it into the title or description.",
  },
  colors: { kind: "supported", need: "optional", max: 1 },
  material: { kind: "supported", need: "optional" },
  tags: { kind: "supported", need: "optional", max: 20 },
  sku: { kind: "supported", need: "optional", note: "only visible to the seller" },
  weightGrams: {
    kind: "supported",
    need: "optional",
    note: "required for shipping: picks the label's weight class",
  },
  dimensionsMm: { kind: "unsupported", reason: "Labels are priced by weight class alone." },
  shippingProfile: {
    kind: "supported",
    need: "required",
    note: "shipping or local pickup; Facebook settles who pays",
  },
  location: { kind: "supported", need: "required", note: "a city, found by its name" },
};

export const photos: PhotoRule = {
  min: 1,
  max: 10,
  maxBytes: 8 * 1024 * 1024,
  maxEdge: 4096,
};
