import { describe, expect, it } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import { lostThere } from "./earlier.ts";
import { mergeItems } from "./merge.ts";
import type { OutboxRow } from "./rows.ts";

const AT = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"] as const;
const base: Item = {
  ...itemFieldsSchema.parse({ title: "Lamp", price: { amountMinor: 100, currency: "USD" } }),
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  photos: [],
  fieldTimes: { title: AT[0] },
  createdAt: AT[0],
  updatedAt: AT[0],
  deletedAt: null,
};
const mine = { ...base, title: "Mine", fieldTimes: { title: AT[2] } };
const unsent: OutboxRow = {
  seq: 1,
  op: "putItem",
  table: "items",
  id: base.id,
  itemId: base.id,
  fields: ["title"],
  over: { title: AT[0] },
  at: AT[2],
  attempts: 0,
  lastError: null,
};

describe("lostThere", () => {
  it("names what another device wrote since mine was made, and mine replaces", () => {
    const theirs = { ...base, title: "Theirs", fieldTimes: { title: AT[1] } };
    expect(lostThere(theirs, mergeItems(mine, theirs), [unsent])).toMatchObject([
      { field: "title", value: "Theirs", at: AT[1], unseen: true },
    ]);
  });
  it("names nothing when mine was made over what is there", () => {
    expect(lostThere(base, mergeItems(mine, base), [unsent])).toEqual([]);
  });
  it("names nothing of fields nobody edited here, or that are the same", () => {
    const theirs = { ...base, title: "Mine", brand: "Acme", fieldTimes: { title: AT[1], brand: AT[1] } };
    expect(lostThere(theirs, mergeItems(mine, theirs), [unsent])).toEqual([]);
  });
});
