import { expect, it } from "vitest";
import { searchFor } from "./leaks.ts";

const values = Array.from({ length: 300 }, (_, n) => `value-${n * 7919}-é/${n}=secret`);
const search = searchFor(new Map(values.map((value, n) => [value, `cookie ${n}`])));
const hidden = (text: string) => Buffer.concat([Buffer.alloc(5000, 0), Buffer.from(`x${text}`)]);
const inBase64 = (value: string) => Buffer.from(value).toString("base64");

it("finds a value as it is, escaped for an address, and in base64, at the very end too", () => {
  for (const [n, value] of values.entries())
    for (const text of [value, encodeURIComponent(value), inBase64(value)])
      expect(search(hidden(text), "there")).toContainEqual({ where: "there", cookie: `cookie ${n}` });
});

it("finds nothing in what only begins like a value, and in nothing", () => {
  expect(search("value-7919-é/1=secre", "there")).toEqual([]);
  expect(search("", "there")).toEqual([]);
});
