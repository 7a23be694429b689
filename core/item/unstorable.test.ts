import { expect, it } from "vitest";
import { firstUnstorable, storable } from "./unstorable.ts";

const HALF = "Brass lamp \ud83d";

it("what a page said is kept as far as it can be kept, wherever it stands", () => {
  const said = { title: HALF, rows: [{ [HALF]: "a\0b", price: 45 }], when: null, at: new Date(0) };
  expect(firstUnstorable(said)).not.toBe(null);
  expect(storable(said)).toEqual({
    title: "Brass lamp \ufffd",
    rows: [{ "Brass lamp \ufffd": "a\ufffdb", price: 45 }],
    when: null,
    at: new Date(0),
  });
  expect(firstUnstorable(storable(said))).toBe(null);
});

it("whole emojis stay as they are", () => {
  expect(storable("Lamp 😀 👩‍👩‍👧")).toBe("Lamp 😀 👩‍👩‍👧");
});
