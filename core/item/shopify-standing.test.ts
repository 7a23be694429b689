import { describe, expect, it } from "vitest";
import { itemsFromShopify, shopifyProducts, type CsvRow } from "./shopify-csv.ts";

const read = (...rows: CsvRow[]) => {
  const [product] = shopifyProducts(rows.map((row) => ({ Handle: "a", ...row }))).products;
  return itemsFromShopify(product!);
};
const jacket = { Title: "Jacket", "Variant Price": "20.00" };
const tracked = { "Variant Inventory Tracker": "shopify", "Variant Inventory Policy": "deny" };
const stockOf = (cells: CsvRow) => {
  const [item] = read({ ...jacket, ...cells }).items;
  return [item?.fields.quantity, item?.stock];
};

describe("how many there are", () => {
  it.each([
    [{ ...tracked, "Variant Inventory Qty": "3" }, [3, "counted"]],
    [{ ...tracked, "Variant Inventory Qty": "0" }, [0, "sold-out"]],
    [{ ...tracked, "Variant Inventory Qty": "-3" }, [0, "sold-out"]],
    [{ "Variant Inventory Qty": "0" }, [0, "sold-out"]], // an export without the tracker's column
    // Not counted by Shopify: always for sale, whatever number stands there.
    [{ "Variant Inventory Tracker": "", "Variant Inventory Qty": "0" }, [1, "uncounted"]],
    [{ "Variant Inventory Tracker": "", "Variant Inventory Qty": "" }, [1, "uncounted"]],
    [{ "Variant Inventory Tracker": "", "Variant Inventory Qty": "4" }, [4, "uncounted"]],
    // Sold on when none is left.
    [{ ...tracked, "Variant Inventory Policy": "continue", "Variant Inventory Qty": "-2" }, [1, "uncounted"]],
    [{ ...tracked, "Variant Inventory Policy": "continue", "Variant Inventory Qty": "2" }, [2, "counted"]],
    // A shop with several locations.
    [{ ...tracked, "Variant Inventory Qty": "" }, [1, "unknown"]],
    [{}, [1, "unknown"]],
    [{ ...tracked, "Variant Inventory Qty": "9999999" }, [100_000, "counted"]],
  ])("when the columns say %j: %j", (cells, expected) => {
    expect(stockOf(cells)).toEqual(expected);
  });
});

describe("what the shop itself does not offer", () => {
  const noteOf = (cells: CsvRow) => read({ ...jacket, ...cells }).notes.map(({ message }) => message);

  it.each([
    [{ "Gift Card": "true" }, "gift card"],
    [{ "Gift Card": "TRUE" }, "gift card"],
    [{ Status: "archived" }, "archived"],
  ])("when it is %j: left out, with a note", (cells, word) => {
    expect(read({ ...jacket, ...cells })).toMatchObject({ items: [], problems: [] });
    expect(noteOf(cells)).toEqual([expect.stringContaining(word)]);
  });

  it.each([
    [{ Status: "draft", Published: "false" }, "Shopify draft"],
    [{ Status: "active", Published: "FALSE" }, "Not in the shop"],
  ])("when it is %j: brought in with a label, and a note", (cells, label) => {
    expect(read({ ...jacket, ...cells }).items[0]?.fields.labels).toEqual([label]);
    expect(noteOf(cells)).toEqual([expect.stringContaining(`"${label}"`)]);
  });

  it("when it is active and published, or the file does not say: nothing to note", () => {
    for (const cells of [{ Status: "active", Published: "true", "Gift Card": "false" }, {}]) {
      expect(read({ ...jacket, ...cells }).items[0]?.fields.labels).toEqual([]);
      expect(noteOf(cells)).toEqual([]);
    }
  });
});
