/** Mercari asks for a size in clothes and shoes, on a scale that hangs on the category. */
import type { MercariPath } from "./categories.ts";

export type SizeScale = "letters" | "waist" | "shoes";

/** The scale of a category, or null where the form asks for no size. */
export function sizeScaleOf([root, group]: MercariPath): SizeScale | null {
  if (root !== "Men" && root !== "Women") return null;
  if (/shoes/i.test(group)) return "shoes";
  if (/jeans|pants|shorts/i.test(group)) return "waist";
  return /accessories|handbags|jewelry/i.test(group) ? null : "letters";
}

export const SCALE_WORDS: Record<SizeScale, { said: string; example: string }> = {
  letters: { said: "from XS to 5XL, or One Size", example: "M" },
  waist: { said: "by waist in inches", example: "32" },
  shoes: { said: "in US shoe sizes", example: "9.5" },
};

const LETTERS: Record<string, string> = {
  "extra small": "XS", small: "S", medium: "M", large: "L", "extra large": "XL",
  "2xl": "XXL", "xx-large": "XXL", xxxl: "3XL", xxxxl: "4XL", "one size": "One Size", os: "One Size", onesize: "One Size",
}; // oxfmt-ignore
const PRINTED = ["XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL", "One Size"];

/** The option's text without its range ("M" for "M (38-40)"), or null when the size is on no such scale. */
export function sizeOn(scale: SizeScale, size: string): string | null {
  const text = size.trim().toLowerCase().replace(/\s+/g, " ");
  if (scale === "letters") {
    const bare = text.replace(/^(men's|women's|mens|womens|size) /, "").replace(/\s*\(.*\)$/, "");
    return LETTERS[bare] ?? PRINTED.find((each) => each.toLowerCase() === bare) ?? null;
  }
  if (scale === "waist") {
    const match = /^w?\s?(\d{2})(?:\s?(?:in\.?|inch(?:es)?|"|w))?(?:\s?[x/]\s?l?\s?\d{2}l?)?$/.exec(text);
    const inches = Number(match?.[1]);
    return inches >= 23 && inches <= 44 ? `${inches} in.` : null;
  }
  const match = /^(?:us )?(?:(?:men's|women's|mens|womens|m|w) ?)?(\d{1,2}(?:\.5)?)(?: ?us| ?\(us\))?$/.exec(
    text,
  );
  const us = Number(match?.[1]);
  return us >= 4 && us <= 16 ? String(us) : null;
}
