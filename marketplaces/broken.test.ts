import { expect, it } from "vitest";
import { itemFieldsSchema, type Item } from "#core/item/item.ts";
import { defineMarketplace } from "#core/marketplace/marketplace.ts";
import { MARKETPLACES } from "./index.ts";

const AT = "2026-01-01T00:00:00.000Z";
const lamp: Item = {
  ...itemFieldsSchema.parse({ title: "Lamp", price: { amountMinor: 4_500, currency: "USD" } }),
  id: "7f9d3c52-0c4d-4f7e-8a36-1d1f0a6c0001",
  photos: [],
  fieldTimes: {},
  createdAt: AT,
  updatedAt: AT,
  deletedAt: null,
};

it("a marketplace that is said to be broken takes no item, and says why", () => {
  const { mercari } = MARKETPLACES;
  const status = { kind: "broken", reason: "its form asks for a size table.", since: "2026-11-20" } as const;
  const broken = defineMarketplace({ ...mercari, identity: { ...mercari.identity, status } });
  expect(broken.problemsOf(lamp)[0]).toMatchObject({
    severity: "error",
    message:
      "Hawker does not post to Mercari at the moment, since 2026-11-20: its form asks for a size table.",
  });
  expect(mercari.problemsOf(lamp).map(({ code }) => code)).not.toContain("channel-broken");
});
