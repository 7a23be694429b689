import { describe, expect, it } from "vitest";
import type { ListingRow } from "#core/plan/page-protocol.ts";
import { findListing } from "./find-listing.ts";

const marker = { title: "Brass desk lamp, 1960s", priceText: "$45" };
const row = (externalId: string | null, change: Partial<ListingRow> = {}): ListingRow => ({
  externalId,
  url: null,
  title: marker.title,
  priceText: "$45.00",
  status: "active",
  ...change,
});

describe("findListing", () => {
  it("passes over look-alikes that were there before", () => {
    expect(findListing([row("m1"), row("m2")], marker, ["m1"], null)?.externalId).toBe("m2");
  });
  it("takes only the one the site named", () => {
    expect(findListing([row("m1"), row("m2")], marker, [], "m2")?.externalId).toBe("m2");
    expect(findListing([row("m1")], marker, [], "m9")).toBeNull();
  });
  it("proves nothing by a row without an id, a sold one, or another price", () => {
    expect(
      findListing(
        [row(null), row("m1", { status: "sold" }), row("m2", { priceText: "$54" })],
        marker,
        [],
        null,
      ),
    ).toBeNull();
  });
});
