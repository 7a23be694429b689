import { describe, expect, it } from "vitest";
import { ENDING_CODES, sentenceOf } from "./sentences.ts";
import type { Ending } from "./endings.ts";

/** Every ending once, with parameters of every kind. */
const filledIn = {
  stop: "captcha",
  shown: "jonas",
  expected: "maria",
  label: "Brand",
  reason: "not-found",
  message: "A price is needed.",
  why: "deadline",
  until: 0,
  filled: true,
  pressed: true,
  count: 2,
  last: { code: "interrupted" },
};
const all = ENDING_CODES.map((code) => ({ ...filledIn, code }) as unknown as Ending);

describe("what is said of the outside", () => {
  it("that Hawker has published nothing is said only where nothing was permitted or filled", () => {
    const says = all.filter((ending) =>
      /nothing (was|is) (published|posted|sent)/i.test(sentenceOf(ending, "Mercari")),
    );
    expect(says).toEqual([]);
    const untouched: Ending = { code: "cancelled", pressed: false, filled: false };
    expect(sentenceOf(untouched, "Mercari")).toBe("Cancelled. Hawker has published nothing.");
  });

  it("that it was published is said only where the site said so, or that it did not say so", () => {
    const claims = all.filter((ending) =>
      /\b(?:was|is) (?:published|posted|listed)\b/.test(sentenceOf(ending, "Mercari")),
    );
    expect(claims.map(({ code }) => code)).toEqual(["said-listed", "no-answer"]);
  });

  it("every ending is a sentence that names no code", () => {
    for (const ending of all) {
      const sentence = sentenceOf(ending, "Mercari");
      expect(sentence, ending.code).toMatch(/^[A-Z0-9].*[.]$|: A price is needed\.$/s);
      expect(sentence, ending.code).not.toMatch(/undefined|null|\[object|not-found|deadline/);
    }
  });
});
