import { describe, expect, it } from "vitest";
import { alreadyHere } from "./already-here.ts";

type Fields = { title: string; sku?: string; size?: string };
const row = (fields: Fields) => ({ fields });
const kept = (fields: Fields, deletedAt: string | null = null) => ({
  sku: "",
  size: "",
  colors: [],
  ...fields,
  deletedAt,
});

describe("what a file brings that the inventory has", () => {
  it("the same file again brings nothing new", () => {
    const fields = [{ title: "Lamp", sku: "L-1" }, { title: "Vase" }, { title: "Shirt", size: "M" }];
    const rows = fields.map(row);
    expect([
      ...alreadyHere(
        rows,
        fields.map((one) => kept(one)),
      ),
    ]).toEqual(rows);
  });

  it("an import that was stopped goes on with the rest", () => {
    const rows = [row({ title: "Lamp" }), row({ title: "Vase" })];
    expect([...alreadyHere(rows, [kept({ title: "Lamp" })])]).toEqual([rows[0]]);
  });

  it("a title edited since is the same item by its SKU", () => {
    const rows = [row({ title: "Lamp", sku: "L-1" })];
    expect(alreadyHere(rows, [kept({ title: "Brass lamp, works", sku: "l-1 " })]).size).toBe(1);
  });

  it("a SKU that several share says nothing by itself", () => {
    const rows = [row({ title: "Red shirt", sku: "SHIRT" }), row({ title: "Blue shirt", sku: "SHIRT" })];
    expect(alreadyHere(rows, [kept({ title: "Old shirt", sku: "SHIRT" })]).size).toBe(0);
  });

  it("of several of one thing as many are there as are there", () => {
    const rows = [row({ title: "Lamp" }), row({ title: "Lamp" }), row({ title: "Lamp" })];
    expect(alreadyHere(rows, [kept({ title: "lamp " }), kept({ title: "Lamp" })]).size).toBe(2);
  });

  it("sizes of one thing are different items", () => {
    const rows = [row({ title: "Shirt", size: "M" }), row({ title: "Shirt", size: "L" })];
    expect([...alreadyHere(rows, [kept({ title: "Shirt", size: "L" })])]).toEqual([rows[1]]);
  });

  it("what was deleted can be imported again", () => {
    expect(
      alreadyHere([row({ title: "Lamp" })], [kept({ title: "Lamp" }, "2026-01-01T00:00:00.000Z")]).size,
    ).toBe(0);
  });
});
