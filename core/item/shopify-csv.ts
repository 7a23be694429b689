/**
 * Shopify's product CSV -> items. Pure: rows come in already split into cells, so that any CSV reader serves.
 *
 * A product is all rows of one Handle: the first carries what the product is, every row with a price is a variant, every
 * row with an Image Src a picture. A product of several variants becomes one item each, named by its options.
 * A product becomes whole items or problems, never part of one.
 */
import { CATEGORIES, CATEGORY_IDS, type CategoryId } from "./categories.ts";
import { conditionIn } from "./condition-words.ts";
import { htmlText } from "./html-text.ts";
import { COLORS, itemFieldsSchema, type Color, type ItemFields, type Money } from "./item.ts";
import { minorDigits } from "./money.ts";
import { minorUnits } from "./read-amount.ts";
import { standingOf, stockOf, type CsvRow, type Stock } from "./shopify-standing.ts";

export type { CsvRow };
/** `line` is the row in the file as a spreadsheet counts it: the heading is 1. */
export type ShopifyProduct = { handle: string; rows: { line: number; cells: CsvRow }[] };
export type ImportedItem = {
  line: number;
  fields: ItemFields;
  photos: { name: string; alt: string }[];
  stock: Stock["kind"];
};
export type ImportProblem = { line: number; title: string; message: string };
export type ImportedProduct = { items: ImportedItem[]; problems: ImportProblem[]; notes: ImportProblem[] };

const COLOR_WORDS: Record<string, Color> = {
  grey: "gray",
  multi: "multicolor",
  multicolour: "multicolor",
  "multi-color": "multicolor",
  navy: "blue",
  tan: "beige",
  cream: "beige",
  transparent: "clear",
  burgundy: "red",
};

const cell = (cells: CsvRow, name: string): string => (cells[name] ?? "").trim();
/** Metafield columns carry their key in the heading: "Color (product.metafields.shopify.color-pattern)". */
const metafield = (cells: CsvRow, name: string): string => {
  const heading = Object.keys(cells).find((h) =>
    h.toLowerCase().startsWith(`${name.toLowerCase()} (product.metafields.`),
  );
  return heading ? cell(cells, heading) : "";
};

/** What is wrong with these headings, in a sentence, or null when this is a Shopify product export. */
export const shopifyHeadingsProblem = (headings: readonly string[]): string | null => {
  const missing = ["Handle", "Title", "Variant Price"].filter((needed) => !headings.includes(needed));
  if (missing.length === 0) return null;
  return `This is not a product CSV of Shopify: it has no column ${missing.map((m) => `"${m}"`).join(", ")}. In Shopify's admin open Products, Export, and choose "Plain CSV file".`;
};

/** Rows by Handle, in the file's order. Rows without a Handle are problems. */
export const shopifyProducts = (
  rows: readonly CsvRow[],
): { products: ShopifyProduct[]; problems: ImportProblem[] } => {
  const products = new Map<string, ShopifyProduct>();
  const problems: ImportProblem[] = [];
  rows.forEach((cells, index) => {
    const line = index + 2;
    const handle = cell(cells, "Handle");
    if (handle === "") {
      const message =
        'The column "Handle" is empty, so Hawker cannot tell which product this row belongs to.';
      if (Object.values(cells).some((v) => v?.trim()))
        problems.push({ line, title: cell(cells, "Title"), message });
      return;
    }
    const product = products.get(handle) ?? { handle, rows: [] };
    product.rows.push({ line, cells });
    products.set(handle, product);
  });
  return { products: [...products.values()], problems };
};

const moneyOf = (typed: string, currency: string): Money | null => {
  const [, whole = "", decimals = ""] =
    /^(\d+)(?:\.(\d+))?$/.exec(typed.replace(/,(?=\d{3}(\D|$))/g, "")) ?? [];
  const amountMinor = whole === "" ? null : minorUnits(whole, decimals, minorDigits(currency));
  return amountMinor === null ? null : { amountMinor, currency };
};

const categoryOf = (path: string, type: string): CategoryId | null => {
  const parts = (text: string) =>
    text
      .toLowerCase()
      .split(">")
      .map((p) => p.trim())
      .filter(Boolean);
  const wanted = parts(path).join(" > ");
  const exact = CATEGORY_IDS.find((id) => CATEGORIES[id].join(" > ").toLowerCase() === wanted);
  if (exact) return exact;
  const ends = [parts(path).at(-1), type.toLowerCase().trim()].filter(Boolean);
  // A last name that two branches share (men's and women's shoes) says too little to choose by.
  const byEnd = CATEGORY_IDS.filter((id) => ends.includes(CATEGORIES[id].at(-1)?.toLowerCase()));
  return byEnd.length === 1 ? (byEnd[0] ?? null) : null;
};

const colorsOf = (text: string): { colors: Color[]; unknown: string[] } => {
  const words = text
    .toLowerCase()
    .split(/[,;/]/)
    .map((w) => w.trim())
    .filter(Boolean);
  const known = words.map((w) => COLOR_WORDS[w] ?? COLORS.find((c) => c === w));
  return {
    colors: [...new Set(known.flatMap((c) => c ?? []))].slice(0, 3),
    unknown: words.filter((_, i) => !known[i]),
  };
};

