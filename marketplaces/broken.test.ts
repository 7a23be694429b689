import { expect, it } from "vitest";
import { lamp } from "#core/item/testing/plain-item.ts";
import { defineMarketplace } from "#core/marketplace/marketplace.ts";
import { MARKETPLACES } from "./index.ts";

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
