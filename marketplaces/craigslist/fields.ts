/** Title, body and photo limits come from a table of tools, not from Craigslist itself: unverified, on the safe side. */
import type { FieldRules, PhotoRule } from "#core/marketplace/marketplace.ts";

export const fields: FieldRules = {
  photos: { kind: "supported", need: "optional", max: 24 },
  title: { kind: "supported", need: "required", maxLength: 70 },
  description: { kind: "supported", need: "required", maxLength: 8000 },
  price: {
    kind: "supported",
    need: "optional",
    min: 0,
    max: 99_999_999_00,
    note: "whole US dollars; in minor units here",
  },
  quantity: { kind: "unsupported", reason: "A posting has no quantity; say it in the description." },
  condition: { kind: "supported", need: "optional" },
  category: { kind: "supported", need: "required" },
  brand: { kind: "supported", need: "optional", note: "make / manufacturer" },
  size: { kind: "supported", need: "optional", note: "size / dimensions" },
  colors: { kind: "unsupported", reason: "The general for-sale form has no colour." },
  material: { kind: "unsupported", reason: "The form has no material." },
  tags: { kind: "unsupported", reason: "Craigslist forbids keyword lists." },
  sku: { kind: "unsupported", reason: "The form has no stock number." },
  weightGrams: { kind: "unsupported", reason: "Craigslist ships nothing itself." },
  dimensionsMm: { kind: "unsupported", reason: "One text for size; the item's own size goes there." },
  shippingProfile: {
    kind: "supported",
    need: "optional",
    note: "'delivery available', on when the item ships",
  },
  location: {
    kind: "supported",
    need: "required",
    note: "a postal code; the city is shown beside the title",
  },
};

export const photos: PhotoRule = {
  min: 0,
  max: 24,
  maxBytes: 10 * 1024 * 1024,
  maxEdge: 4096,
};
