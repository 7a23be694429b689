/** Plain items for tests that ask what becomes of one, whatever it is. */
import { itemFieldsSchema, type Item } from "../item.ts";

/** @param at when it was made, and changed last. */
export const plainItem = (id: string, title: string, at = "2026-01-01T00:00:00.000Z"): Item => ({
  ...itemFieldsSchema.parse({ title, price: { amountMinor: 4500, currency: "USD" } }),
  id,
  photos: [],
  fieldTimes: {},
  createdAt: at,
  updatedAt: at,
  deletedAt: null,
});

export const lamp = plainItem("7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001", "Brass lamp");
