import { describe, expect, it } from "vitest";
import { CATEGORY_IDS } from "#core/item/categories.ts";
import { allPaths, sizesFor } from "#practice/mercari/options.ts";
import { CATEGORIES } from "./categories.ts";
import { parcelOf } from "./parcel.ts";
import { sizeOn, sizeScaleOf } from "./sizes.ts";

describe("sizeOn", () => {
  it.each([
    ["letters", "M", "M"],
    ["letters", "medium", "M"],
    ["letters", "2XL", "XXL"],
    ["letters", "Men's L", "L"],
    ["letters", "one size", "One Size"],
    ["letters", "8", null],
    ["waist", "32", "32 in."],
    ["waist", "W32 L34", null],
    ["waist", "32x34", "32 in."],
    ["waist", "32 / 34", "32 in."],
    ["waist", "20", null],
    ["waist", "M", null],
    ["shoes", "9.5", "9.5"],
    ["shoes", "US 10", "10"],
    ["shoes", "Men's 11", "11"],
    ["shoes", "EU 42", null],
    ["shoes", "42", null],
  ] as const)("reads %s %s as %s", (scale, written, meant) => {
    expect(sizeOn(scale, written)).toBe(meant);
  });
});

describe("the categories", () => {
  it.each(CATEGORY_IDS)("%s leads to a row the dialog has, with the scale its form shows", (id) => {
    const path = CATEGORIES[id].join(" > ");
    expect(allPaths).toContain(path);
    const [first = ""] = sizesFor(path);
    const scale =
      first === "" ? null : /in\.$/.test(first) ? "waist" : /^\d/.test(first) ? "shoes" : "letters";
    expect(sizeScaleOf(CATEGORIES[id])).toBe(scale);
  });
});

describe("parcelOf", () => {
  const of = (weightGrams: number, sides?: [number, number, number]) => {
    const [length, width, height] = sides ?? [];
    const dimensionsMm = length && width && height ? { length, width, height } : null;
    return parcelOf({ weightGrams, dimensionsMm });
  };
  it("rounds up to whole ounces, but not for a rounding error of the pound", () => {
    expect(of(1)).toMatchObject({ pounds: 0, ounces: 1 });
    expect(of(454)).toMatchObject({ pounds: 1, ounces: 0 });
    expect(of(460)).toMatchObject({ pounds: 1, ounces: 1 });
    expect(of(700)).toMatchObject({ pounds: 1, ounces: 9 });
  });
  it("fits a shoebox whichever way the parcel is turned", () => {
    expect(of(500, [120, 350, 250])).toMatchObject({ shoebox: true, inches: null });
    expect(of(500, [360, 250, 120])).toMatchObject({ shoebox: false, inches: [15, 10, 5] });
    expect(of(500)).toMatchObject({ shoebox: true });
  });
});
