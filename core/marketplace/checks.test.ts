import { describe, expect, it } from "vitest";
import { fields, photos } from "#marketplaces/mercari/fields.ts";
import { SAMPLES } from "#marketplaces/testing/sample-items.ts";
import { countedLength } from "../item/text-length.ts";
import { brandOf, fieldProblems, saysNoBrand, wordsIn } from "./checks.ts";

describe("fieldProblems", () => {
  const description = Array.from({ length: 20 }, () => "A line of thirty-nine characters, or so.").join("\n");
  const found = (maxLength: number) =>
    fieldProblems({
      id: "mercari",
      name: "Mercari",
      photos,
      item: { ...SAMPLES.camera, description },
      fields: { ...fields, description: { kind: "supported", need: "required", maxLength } },
    }).filter(({ field }) => field === "description");

  it("counts line ends as the site's server may: what fits without them is said before posting", () => {
    expect(description).toHaveLength(819);
    expect(found(838)).toEqual([]);
    expect(found(820)).toMatchObject([
      {
        code: "too-long",
        message:
          "Mercari takes 820 characters for the description; this one has 838, counting each line end as two, as sites may.",
      },
    ]);
  });

  it("offers a shorter text that fits, line ends and all", () => {
    const fix = found(820)[0]?.fix;
    const shorter = String(fix?.set["description"]);
    expect(countedLength(shorter)).toBeLessThanOrEqual(820);
    expect(shorter.length).toBeGreaterThan(700);
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
