import { expect, it } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import { isBlank } from "./create-and-open.ts";
import { words } from "./words.ts";

const AT = "2026-01-01T00:00:00.000Z";
const made: Item = {
  ...itemFieldsSchema.parse({ title: words.untitled, price: { amountMinor: 0, currency: "USD" } }),
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  photos: [],
  fieldTimes: { title: AT, price: AT },
  createdAt: AT,
  updatedAt: AT,
  deletedAt: null,
};

it("a new item that was left without a word is blank; one with anything in it is not", () => {
  expect(isBlank(made)).toBe(true);
  expect(isBlank({ ...made, title: "Lamp" })).toBe(false);
  expect(isBlank({ ...made, price: { amountMinor: 100, currency: "USD" } })).toBe(false);
  expect(isBlank({ ...made, condition: "good", fieldTimes: { ...made.fieldTimes, condition: AT } })).toBe(
    false,
  );
});
