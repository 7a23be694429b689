/** Finds the listing a target made (or an earlier run of it) in the account's own list, and writes it down. */
import type { Item } from "#core/item/index.ts";
import { itemFor, type Marketplace } from "#core/marketplace/index.ts";
import type { ListingRow } from "#core/plan/index.ts";
import type { PageHost } from "../browser/page-host.ts";
import type { TargetWriter } from "../data/targets.ts";
import { candidates, writeMarker, type StoredMarker } from "./marker-match.ts";
import { readOwnListings } from "./read-own-listings.ts";

export type Posted = { externalId: string; url: string | null; title: string };

/** A row without an id cannot be told from another: it proves nothing. */
const identified = (row: ListingRow): row is ListingRow & { externalId: string } => row.externalId !== null;

/** The newest look-alike that was not there before; the one with the id the site named, where it named one. */
export const postedAmong = (
  rows: readonly ListingRow[],
  marker: StoredMarker,
  named: string | null,
): Posted | null => {
  const found = candidates(rows, marker, new Set(marker.before)).filter(identified);
  const row = found.find(({ externalId }) => externalId === named) ?? found[0];
  return row ? { externalId: row.externalId, url: row.url, title: row.title } : null;
};

export const findPosted = async (
  host: PageHost,
  marketplace: Marketplace,
  marker: StoredMarker,
  named: string | null = null,
): Promise<Posted | null> => postedAmong(await readOwnListings(host, marketplace), marker, named);

/** Records the listing under the fence; gives its row's id. */
export const recordPosted = (
  writer: TargetWriter,
  marketplace: Marketplace,
  item: Item,
  marker: StoredMarker,
  posted: Posted,
): Promise<string> => {
  const { price } = itemFor(item, marketplace.identity.id);
  return writer.recordListing({
    external_id: posted.externalId,
    url: posted.url ?? marketplace.identity.urls.listing(posted.externalId),
    title: posted.title,
    price_minor: price.amountMinor,
    currency: price.currency,
    status: "active",
    marker: writeMarker(marker),
  });
};
