import { describe, expect, it } from "vitest";
import { itemFieldsSchema, photoSchema } from "./item.ts";

const lamp = { title: "Brass lamp", price: { amountMinor: 20_00, currency: "USD" } };
const place = (bad: string): [string, object][] => [
  ["title", { title: bad }],
  ["description", { description: bad }],
  ["tags", { tags: [bad] }],
  ["labels", { labels: [bad] }],
  ["location", { location: { postalCode: "94110", city: bad } }],
  ["overrides", { overrides: { mercari: { title: bad } } }],
  ["overrides", { overrides: { mercari: { location: { city: [bad] } } } }],
  ["overrides", { overrides: { [bad]: { title: "x" } } }],
];

describe("a character that no database keeps", () => {
  it.each([...place("a\0b"), ...place("half a pair \ud83d")])(
    "when it is in %s (%j): refused in words, before it waits in the outbox for ever",
    (field, change) => {
      const parsed = itemFieldsSchema.safeParse({ ...lamp, ...change });
      expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
        [field, "There is a character in it that cannot be stored. Take it out."],
      ]);
    },
  );

  it("when it is in a photo's description: refused too", () => {
    const photo = {
      id: crypto.randomUUID(),
      width: 1,
      height: 1,
      mime: "image/jpeg",
      bytes: 1,
      sha256: "a".repeat(64),
    };
    expect(photoSchema.safeParse(photo).success).toBe(true);
    expect(photoSchema.safeParse({ ...photo, alt: "a\0b" }).success).toBe(false);
  });

  it("when a text only looks odd: kept as it is", () => {
    for (const title of ["🍐 pear", "é", "a\u200bb", "\ufffd", "line\u2028end"])
      expect(itemFieldsSchema.parse({ ...lamp, title }).title).toBe(title);
    expect(itemFieldsSchema.safeParse({ ...lamp, overrides: { mercari: { location: null } } }).success).toBe(
      true,
    );
  });
});
