/** Whether a row of the account's own list is the listing a target made, by the marker written down before it. */
import { z } from "zod";
import type { Marker } from "#core/marketplace/index.ts";
import type { ListingRow } from "#core/plan/index.ts";

/** As kept in `job_targets.marker`: how the listing looks, and which look-alikes were there before anything was submitted. */
const storedMarkerSchema = z.object({
  title: z.string(),
  priceText: z.string(),
  sku: z.string().optional(),
  before: z.array(z.string()),
});
export type StoredMarker = Marker & { before: string[] };

export const writeMarker = (marker: StoredMarker): string => JSON.stringify(marker);
export const readMarker = (text: string | null): StoredMarker | null =>
  text === null ? null : storedMarkerSchema.parse(JSON.parse(text));

const plain = (text: string): string => text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
const amountsIn = (text: string): number[] =>
  [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([digits]) => Number(digits.replaceAll(",", "")));

/** Sites cut long titles in lists, with an ellipsis or without. */
const titleFits = (shown: string, title: string): boolean => {
  const [row, wanted] = [plain(shown), plain(title)];
  if (row === wanted) return true;
  const cut = row.replace(/(…|\.\.\.)$/, "").trimEnd();
  return cut !== row && cut.length >= 10 && wanted.startsWith(cut);
};

/** A row without a price says nothing against the marker. */
const priceFits = (shown: string, title: string, priceText: string): boolean => {
  const amounts = amountsIn(shown.replace(title, ""));
  const [wanted] = amountsIn(priceText);
  return amounts.length === 0 || wanted === undefined || amounts.includes(wanted);
};

/** The row's status is not asked: a sold listing taken for ours asks the seller; an active one overlooked posts twice. */
export const matches = (row: ListingRow, marker: Marker): boolean =>
  titleFits(row.title, marker.title) && priceFits(row.priceText, row.title, marker.priceText);

/** Rows that look like the marker and are not among those known to be something else. */
export const candidates = (
  rows: readonly ListingRow[],
  marker: Marker,
  notThese: ReadonlySet<string>,
): ListingRow[] =>
  rows.filter((row) => matches(row, marker) && !(row.externalId !== null && notThese.has(row.externalId)));
