import { describe, expect, it } from "vitest";
import { CATEGORY_IDS } from "#core/item/categories.ts";
import { categories, localOnlyCategories, weightClasses } from "#practice/facebook/options.ts";
import { CATEGORIES } from "./categories.ts";
import { placeOf, stateOfZip } from "./place.ts";
import { weightClassOf } from "./weight-classes.ts";

const at = (postalCode: string, city = "", country = "US") => placeOf({ postalCode, city, country });

describe("placeOf", () => {
  it("takes the seller's city, and the state from the ZIP", () => {
    expect(at("97201", "Portland")).toEqual({ city: "Portland", state: "Oregon" });
    expect(at("04101", "Portland")).toEqual({ city: "Portland", state: "Maine" });
    expect(at("94110", "San Francisco, CA")).toEqual({ city: "San Francisco", state: "California" });
  });
  it("knows the city of a ZIP only where all that begin so lie in one", () => {
    expect(at("94110")).toEqual({ city: "San Francisco", state: "California" });
    expect(at("73301")).toBeNull();
    expect(at("94501")).toBeNull();
  });
  it("is none abroad or without a ZIP it can read", () => {
    expect(at("10115", "Berlin", "DE")).toBeNull();
    expect(at("9411", "San Francisco")).toBeNull();
  });
  it.each([
    ["02108", "Massachusetts"],
    ["00601", null],
    ["99501", "Alaska"],
    ["10001", "New York"],
    ["20001", "District of Columbia"],
  ])("puts ZIP %s in %s", (zip, state) => expect(stateOfZip(zip)).toBe(state));
});

describe("weightClassOf", () => {
  it.each([
    [100, "Under 0.5 lbs"],
    [226, "Under 0.5 lbs"],
    [227, "0.5-1 lbs"],
    [700, "1-2 lbs"],
    [4000, "5-10 lbs"],
    [31_000, "10-70 lbs"],
    [32_000, null],
  ])("puts %d g in %s", (grams, label) => expect(weightClassOf(grams)).toBe(label));
  it("uses the form's own words", () => {
    expect(weightClasses.map(({ label }) => label)).toEqual(
      [100, 300, 700, 2000, 4000, 20_000].map(weightClassOf),
    );
  });
});

describe("the categories", () => {
  it.each(CATEGORY_IDS)("%s is one the form lists, and one that ships", (id) => {
    expect(categories).toContain(CATEGORIES[id]);
    expect(localOnlyCategories).not.toContain(CATEGORIES[id]);
  });
});
