import { expect, it } from "vitest";
import { difference } from "./difference.ts";

const WANTED = "Brass lamp 😀 as new";

it("a site that cuts through an emoji is said to cut it off at that emoji", () => {
  for (const units of [11, 12]) {
    const detail = difference(WANTED.slice(0, units), WANTED);
    expect(detail).toBe("the site cuts it off at 😀");
  }
});

it("one that counts its characters is said to keep so many", () => {
  expect(difference(WANTED.slice(0, 5), WANTED)).toBe("the site keeps 5 of its 20 characters");
});
