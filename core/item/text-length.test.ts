import { describe, expect, it } from "vitest";
import { countedLength, lineEndsIn, shortened } from "./text-length.ts";

describe("countedLength", () => {
  it("counts a line end as two, however it is written", () => {
    expect(["a\nb", "a\r\nb", "a\rb"].map(countedLength)).toEqual([4, 4, 4]);
    expect(lineEndsIn("a\nb\r\nc\rd")).toBe(3);
  });
});

describe("shortened", () => {
  it("leaves what fits alone", () => expect(shortened("Oak chair", 9)).toBe("Oak chair"));

  it("cuts between words, and drops what then dangles", () => {
    expect(shortened("Solid oak side chair, restored", 21)).toBe("Solid oak side chair");
    expect(shortened("Solid oak side chair", 19)).toBe("Solid oak side");
    expect(shortened("Solid oak side chair", 14)).toBe("Solid oak side");
  });

  it("cuts one long word where it must", () => expect(shortened("a".repeat(30), 10)).toBe("a".repeat(10)));

  it.each([
    ["an emoji of two halves", "aaaaaaaaa🍐🍐", 10, "aaaaaaaaa"],
    ["a family", "Family: 👨‍👩‍👧‍👦", 12, "Family"],
    ["a flag", "aaaaaaa🇺🇸", 9, "aaaaaaa"],
    ["an accent of its own", `caf${"e\u0301"}`, 4, "caf"],
    ["a skin tone", "aaaa👍🏽", 6, "aaaa"],
  ])("never cuts through %s", (_what, text, max, short) => expect(shortened(text, max)).toBe(short));

  it("makes room for line ends that count twice", () => {
    const lines = Array.from({ length: 20 }, () => "ten chars.").join("\n");
    const short = shortened(lines, 100);
    expect(countedLength(short)).toBeLessThanOrEqual(100);
    expect(lines.startsWith(short)).toBe(true);
    expect(short.length).toBeGreaterThan(80);
  });
});
