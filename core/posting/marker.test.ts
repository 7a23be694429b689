/** What sites make of a title and a price, and what of it is still the listing that was meant. */
import { describe, expect, it } from "vitest";
import { amountsIn, areTwins, fits, likenessOf, twinKeyOf } from "./marker.ts";

const lamp = { title: "Brass lamp, 1960s – “works”", priceText: "$45" };
const row = (title: string, priceText = "$45") => ({ title, priceText });

describe("amounts", () => {
  it("are read as sites print them", () => {
    expect(amountsIn("$1,234.50")).toEqual([123450]);
    expect(amountsIn("$60 $45")).toEqual([6000, 4500]);
    expect(amountsIn("Free")).toEqual([0]);
    expect(amountsIn("")).toEqual([]);
  });
});

describe("a row", () => {
  it.each([
    ["other quotes and dashes", 'Brass lamp, 1960s - "works"'],
    ["entities as they were stored", "Brass lamp, 1960s &ndash; &quot;works&quot;"],
    ["other spacing and case", "  BRASS  lamp 1960S works"],
    ["no sign at all", "Brass lamp 1960s works"],
    ["accents put on or taken away", "Bráss lamp, 1960s works"],
  ])("is known under a title with %s", (_, title) => expect(likenessOf(lamp, row(title))).toBe("same"));

  it("is known when its site cut the title, where enough is left to tell", () => {
    expect(likenessOf(lamp, row("Brass lamp, 19…"))).toBe("cut");
    expect(likenessOf(lamp, row("Bra…"))).toBe("none");
    expect(likenessOf(lamp, row("Brass…", ""))).toBe("none");
  });

  it("is another one at another price, and is taken at its title where none is shown", () => {
    expect(fits(lamp, row(lamp.title, "$4"))).toBe(false);
    expect(fits(lamp, row(lamp.title, "Was $60, now $45"))).toBe(true);
    expect(fits(lamp, row(lamp.title, ""))).toBe(true);
  });

  it("with more in its title than was meant is another one", () =>
    expect(fits(lamp, row("Brass lamp, 1960s, works, pair"))).toBe(false));

  it("is not recognised by signs alone", () =>
    expect(fits({ title: "★★★", priceText: "$45" }, row("★★★"))).toBe(false));
});

describe("twins", () => {
  const key = (title: string, priceText: string) => twinKeyOf({ title, priceText });

  it("are two whose rows could be taken for each other", () => {
    expect(areTwins(key("Brass lamp", "$45"), key("brass lamp!", "$45.00"))).toBe(true);
    expect(areTwins(key("Brass lamp, 1960s", "$45"), key("Brass lamp", "$45"))).toBe(true);
  });

  it("are not two at different prices", () =>
    expect(areTwins(key("Brass lamp", "$45"), key("Brass lamp", "$44"))).toBe(false));
});
