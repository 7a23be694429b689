/** What the ledger writes down: one JSON line per event, in the order it happened. */
import { fieldNames, type SiteId } from "./sites.ts";

/** A photo as the site received it. The bytes are kept under `sha256`. */
export interface LedgerPhoto {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly mime: string;
  readonly bytes: number;
  readonly exifGps: boolean;
  /** The EXIF orientation tag, 1..8, or null when there is none. Width and height are before it is applied. */
  readonly orientation: number | null;
  readonly fileName: string;
}

type FieldValue = string | number | boolean | null | readonly string[];
export type ListingFields = Readonly<Record<string, FieldValue>>;

export interface IssuedCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly httpOnly: boolean;
  /** False for identifiers the site shows anyway, such as `c_user`. */
  readonly secret: boolean;
}

/**
 * `held`: the site looks at it before anyone else may; `in_progress`: bought, not yet handed over; `inactive`: taken
 * down by the seller, or run out.
 */
const listingStatuses = ["active", "held", "in_progress", "sold", "inactive", "draft", "deleted"] as const;
export type ListingStatus = (typeof listingStatuses)[number];

/** How the site shows what it does not keep as it was sent. */
export interface Shown {
  readonly title: string;
  readonly price: string;
}

interface At {
  readonly site: SiteId;
  readonly account: string;
}

export type LedgerRecord =
  | (At & {
      readonly kind: "login";
      readonly sessionId: string;
      readonly csrf: string;
      readonly cookies: readonly IssuedCookie[];
      readonly storage: Readonly<Record<string, string>>;
      readonly by: "form" | "control";
    })
  | (At & { readonly kind: "session-ended"; readonly sessionId: string; readonly why: string })
  | (At & {
      readonly kind: "submit";
      readonly attemptId: string;
      readonly outcome: "accepted" | "refused";
      readonly reasons: readonly string[];
      readonly fields: ListingFields;
      readonly photos: number;
    })
  | (At & {
      readonly kind: "listing";
      readonly attemptId: string;
      readonly externalId: string;
      readonly url: string;
      readonly fields: ListingFields;
      readonly photos: readonly LedgerPhoto[];
      /** Null or missing: as sent. */
      readonly shown?: Shown | null;
      /** Put into the list without a form: by the seller, on a day of its own. */
      readonly byHand?: { readonly at: string; readonly status: ListingStatus };
    })
  | (At & {
      readonly kind: "edit";
      readonly externalId: string;
      readonly fields: ListingFields;
      readonly photos: readonly LedgerPhoto[];
    })
  | (At & {
      readonly kind: "status";
      readonly externalId: string;
      readonly status: Exclude<ListingStatus, "deleted">;
    })
  | (At & { readonly kind: "delete"; readonly externalId: string })
  | { readonly kind: "reset"; readonly site: SiteId | null; readonly keepSessions: boolean };

export type LedgerEntry = LedgerRecord & { readonly seq: number; readonly at: string };
type EntryOf<Kind extends LedgerRecord["kind"]> = Extract<LedgerEntry, { kind: Kind }>;

/** A listing as it stands after edits, status changes and deletes. */
export interface ListingNow {
  readonly site: SiteId;
  readonly account: string;
  readonly externalId: string;
  readonly url: string;
  readonly fields: ListingFields;
  readonly photos: readonly LedgerPhoto[];
  readonly status: ListingStatus;
  readonly at: string;
  readonly shown: Shown | null;
  /** Made without a form, so by nobody who is being tested. */
  readonly byHand: boolean;
}

/** Title and price as every page of the site has them. */
export const shownAs = ({ site, fields, shown }: Pick<ListingNow, "site" | "fields" | "shown">): Shown =>
  shown ?? {
    title: String(fields[fieldNames[site].title] ?? ""),
    price: String(fields[fieldNames[site].price] ?? ""),
  };

/** A listing as the entry that made it says. */
export const listingMade = (entry: Omit<EntryOf<"listing">, "kind" | "seq" | "attemptId">): ListingNow => {
  const { site, account, externalId, url, fields, photos, at, shown, byHand } = entry;
  return {
    site,
    account,
    externalId,
    url,
    fields,
    photos,
    status: byHand?.status ?? "active",
    at: byHand?.at ?? at,
    shown: shown ?? null,
    byHand: byHand !== undefined,
  };
};

/** The listings an ordered run of entries leaves behind, deleted ones included. */
export function listingsFrom(entries: readonly LedgerEntry[]): Map<string, ListingNow> {
  const listings = new Map<string, ListingNow>();
  for (const entry of entries) {
    if (entry.kind === "reset") {
      for (const [key, listing] of listings)
        if (!entry.site || listing.site === entry.site) listings.delete(key);
    } else if (entry.kind === "listing") {
      listings.set(`${entry.site}/${entry.externalId}`, listingMade(entry));
    } else if (entry.kind === "edit" || entry.kind === "status" || entry.kind === "delete") {
      const key = `${entry.site}/${entry.externalId}`;
      const before = listings.get(key);
      if (!before) continue;
      if (entry.kind === "edit")
        listings.set(key, { ...before, fields: entry.fields, photos: entry.photos, shown: null });
      else listings.set(key, { ...before, status: entry.kind === "delete" ? "deleted" : entry.status });
    }
  }
  return listings;
}
