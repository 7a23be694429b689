import { describe, expect, it } from "vitest";
import { conditionIn } from "./condition-words.ts";

describe("conditionIn", () => {
  it.each([
    ["New with tags", "new_with_tags"],
    ["NWT", "new_with_tags"],
    ["New with tags/box", "new_with_tags"],
    ["Brand new in box", "new_with_tags"],
    ["new", "new"],
    ["New condition", "new"],
    ["New without tags", "new"],
    ["New/never worn", "new"],
    ["https://schema.org/NewCondition", "new"],
    ["Used – Like New", "like_new"],
    ["In excellent used condition", "like_new"],
    ["Pre-owned - Excellent", "like_new"],
    ["Open box", "like_new"],
    ["used", "good"],
    ["UsedCondition", "good"],
    ["Used - Very Good", "good"],
    ["Good used condition", "good"],
    ["Pre-owned", "good"],
    ["Pre-Loved", "good"],
    ["Acceptable", "fair"],
    ["Pre-owned - Fair", "fair"],
    ["For parts or not working", "poor"],
    ["DamagedCondition", "poor"],
  ])("knows %s", (text, condition) => expect(conditionIn(text)).toBe(condition));

  it.each([
    "Not new",
    "Not like new",
    "Renewed",
    "Refurbished",
    "Certified - Refurbished",
    "Very Good - Refurbished",
    "RefurbishedCondition",
    "New (Other)",
    "New other (see details)",
    "New with defects",
    "Newish",
    "Used, new",
    "Good, one part is missing",
    "No good",
    "Fairly used up",
    "Collectible",
    "",
  ])("leaves %s to the seller", (text) => expect(conditionIn(text)).toBeNull());
});
