import Papa from "papaparse";
import {
  itemsFromShopify,
  shopifyHeadingsProblem,
  shopifyProducts,
  type CsvRow,
  type ImportedItem,
  type ImportProblem,
} from "#core/item/shopify-csv.ts";
import { database } from "#extension/store/database.ts";
import { alreadyHere } from "./already-here.ts";

export type ReadImport = {
  rows: ImportedItem[];
  problems: ImportProblem[];
  notes: ImportProblem[];
  /** Those of the rows that the inventory has already. */
  here: ReadonlySet<ImportedItem>;
};

const BATCH = 400;
const breathe = () => new Promise<void>((resume) => setTimeout(resume, 0));

/** Reads a product CSV of any length without freezing the page. @throws Error when it is not one. */
export const readShopify = async (file: File): Promise<ReadImport> => {
  const { data, meta } = Papa.parse<CsvRow>((await file.text()).replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
  });
  const wrong = shopifyHeadingsProblem(meta.fields ?? []);
  if (wrong) throw new Error(wrong);
  const { products, problems } = shopifyProducts(data);
  const read: Omit<ReadImport, "here"> = { rows: [], problems, notes: [] };
  for (const [i, product] of products.entries()) {
    const { items, problems: bad, notes } = itemsFromShopify(product);
    read.rows.push(...items);
    read.problems.push(...bad);
    read.notes.push(...notes);
    if (i % BATCH === BATCH - 1) await breathe();
  }
  return { ...read, here: alreadyHere(read.rows, await database.items.toArray()) };
};
