import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATEGORY_IDS } from "#core/item/categories.ts";
import { COLORS, CONDITIONS, itemFieldsSchema, type Item } from "#core/item/item.ts";
import { editFrom, keyOf, partsOf, rawOf, readField, spotOf, type ShownField } from "./spots.ts";

const FIELDS = Object.keys(itemFieldsSchema.shape).filter((f): f is ShownField => f !== "overrides");
const money = fc.record({
  amountMinor: fc.integer({ min: 0, max: 10_000_000_000 }),
  currency: fc.constantFrom("USD", "EUR", "JPY", "KWD"),
});
const word = fc
  .string({ unit: fc.constantFrom(..."ab é🍐-"), minLength: 1, maxLength: 12 })
  .map((t) => `x${t}x`);
const side = fc.integer({ min: 1, max: 900_000 });
const items = fc
  .record({
    title: word,
    description: fc.string({ unit: "grapheme", maxLength: 40 }),
    price: money,
    cost: fc.option(money),
    quantity: fc.integer({ min: 0, max: 100_000 }),
    condition: fc.option(fc.constantFrom(...CONDITIONS)),
    category: fc.option(fc.constantFrom(...CATEGORY_IDS)),
    brand: word,
    colors: fc.uniqueArray(fc.constantFrom(...COLORS), { maxLength: 3 }),
    tags: fc.uniqueArray(word, { maxLength: 4 }),
    weightGrams: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    dimensionsMm: fc.option(fc.record({ length: side, width: side, height: side })),
    location: fc.option(
      fc.record({
        postalCode: fc.constantFrom("94110", "K1A 0B1"),
        city: word,
        country: fc.constantFrom("US", "CA"),
      }),
    ),
  })
  .map((fields): Item => ({
    ...itemFieldsSchema.parse(fields),
    id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
    photos: [],
    fieldTimes: {},
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    deletedAt: null,
  }));

describe("spots", () => {
  it("reads what a control shows as the value it shows, for every field", () => {
    fc.assert(
      fc.property(items, fc.constantFrom(...FIELDS), (item, field) => {
        const spot = { channel: null, field, part: null };
        const read = readField(item, spot, (part) => rawOf(item, { ...spot, part }));
        expect(read).toEqual({ value: item[field] });
      }),
      { numRuns: 1000 },
    );
  });

  it("names each control by a key, and finds it again", () => {
    for (const field of FIELDS)
      for (const part of partsOf(field))
        for (const channel of [null, "mercari"] as const)
          expect(spotOf(keyOf({ channel, field, part }))).toEqual({ channel, field, part });
  });

  it("edits one entry of what differs at a site, over what is stored by then", () => {
    const [item] = fc.sample(items, { numRuns: 1, seed: 1 }) as [Item];
    const stored = { ...item, overrides: { mercari: { brand: "Kept" }, facebook: { title: "Kept too" } } };
    const spot = { channel: "mercari", field: "title", part: null } as const;
    const edit = editFrom(spot, new Map([[keyOf(spot), "Only here "]]));
    expect(edit(stored)).toEqual({
      overrides: { mercari: { brand: "Kept", title: "Only here" }, facebook: { title: "Kept too" } },
    });
  });
});
