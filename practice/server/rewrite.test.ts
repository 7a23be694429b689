import { describe, expect, it } from "vitest";
import { rewrittenTitle, type Rewrite } from "./rewrite.ts";

describe("rewrittenTitle", () => {
  it.each<[Rewrite, string, string]>([
    ["censored", "Brass lamp", "B***s lamp"],
    ["cut", "Patagonia Synchilla fleece jacket, men's M", "Patagonia Synchilla flee"],
    ["brand-prefix", "Brass lamp", "Unbranded Brass lamp"],
    ["quotes", `Tripod "Grip" 6' - like new`, "Tripod \u201cGrip\u201d 6\u2019 \u2013 like new"],
    ["emoji-dropped", "\u{1f525} Brass lamp \u{1f469}\u200d\u{1f33e} art", "Brass lamp art"],
    ["entity", "Salt & pepper <set>", "Salt &amp; pepper &lt;set&gt;"],
  ])("%s: %s", (how, title, shown) => {
    expect(rewrittenTitle(title, how)).toBe(shown);
  });
});
