/** What a site holds: every change is in the ledger before it is true. Rebuilt from the ledger at start. */
import { randomUUID } from "node:crypto";
import {
  listingMade,
  listingsFrom,
  shownAs,
  type LedgerEntry,
  type LedgerPhoto,
  type ListingFields,
  type ListingNow,
  type ListingStatus,
  type Shown,
} from "../ledger-entry.ts";
import type { SiteId } from "../sites.ts";
import type { Faults } from "./faults.ts";
import type { Ledger } from "./ledger-client.ts";
import { rewrittenTitle } from "./rewrite.ts";
import type { Session } from "./sessions.ts";

interface NewListing {
  readonly externalId: string;
  readonly url: string;
  readonly fields: ListingFields;
  readonly photos: readonly LedgerPhoto[];
}

/** A listing that comes into the list without a form. */
export interface HandMade extends Omit<NewListing, "photos"> {
  readonly site: SiteId;
  readonly account: string;
  readonly at: string;
  readonly status: ListingStatus;
}

export interface Listings {
  /** All listings as they stand, deleted ones included, oldest first. */
  listings(site: SiteId): ListingNow[];
  listing(site: SiteId, externalId: string): ListingNow | null;
  /** A refused submit, written down. */
  refuse(session: Session, fields: ListingFields, photos: number, reasons: readonly string[]): Promise<void>;
  /** A submit that makes a listing: attempt and listing, both on disk when this resolves. */
  commit(session: Session, listing: NewListing): Promise<ListingNow>;
  addByHand(listing: HandMade): Promise<ListingNow>;
  edit(
    session: Session,
    externalId: string,
    fields: ListingFields,
    photos: readonly LedgerPhoto[],
  ): Promise<void>;
  setStatus(session: Session, externalId: string, status: ListingStatus): Promise<void>;
  forgetListings(site: SiteId | null): void;
}

const by = (session: Session) => ({ site: session.site, account: session.account.handle });

/** How the site shows a new listing, when it does not keep to what was sent. */
function rewritten(faults: Faults, session: Session, { fields }: NewListing): Shown | null {
  const { site, account } = session;
  const fault = faults.strike(site, account.handle, "title-rewritten");
  if (!fault) return null;
  const { title, price } = shownAs({ site, fields, shown: null });
  return {
    title: fault.how || !fault.price ? rewrittenTitle(title, fault.how ?? "censored") : title,
    price: fault.price ?? price,
  };
}

/** `onMade` hears of each listing a form made. */
export function createListings(
  ledger: Ledger,
  entries: readonly LedgerEntry[],
  faults: Faults,
  onMade: (listing: ListingNow) => void,
): Listings {
  const held = listingsFrom(entries);
  const keep = (listing: ListingNow): ListingNow => {
    held.set(`${listing.site}/${listing.externalId}`, listing);
    return listing;
  };
  const update = (session: Session, externalId: string, patch: Partial<ListingNow>) => {
    const before = held.get(`${session.site}/${externalId}`);
    if (before) keep({ ...before, ...patch });
  };
  const attempt = (session: Session, fields: ListingFields, photos: number, reasons: readonly string[]) => ({
    kind: "submit" as const,
    ...by(session),
    attemptId: randomUUID(),
    reasons,
    fields,
    photos,
  });

  const store: Listings = {
    listings: (site) => [...held.values()].filter((each) => each.site === site),
    listing: (site, externalId) => held.get(`${site}/${externalId}`) ?? null,
    async refuse(session, fields, photos, reasons) {
      await ledger.append({ ...attempt(session, fields, photos, reasons), outcome: "refused" });
    },
    async commit(session, listing) {
      const submit = attempt(session, listing.fields, listing.photos.length, []);
      await ledger.append({ ...submit, outcome: "accepted" });
      const made = { ...by(session), ...listing, shown: rewritten(faults, session, listing) };
      const { attemptId } = submit;
      const { at } = await ledger.append({ kind: "listing", attemptId, ...made });
      const now = keep(listingMade({ ...made, at }));
      onMade(now);
      const sold = faults.strike(session.site, session.account.handle, "sold-at-once");
      if (sold) await store.setStatus(session, now.externalId, sold.status ?? "sold");
      return now;
    },
    async addByHand({ at, status, ...listing }) {
      const made = { ...listing, photos: [], byHand: { at, status } };
      const entry = await ledger.append({ kind: "listing", attemptId: randomUUID(), ...made });
      return keep(listingMade({ ...made, at: entry.at }));
    },
    async edit(session, externalId, fields, photos) {
      await ledger.append({ kind: "edit", ...by(session), externalId, fields, photos });
      update(session, externalId, { fields, photos, shown: null });
    },
    async setStatus(session, externalId, status) {
      if (status === "deleted") await ledger.append({ kind: "delete", ...by(session), externalId });
      else await ledger.append({ kind: "status", ...by(session), externalId, status });
      update(session, externalId, { status });
    },
    forgetListings(site) {
      for (const [key, listing] of held) if (!site || listing.site === site) held.delete(key);
    },
  };
  return store;
}
