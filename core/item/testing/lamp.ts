/** A plain item for tests that ask what becomes of one, whatever it is. */
import { itemFieldsSchema, type Item } from "../item.ts";

const AT = "2026-01-01T00:00:00.000Z";

export const lamp: Item = {
  ...itemFieldsSchema.parse({ title: "Brass lamp", price: { amountMinor: 4500, currency: "USD" } }),
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  photos: [],
  fieldTimes: {},
  createdAt: AT,
  updatedAt: AT,
  deletedAt: null,
};
