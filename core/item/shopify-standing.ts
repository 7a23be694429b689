/** Whether and how many of a Shopify product there are to sell: its export says so in several columns. */

/** One row by its headings. */
export type CsvRow = Record<string, string | undefined>;

const MAX_QUANTITY = 100_000;
const cell = (cells: CsvRow, name: string): string => (cells[name] ?? "").trim().toLowerCase();

export type Stock = {
  quantity: number;
  /**
   * `counted`: as the file says. `sold-out`: none is left. `uncounted`: Shopify does not count it, or sells it without stock,
   * so it is always for sale. `unknown`: the file does not say, as in the export of a shop with several locations.
   */
  kind: "counted" | "sold-out" | "uncounted" | "unknown";
};

/** How many of a variant. What is for sale without a number counts as one. */
export const stockOf = (cells: CsvRow): Stock => {
  const typed = cell(cells, "Variant Inventory Qty");
  const counted = /^-?\d+(\.\d+)?$/.test(typed) ? Math.round(Number(typed)) : null;
  const isTracked =
    cells["Variant Inventory Tracker"] === undefined || cell(cells, "Variant Inventory Tracker") !== "";
  const sellsOn = cell(cells, "Variant Inventory Policy") === "continue";
  if (!isTracked || (sellsOn && counted !== null && counted <= 0))
    return { quantity: Math.min(MAX_QUANTITY, Math.max(1, counted ?? 1)), kind: "uncounted" };
  if (counted === null) return { quantity: 1, kind: "unknown" };
  if (counted <= 0) return { quantity: 0, kind: "sold-out" };
  return { quantity: Math.min(MAX_QUANTITY, counted), kind: "counted" };
};

/** What the shop itself does not offer: left out, or brought in with a label, so that nobody posts it unawares. */
export type Standing =
  | { kind: "for-sale" }
  | { kind: "left-out"; note: string }
  | { kind: "labelled"; label: string; note: string };

const labelled = (label: string, what: string): Standing => ({
  kind: "labelled",
  label,
  note: `${what} It is brought in with the label "${label}".`,
});

/** @param head the row that says what the product is. */
export const standingOf = (head: CsvRow): Standing => {
  if (cell(head, "Gift Card") === "true")
    return { kind: "left-out", note: "A gift card is not sold on marketplaces: it is left out." };
  const status = cell(head, "Status");
  if (status === "archived")
    return {
      kind: "left-out",
      note: "It is archived in Shopify: it is left out. Unarchive it there to bring it in.",
    };
  if (status === "draft") return labelled("Shopify draft", "It is a draft in Shopify.");
  if (cell(head, "Published") === "false")
    return labelled("Not in the shop", "It is not published in the shop.");
  return { kind: "for-sale" };
};
