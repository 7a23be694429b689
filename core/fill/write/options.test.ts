import { describe, expect, it } from "vitest";
import { pickOffered, showsOption } from "./options.ts";

const offer = (...texts: string[]) => texts.map((text, option) => ({ text, option }));
const picked = (wanted: string, ...texts: string[]) => pickOffered([wanted], offer(...texts))?.text ?? null;

describe("pickOffered", () => {
  it("does not take an option for another that says more in brackets", () => {
    expect(picked("New", "New with tags", "New (other)", "Pre-owned")).toBeNull();
    expect(picked("New", "New (other): see details")).toBeNull();
    expect(picked("Good", "Good (for parts)")).toBeNull();
    expect(picked("Camry", "Camry (2015)")).toBeNull();
    expect(picked("8", "8 (Wide)")).toBeNull();
    expect(picked("Men", "Men (Big & Tall)")).toBeNull();
  });

  it("reads past the site's own advice, and past a measure", () => {
    expect(picked("Yes", "No", "Yes (Recommended)")).toBe("Yes (Recommended)");
    expect(picked("Yes (Recommended)", "No", "Yes")).toBe("Yes");
    expect(picked("M", "S (34-36)", "M (38–40)", "L (42-44)")).toBe("M (38–40)");
    expect(picked("9", "9 (EU 42.5)")).toBe("9 (EU 42.5)");
    expect(picked("32", "32 (81 cm)")).toBe("32 (81 cm)");
  });

  it("takes a state that a colon explains, where that is what is wanted", () => {
    expect(picked("New: never used", "New: never used", "Used")).toBe("New: never used");
  });

  it("chooses between no two", () => expect(picked("M", "M (38-40)", "M (40-42)")).toBeNull());

  it("keeps leading zeros", () => expect(picked("8", "08", "80")).toBeNull());
});

describe("showsOption", () => {
  it("takes no option shown for another one", () => {
    expect(showsOption(["New (other)"], ["New"])).toBe(false);
    expect(showsOption(["Yes"], ["Yes (Recommended)"])).toBe(true);
    expect(showsOption([""], [""])).toBe(false);
  });
});
