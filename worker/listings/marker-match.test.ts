import { describe, expect, it } from "vitest";
import type { ListingRow } from "#core/plan/index.ts";
import { candidates, matches, readMarker, writeMarker } from "./marker-match.ts";

const row = (changes: Partial<ListingRow> = {}): ListingRow => ({
  externalId: "m1",
  url: "https://www.mercari.com/us/item/m1/",
  title: "Solid oak side chair",
  priceText: "$60",
  status: "active",
  ...changes,
});
const marker = { title: "Solid oak side chair", priceText: "$60.00" };

describe("matches", () => {
  it.each<[string, Partial<ListingRow>]>([
    ["the same title and price", {}],
    ["other white space and capitals", { title: " solid  OAK side chair " }],
    ["a price with cents or separators", { priceText: "$60.00" }],
    ["no price in the row", { priceText: "" }],
    ["a title cut by the site", { title: "Solid oak side…" }],
    ["the price inside the row's text", { priceText: "Solid oak side chair - $60" }],
    ["a row the site calls sold: overlooking an active one would post twice", { status: "sold" }],
  ])("when a row has %s: it is taken for ours", (_what, changes) => {
    expect(matches(row(changes), marker)).toBe(true);
  });

  it.each([
    ["another price", { priceText: "$61" }],
    ["another title", { title: "Solid oak side table" }],
    ["a cut title too short to tell", { title: "Solid…" }],
    ["a title that merely begins so", { title: "Solid oak side" }],
  ])("when a row has %s: it is not ours", (_what, changes) => {
    expect(matches(row(changes), marker)).toBe(false);
  });

  it("when the title itself holds numbers: they are not taken for the price", () => {
    const jeans = { title: "Jeans 32 x 34", priceText: "$45" };
    expect(matches(row({ title: "Jeans 32 x 34", priceText: "Jeans 32 x 34 $45" }), jeans)).toBe(true);
    expect(matches(row({ title: "Jeans 32 x 34", priceText: "Jeans 32 x 34 $32" }), jeans)).toBe(false);
  });
});

describe("candidates", () => {
  it("when look-alikes were there before: only the others are left", () => {
    const rows = [row(), row({ externalId: "m2" }), row({ externalId: "m3", title: "A lamp" })];
    expect(candidates(rows, marker, new Set(["m1"])).map(({ externalId }) => externalId)).toEqual(["m2"]);
  });
});

describe("a stored marker", () => {
  it("when written and read: is the same; damaged text is an error, not an empty marker", () => {
    const stored = { ...marker, before: ["m1"] };
    expect(readMarker(writeMarker(stored))).toEqual(stored);
    expect(readMarker(null)).toBeNull();
    expect(() => readMarker('{"title":"x"}')).toThrow();
  });
});
