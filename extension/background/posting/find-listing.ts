/** The listing a post made, among the rows of the account's own list. */
import { rowMatches } from "#core/marketplace/marker.ts";
import type { Marker } from "#core/marketplace/marketplace.ts";
import type { ListingRow } from "#core/plan/page-protocol.ts";

type Identified = ListingRow & { externalId: string };

/** Rows that look like the marker; one without an id cannot be told from another and proves nothing. */
export const lookAlikes = (rows: readonly ListingRow[], marker: Marker): Identified[] =>
  rows.filter(
    (row): row is Identified =>
      row.externalId !== null && row.status !== "sold" && row.status !== "ended" && rowMatches(marker, row),
  );

/**
 * @param before look-alikes that were there before anything was submitted.
 * @param named the id the site named after the submit: then only that one is it.
 */
export const findListing = (
  rows: readonly ListingRow[],
  marker: Marker,
  before: readonly string[],
  named: string | null,
): Identified | null => {
  if (named !== null) return rows.find((row): row is Identified => row.externalId === named) ?? null;
  return lookAlikes(rows, marker).find((row) => !before.includes(row.externalId)) ?? null;
};
