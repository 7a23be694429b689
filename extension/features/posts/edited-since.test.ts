import { describe, expect, it } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import { isEditedAfter, isEditedSince } from "./edited-since.ts";

const AT = "2026-01-01T00:00:00.000Z";
const LATER = "2026-01-01T00:05:00.000Z";
const lamp: Item = {
  ...itemFieldsSchema.parse({ title: "Lamp", price: { amountMinor: 16_500, currency: "USD" } }),
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  photos: [],
  fieldTimes: { title: AT, price: AT },
  createdAt: AT,
  updatedAt: AT,
  deletedAt: null,
};

describe("an item edited while it was being posted", () => {
  it("differs from its listing", () => {
    const dearer = { ...lamp, price: { amountMinor: 19_900, currency: "USD" } };
    expect(isEditedSince(lamp, dearer, "mercari")).toBe(true);
    expect(isEditedAfter({ fieldTimes: { price: LATER } }, AT)).toBe(true);
  });

  it("in what only the seller sees does not", () => {
    const noted = { ...lamp, notes: "Shelf 3", labels: ["attic"], updatedAt: LATER };
    expect(isEditedSince(lamp, noted, "mercari")).toBe(false);
    expect(isEditedAfter({ fieldTimes: { title: AT, notes: LATER } }, AT)).toBe(false);
  });

  it("for one site only differs there only", () => {
    const shorter = { ...lamp, overrides: { facebook: { title: "Lamp, brass" } } };
    expect(isEditedSince(lamp, shorter, "facebook")).toBe(true);
    expect(isEditedSince(lamp, shorter, "mercari")).toBe(false);
  });
});
