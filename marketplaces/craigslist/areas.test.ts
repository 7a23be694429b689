import { describe, expect, it } from "vitest";
import { CATEGORY_IDS } from "#core/item/categories.ts";
import { areas, categories, conditions, subareas } from "#practice/craigslist/options.ts";
import { areaOf, AREAS, subareaOf } from "./areas.ts";
import { CATEGORIES } from "./categories.ts";
import { CONDITIONS } from "./conditions.ts";

describe("areaOf", () => {
  it("takes the account's city before the item's ZIP", () => {
    expect(areaOf("https://seattle.craigslist.org", "94110")?.code).toBe("sea");
    expect(areaOf(undefined, "94110")?.code).toBe("sfo");
    expect(areaOf("https://nowhere.craigslist.org", "97201")?.code).toBe("pdx");
    expect(areaOf(undefined, "59715")).toBeNull();
  });
  it("calls areas what the wizard calls them", () => {
    for (const { code, host, label } of areas)
      expect(AREAS.find((area) => area.code === code)).toMatchObject({ host, label });
  });
});

describe("subareaOf", () => {
  it.each([
    ["94110", "city of san francisco"],
    ["94607", "east bay area"],
    ["95112", "south bay area"],
    ["95060", "santa cruz co"],
    ["94901", "north bay / marin"],
    ["94301", "peninsula"],
    ["97201", null],
  ])("puts %s in %s", (zip, label) => {
    expect(subareaOf(zip)).toBe(label);
    if (label) expect(subareas.map((each) => each.label)).toContain(label);
  });
});

describe("the words", () => {
  it.each(CATEGORY_IDS)("%s is a category of the wizard", (id) => {
    expect(categories.map(({ label }) => label)).toContain(`${CATEGORIES[id]} - by owner`);
  });
  it("uses the wizard's conditions", () => {
    for (const words of Object.values(CONDITIONS))
      for (const word of words) expect(conditions.map(({ label }) => label)).toContain(word);
  });
});
