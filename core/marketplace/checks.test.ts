import { describe, expect, it } from "vitest";
import { brandOf, saysNoBrand, shortened, wordsIn } from "./checks.ts";
import { amountsIn, rowMatches } from "./marker.ts";

describe("shortened", () => {
  it("leaves what fits alone", () => expect(shortened("Oak chair", 9)).toBe("Oak chair"));
  it("cuts between words, and drops what then dangles", () => {
    expect(shortened("Solid oak side chair, restored", 21)).toBe("Solid oak side chair");
    expect(shortened("Solid oak side chair", 19)).toBe("Solid oak side");
  });
  it("cuts one long word where it must, and never half a character", () => {
    expect(shortened("a".repeat(30), 10)).toBe("a".repeat(10));
    expect(shortened("aaaaaaaaa🍐🍐", 10)).toBe("aaaaaaaaa");
  });
});

describe("brands", () => {
  it("tells 'no brand' from no answer", () => {
    expect([brandOf({ brand: " No Brand " }), saysNoBrand({ brand: "no brand" })]).toEqual(["", true]);
    expect([brandOf({ brand: "" }), saysNoBrand({ brand: "" })]).toEqual(["", false]);
    expect([brandOf({ brand: "Generic Surplus" }), saysNoBrand({ brand: "Generic Surplus" })]).toEqual([
      "Generic Surplus",
      false,
    ]);
  });
});

describe("wordsIn", () => {
  it("counts words, not spaces", () => expect([wordsIn(""), wordsIn("  a  b\nc ")]).toEqual([0, 3]));
});

describe("rowMatches", () => {
  const marker = { title: "Canon AE-1, 35mm", priceText: "$1234.50" };
  it("reads amounts as sites print them", () => {
    expect(amountsIn("Canon AE-1, 35mm - $1,234.50")).toEqual([123450]);
    expect(amountsIn("$45")).toEqual([4500]);
    expect(amountsIn("Free")).toEqual([0]);
    expect(amountsIn("45")).toEqual([]);
  });
  it("matches title and price, whatever the spacing and case", () => {
    expect(rowMatches(marker, { title: "canon  ae-1, 35MM", priceText: "$1,234.50" })).toBe(true);
    expect(rowMatches(marker, { title: "Canon AE-1, 35mm", priceText: "$1,234" })).toBe(false);
    expect(rowMatches(marker, { title: "Canon AE-1", priceText: "$1,234.50" })).toBe(false);
  });
  it("takes a title the site cut, when enough of it is left", () => {
    expect(rowMatches(marker, { title: "Canon AE-1, 3…", priceText: "$1,234.50" })).toBe(true);
    expect(rowMatches(marker, { title: "Canon…", priceText: "$1,234.50" })).toBe(false);
  });
  it("matches by title alone where no price can be read", () => {
    expect(rowMatches(marker, { title: marker.title, priceText: "" })).toBe(true);
  });
});
