import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { sampleCsv } from "#scripts/sample/inventory.ts";
import { SAMPLE_ITEMS } from "#scripts/sample/items.ts";
import { itemsFromShopify, shopifyHeadingsProblem, shopifyProducts, type CsvRow } from "./shopify-csv.ts";

const product = (...rows: CsvRow[]) => shopifyProducts(rows.map((r) => ({ Handle: "a", ...r }))).products[0]!;

describe("shopify csv", () => {
  it("reads every item of the sample inventory, whole", () => {
    const { data } = Papa.parse<CsvRow>(sampleCsv(), { header: true, skipEmptyLines: true });
    const { products, problems } = shopifyProducts(data);
    const read = products.map((p) => itemsFromShopify(p));
    expect(problems).toEqual([]);
    expect(read.flatMap((r) => [...r.problems, ...r.notes])).toEqual([]);
    const items = read.flatMap((r) => r.items);
    expect(items.map((i) => i.fields.title)).toEqual(SAMPLE_ITEMS.map((s) => s.title));
    expect(items.map((i) => i.photos.length)).toEqual(SAMPLE_ITEMS.map((s) => s.photos.length));
    for (const { fields } of items)
      expect([fields.category, fields.condition, fields.location]).not.toContain(null);
    expect(items[0]!.fields).toMatchObject({
      price: { amountMinor: 4800, currency: "USD" },
      size: "M",
      colors: ["blue"],
      material: "Cotton",
      condition: "like_new",
      weightGrams: 820,
      cost: { amountMinor: 1200 },
    });
    expect(items[9]!.fields.description).toBe(
      "New tote, heavy canvas, printed by hand. Ships folded & flat.",
    );
  });

  it("makes an item of each variant, named by its options", () => {
    const { items } = itemsFromShopify(
      product(
        { Title: "Tee", "Option1 Name": "Size", "Option1 Value": "S", "Variant Price": "5" },
        { "Option1 Value": "L", "Variant Price": "6.50" },
      ),
    );
    expect(items.map((i) => [i.fields.title, i.fields.size, i.fields.price.amountMinor])).toEqual([
      ["Tee, S", "S", 500],
      ["Tee, L", "L", 650],
    ]);
  });

  it("leaves a product out whole when one variant has no price, and says which row", () => {
    const read = itemsFromShopify(
      product(
        { Title: "Tee", "Variant SKU": "1", "Variant Price": "5" },
        { "Variant SKU": "2", "Variant Price": "cheap" },
      ),
    );
    expect(read.items).toEqual([]);
    expect(read.problems).toEqual([
      {
        line: 3,
        title: "Tee",
        message: '"cheap" in the column "Variant Price" is not a price. Write it like 24.99.',
      },
    ]);
  });

  it("does not choose between categories that share a last name", () => {
    const read = itemsFromShopify(product({ Title: "Shoes", Type: "Shoes", "Variant Price": "5" }));
    expect(read.items[0]!.fields.category).toBeNull();
    expect(read.notes[0]!.message).toContain('"Shoes"');
  });

  it("takes no condition for another one that has its word in it", () => {
    const of = (said: string) =>
      itemsFromShopify(product({ Title: "Lamp", "Variant Price": "5", "Google Shopping / Condition": said }));
    expect(of("refurbished").items[0]!.fields.condition).toBeNull();
    expect(of("Not new").notes[0]!.message).toBe(
      'Condition "Not new" is not one Hawker knows; choose one in the editor.',
    );
    expect(of("new")).toMatchObject({ notes: [], items: [{ fields: { condition: "new" } }] });
  });

  it("says what the file is not when headings are missing", () => {
    expect(shopifyHeadingsProblem(["Name", "Price"])).toContain('"Handle"');
    expect(shopifyHeadingsProblem(["Handle", "Title", "Variant Price"])).toBeNull();
  });
});
