import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { lengthPrefixed, type Encodable } from "./length-prefix.ts";
import { pad, SIZE_CLASSES, unpad } from "./padding.ts";

describe("pad and unpad", () => {
  it("when content fits: comes back, in the smallest size that holds it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), (content) => {
        const padded = pad(content);
        expect(padded.length).toBe(content.length + 4 <= SIZE_CLASSES[0] ? SIZE_CLASSES[0] : SIZE_CLASSES[1]);
        expect(unpad(padded)).toEqual(Uint8Array.from(content));
      }),
    );
  });

  it.each([
    ["exactly full", SIZE_CLASSES[0] - 4, SIZE_CLASSES[0]],
    ["one over", SIZE_CLASSES[0] - 3, SIZE_CLASSES[1]],
    ["the largest", SIZE_CLASSES[2] - 4, SIZE_CLASSES[2]],
  ])("when content is %s", (_name, length, size) => {
    expect(pad(new Uint8Array(length)).length).toBe(size);
  });

  it("when the length lies, zeros are not zeros, or the size is none of ours: null", () => {
    const padded = pad(new Uint8Array([1, 2, 3]));
    const long = padded.slice();
    long.set([0xff, 0xff, 0xff, 0xff]);
    const dirty = padded.slice();
    dirty[dirty.length - 1] = 1;
    expect([unpad(long), unpad(dirty), unpad(padded.slice(1))]).toEqual([null, null, null]);
  });
});

describe("lengthPrefixed", () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 99 }),
    fc.string({ unit: "grapheme", maxLength: 3 }),
    fc.uint8Array({ maxLength: 2 }),
  ) as fc.Arbitrary<Encodable>;
  const key = (list: readonly Encodable[]) =>
    JSON.stringify(list.map((entry) => (entry instanceof Uint8Array ? { bytes: [...entry] } : entry)));

  it("when two lists differ: so do their bytes", () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), fc.array(value, { maxLength: 4 }), (a, b) => {
        expect(toBase64Url(lengthPrefixed(a)) === toBase64Url(lengthPrefixed(b))).toBe(key(a) === key(b));
      }),
      { numRuns: 2000 },
    );
  });

  it("when values look alike but are not: so do their bytes", () => {
    const alike: Encodable[][] = [
      [],
      [null],
      [""],
      ["", ""],
      [0],
      ["0"],
      ["1", "2"],
      ["12"],
      ["12", ""],
      [12],
      [new Uint8Array([49, 50])],
    ];
    expect(new Set(alike.map((list) => toBase64Url(lengthPrefixed(list)))).size).toBe(alike.length);
  });

  it("when a text imitates the border between two values: the bytes still differ", () => {
    const border = "\u0001\0\0\0\0";
    const left = lengthPrefixed([`a${border}b`, "c"]);
    const right = lengthPrefixed(["a", `b${border}c`]);
    expect(left.length).toBe(right.length);
    expect(toBase64Url(left)).not.toBe(toBase64Url(right));
  });

  it("when a text has a lone surrogate, or a number is no safe integer: throws", () => {
    expect(() => lengthPrefixed(["\ud800"])).toThrow(TypeError);
    expect(() => lengthPrefixed([0.5])).toThrow(TypeError);
    expect(() => lengthPrefixed([2 ** 60])).toThrow(TypeError);
  });
});

describe("base64url", () => {
  it("when bytes are written and read: the same, as Node writes them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it("when any short text is decoded: only what the encoder writes is accepted", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ABCghQwxyz019-_"), maxLength: 7 }), (text) => {
        const bytes = fromBase64Url(text);
        const canonical = Buffer.from(text, "base64url").toString("base64url") === text;
        expect(bytes !== null).toBe(canonical);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["=", "AA==", "A", "AB", "+/AA", "AA AA", "ÄÄÄÄ"])("when the text is %j: null", (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});
