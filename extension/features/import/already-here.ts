/**
 * Which rows of a file are in the inventory already: the same file again, or one that was stopped half-way. Told by SKU where
 * the file gives each its own, else by title and options; as often as the inventory has it, since a seller may have several
 * of one thing.
 */
import type { Item, ItemFields } from "#core/item/item.ts";

type Told = Pick<ItemFields, "title"> & Partial<Pick<ItemFields, "sku" | "size" | "colors">>;

const plain = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

const byWords = ({ title, sku = "", size = "", colors = [] }: Told): string =>
  JSON.stringify([plain(title), plain(sku), plain(size), colors.map(plain)]);

const countOf = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

const skusOnlyOnce = (all: readonly Told[]): ReadonlySet<string> => {
  const skus = all.flatMap(({ sku }) => (sku ? [plain(sku)] : []));
  return new Set([...countOf(skus)].filter(([, n]) => n === 1).map(([sku]) => sku));
};

/** @returns those of the rows which the inventory has. */
export function alreadyHere<Row extends { fields: Told }>(
  rows: readonly Row[],
  inventory: readonly Pick<Item, "title" | "sku" | "size" | "colors" | "deletedAt">[],
): ReadonlySet<Row> {
  const kept = inventory.filter(({ deletedAt }) => deletedAt === null);
  const left = countOf(kept.map(byWords));
  const ownSkus = skusOnlyOnce(rows.map(({ fields }) => fields));
  const skusHere = skusOnlyOnce(kept);
  const here = new Set<Row>();
  for (const row of rows) {
    const key = byWords(row.fields);
    const same = left.get(key) ?? 0;
    const sku = plain(row.fields.sku ?? "");
    // A title that was edited since is the same thing still, where its number is its own on both sides.
    if (same === 0 && !(ownSkus.has(sku) && skusHere.has(sku))) continue;
    left.set(key, Math.max(0, same - 1));
    here.add(row);
  }
  return here;
}
