import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import { boundedBy, mergeItems, photoTimeKey } from "./merge.ts";

const AT = [
  "2026-01-01T00:00:00.000Z",
  "2026-01-02T00:00:00.000Z",
  "2026-01-03T00:00:00.000Z",
  "2026-01-04T00:00:00.000Z",
];
const ID = "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001";
const photoId = (n: number) => `7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c100${n}`;
const photo = (n: number) => ({
  id: photoId(n),
  width: 1,
  height: 1,
  mime: "image/jpeg" as const,
  bytes: 1,
  sha256: "0".repeat(64),
  alt: "",
});
const base: Item = {
  ...itemFieldsSchema.parse({ title: "Lamp", price: { amountMinor: 100, currency: "USD" } }),
  id: ID,
  photos: [],
  fieldTimes: {},
  createdAt: AT[0]!,
  updatedAt: AT[0]!,
  deletedAt: null,
};

const at = fc.constantFrom(...AT);
const version = fc
  .record({
    title: fc.constantFrom("Lamp", "Old lamp", "Brass lamp"),
    brand: fc.constantFrom("", "Acme", "Zed"),
    quantity: fc.integer({ min: 0, max: 3 }),
    deletedAt: fc.constantFrom(null, AT[2]!),
    photos: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
    times: fc.record({ title: at, brand: at, quantity: at, deletedAt: at, photos: at }),
    photoTimes: fc.dictionary(fc.constantFrom(...[1, 2, 3, 4].map((n) => photoTimeKey(photoId(n)))), at),
    updatedAt: at,
  })
  .map(({ photos, times, photoTimes, ...fields }): Item => ({
    ...base,
    ...fields,
    photos: photos.map(photo),
    fieldTimes: { ...times, ...photoTimes },
  }));

const withoutOrder = (item: Item) => ({ ...item, photos: item.photos.map((one) => one.id).sort() });

describe("mergeItems", () => {
  it("gives the same whichever side it is told first", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(mergeItems(a, b)).toEqual(mergeItems(b, a));
      }),
    );
  });
  it("changes nothing when merged with itself or again", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const merged = mergeItems(a, b);
        expect(withoutOrder(mergeItems(merged, b))).toEqual(withoutOrder(merged));
        expect(withoutOrder(mergeItems(merged, a))).toEqual(withoutOrder(merged));
        // The order is stable too, unless both chose one in the very same millisecond.
        if (a.fieldTimes.photos !== b.fieldTimes.photos) expect(mergeItems(merged, b)).toEqual(merged);
      }),
    );
  });
  it("gives the same whichever two of three devices meet first", () => {
    const heard = (items: Item[]) =>
      items.map((item) => ({
        ...item,
        fieldTimes: {
          ...Object.fromEntries(item.photos.map((one) => [photoTimeKey(one.id), AT[0]!])),
          ...item.fieldTimes,
        },
      }));
    fc.assert(
      fc.property(version, version, version, (...versions) => {
        const [a, b, c] = heard(versions) as [Item, Item, Item];
        expect(withoutOrder(mergeItems(mergeItems(a, b), c))).toEqual(
          withoutOrder(mergeItems(a, mergeItems(b, c))),
        );
      }),
    );
  });
  it("keeps each field's later edit when two people edit different fields", () => {
    const mine = { ...base, title: "Mine", fieldTimes: { title: AT[2]! } };
    const theirs = { ...base, brand: "Theirs", title: "Older", fieldTimes: { brand: AT[1]!, title: AT[1]! } };
    expect(mergeItems(mine, theirs)).toMatchObject({ title: "Mine", brand: "Theirs" });
  });
  it("keeps photos added on both devices and drops one removed later", () => {
    const mine = {
      ...base,
      photos: [photo(1), photo(2)],
      fieldTimes: { photos: AT[1]!, [photoTimeKey(photoId(1))]: AT[0]!, [photoTimeKey(photoId(2))]: AT[1]! },
    };
    const theirs = {
      ...base,
      photos: [photo(3)],
      fieldTimes: { photos: AT[2]!, [photoTimeKey(photoId(1))]: AT[2]!, [photoTimeKey(photoId(3))]: AT[2]! },
    };
    expect(mergeItems(mine, theirs).photos.map((one) => one.id)).toEqual([photoId(3), photoId(2)]);
  });
  it("compares instants, not spelling, when one time has an offset", () => {
    const mine = { ...base, title: "Later", fieldTimes: { title: "2026-01-01T23:30:00.000-05:00" } };
    const theirs = { ...base, title: "Earlier", fieldTimes: { title: AT[1]! } };
    expect(mergeItems(mine, theirs).title).toBe("Later");
  });
});

describe("boundedBy", () => {
  it("lets a clock that runs ahead win no longer than until it was heard", () => {
    const ahead = { ...base, title: "From tomorrow", fieldTimes: { title: AT[3]! } };
    const heard = boundedBy(ahead, AT[1]!);
    const right = { ...base, title: "Right now", fieldTimes: { title: AT[2]! } };
    expect(mergeItems(heard, right).title).toBe("Right now");
    expect(mergeItems(ahead, right).title).toBe("From tomorrow"); // what it would be otherwise
  });
  it("touches only the keys asked for, and no time that may be believed", () => {
    const item = { ...base, fieldTimes: { title: AT[3]!, brand: AT[3]!, notes: AT[0]! } };
    expect(boundedBy(item, AT[1]!, ["title", "notes"]).fieldTimes).toEqual({
      title: AT[1],
      brand: AT[3],
      notes: AT[0],
    });
  });
});