const optionsOf = (head: CsvRow, own: CsvRow): { name: string; value: string }[] =>
  [1, 2, 3].flatMap((n) => {
    const value = cell(own, `Option${n} Value`);
    return value && value !== "Default Title"
      ? [{ name: cell(head, `Option${n} Name`).toLowerCase(), value }]
      : [];
  });

const wholeNumber = (typed: string): number | null =>
  /^-?\d+(\.\d+)?$/.test(typed) ? Math.round(Number(typed)) : null;

const photosOf = (product: ShopifyProduct, own: CsvRow) => {
  const named = product.rows.flatMap(({ cells }, i) => {
    const name = cell(cells, "Image Src");
    return name
      ? [
          {
            name,
            alt: cell(cells, "Image Alt Text"),
            position: Number(cell(cells, "Image Position")) || i + 1,
          },
        ]
      : [];
  });
  named.sort((a, b) => a.position - b.position);
  const first = cell(own, "Variant Image");
  const photos = named.map(({ name, alt }) => ({ name, alt }));
  return (first ? [{ name: first, alt: "" }, ...photos.filter((p) => p.name !== first)] : photos).slice(
    0,
    24,
  );
};

/** One product's items, or why there are none. `currency`: the file does not say it; it is the shop's. */
export const itemsFromShopify = (product: ShopifyProduct, currency = "USD"): ImportedProduct => {
  const head = (product.rows.find(({ cells }) => cell(cells, "Title")) ?? product.rows[0])!;
  const title = cell(head.cells, "Title");
  const problems: ImportProblem[] = [];
  const notes: ImportProblem[] = [];
  const note = (line: number, message: string) => notes.push({ line, title, message });
  if (title === "")
    return {
      items: [],
      notes,
      problems: [
        {
          line: head.line,
          title: product.handle,
          message: 'The column "Title" is empty. Give the product a title.',
        },
      ],
    };

  const standing = standingOf(head.cells);
  if (standing.kind !== "for-sale") note(head.line, standing.note);
  if (standing.kind === "left-out") return { items: [], problems, notes };
  const variants = product.rows.filter(
    ({ cells }) => cell(cells, "Variant Price") !== "" || cell(cells, "Variant SKU") !== "",
  );
  const category = categoryOf(cell(head.cells, "Product Category"), cell(head.cells, "Type"));
  const saidCondition = metafield(head.cells, "Condition") || cell(head.cells, "Google Shopping / Condition");
  const condition = conditionIn(saidCondition);
  const postalCode = metafield(head.cells, "Postal code");
  const named = cell(head.cells, "Product Category") || cell(head.cells, "Type");
  if (!category && named)
    note(head.line, `Category "${named}" is not one Hawker knows; choose one in the editor.`);

  if (!condition && saidCondition)
    note(head.line, `Condition "${saidCondition}" is not one Hawker knows; choose one in the editor.`);

  const items: ImportedItem[] = [];
  for (const { line, cells } of variants.length > 0 ? variants : [head]) {
    const options = optionsOf(head.cells, cells);
    const option = (name: RegExp) => options.find((o) => name.test(o.name))?.value ?? "";
    const typed = cell(cells, "Variant Price");
    const price = moneyOf(typed, currency);
    if (!price) {
      const message =
        typed === ""
          ? 'The column "Variant Price" is empty. Set a price.'
          : `"${typed}" in the column "Variant Price" is not a price. Write it like 24.99.`;
      problems.push({ line, title, message });
      continue;
    }
    const { colors, unknown } = colorsOf(option(/^colou?r$/) || metafield(head.cells, "Color"));
    if (unknown.length > 0)
      note(line, `Colour "${unknown.join(", ")}" is not one Hawker knows; choose one in the editor.`);
    const grams = wholeNumber(cell(cells, "Variant Grams"));
    const stock = stockOf(cells);
    const parsed = itemFieldsSchema.safeParse({
      title:
        variants.length > 1 && options.length > 0
          ? `${title}, ${options.map((o) => o.value).join(", ")}`
          : title,
      description: htmlText(cell(head.cells, "Body (HTML)")),
      price,
      quantity: stock.quantity,
      condition,
      category,
      brand: cell(head.cells, "Vendor"),
      size: option(/^size$/) || metafield(head.cells, "Size"),
      colors,
      material: metafield(head.cells, "Material") || metafield(head.cells, "Fabric"),
      tags: [
        ...new Set(
          cell(head.cells, "Tags")
            .split(",")
            .map((t) => t.trim())
            .filter(Boolean),
        ),
      ],
      sku: cell(cells, "Variant SKU").replace(/^'/, ""),
      weightGrams: grams && grams > 0 ? grams : null,
      cost: moneyOf(cell(cells, "Cost per item"), currency),
      location: postalCode ? { postalCode } : null,
      labels: standing.kind === "labelled" ? [standing.label] : [],
    });
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        problems.push({ line, title, message: `${path.join(" ")}: ${message}` });
      continue;
    }
    items.push({ line, fields: parsed.data, photos: photosOf(product, cells), stock: stock.kind });
  }
  // A product with one variant wrong is left out whole, so that a second try does not double the others.
  return problems.length > 0 ? { items: [], problems, notes: [] } : { items, problems, notes };
};
