/** Everything the sites share while they run. Listings and sessions are rebuilt from the ledger at start. */
import { randomUUID } from "node:crypto";
import { listingsFrom, type LedgerPhoto, type ListingFields, type ListingNow } from "../ledger-entry.ts";
import type { MutationSpec } from "../page/mutation.ts";
import type { SiteId } from "../sites.ts";
import { openBundles, type Bundles } from "./bundles.ts";
import { createFaults, type Faults } from "./faults.ts";
import { openLedger, type Ledger } from "./ledger-client.ts";
import { createPhotos, type Photos } from "./photos.ts";
import { sessionsFrom, type Session, type Sessions } from "./sessions.ts";

export interface NewListing {
  readonly externalId: string;
  readonly url: string;
  readonly fields: ListingFields;
  readonly photos: readonly LedgerPhoto[];
}

export interface World {
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly faults: Faults;
  readonly photos: Photos;
  readonly bundles: Bundles;
  mutation: MutationSpec;
  /** All listings as they stand, deleted ones included, oldest first. */
  listings(site: SiteId): ListingNow[];
  listing(site: SiteId, externalId: string): ListingNow | null;
  /** What the seller's own list shows: a lagging list leaves out what it has not caught up with. */
  activeListings(session: Session): ListingNow[];
  /** A refused submit, written down. */
  refuse(session: Session, fields: ListingFields, photos: number, reasons: readonly string[]): Promise<void>;
  /** A submit that makes a listing: attempt and listing, both on disk when this resolves. */
  commit(session: Session, listing: NewListing): Promise<ListingNow>;
  edit(
    session: Session,
    externalId: string,
    fields: ListingFields,
    photos: readonly LedgerPhoto[],
  ): Promise<void>;
  setStatus(
    session: Session,
    externalId: string,
    status: "active" | "sold" | "inactive" | "deleted",
  ): Promise<void>;
  reset(site: SiteId | null, keepSessions: boolean): Promise<void>;
  /** Runs when the sites should forget what they hold besides (drafts). */
  onReset(listener: (site: SiteId | null) => void): void;
}

interface Hold {
  readonly faultId: string;
  readonly until: number;
}

export async function createWorld(dir: string, mutation: MutationSpec): Promise<World> {
  const [ledger, bundles] = await Promise.all([openLedger(dir), openBundles()]);
  const entries = await ledger.entries();
  const sessions = sessionsFrom(ledger, entries);
  const faults = createFaults();
  const photos = createPhotos(ledger);
  const listings = listingsFrom(entries);
  const holds = new Map<string, Hold>();
  const resetListeners: ((site: SiteId | null) => void)[] = [];
  const isHeld = (key: string) => {
    const hold = holds.get(key);
    return hold !== undefined && Date.now() < hold.until && !faults.isReleased(hold.faultId);
  };
  const by = (session: Session) => ({ site: session.site, account: session.account.handle });
  const update = (session: Session, externalId: string, patch: Partial<ListingNow>) => {
    const key = `${session.site}/${externalId}`;
    const before = listings.get(key);
    if (before) listings.set(key, { ...before, ...patch });
  };

  return {
    ledger,
    sessions,
    faults,
    photos,
    bundles,
    mutation,
    listings: (site) => [...listings.values()].filter((each) => each.site === site),
    listing: (site, externalId) => listings.get(`${site}/${externalId}`) ?? null,
    activeListings: (session) =>
      [...listings.values()]
        .filter(
          (each) =>
            each.site === session.site &&
            each.account === session.account.handle &&
            each.status !== "deleted" &&
            !isHeld(`${each.site}/${each.externalId}`),
        )
        .reverse(),
    async refuse(session, fields, count, reasons) {
      await ledger.append({
        kind: "submit",
        ...by(session),
        attemptId: randomUUID(),
        outcome: "refused",
        reasons,
        fields,
        photos: count,
      });
    },
    async commit(session, listing) {
      const attemptId = randomUUID();
      const { fields } = listing;
      await ledger.append({
        kind: "submit",
        ...by(session),
        attemptId,
        outcome: "accepted",
        reasons: [],
        fields,
        photos: listing.photos.length,
      });
      const { at } = await ledger.append({ kind: "listing", ...by(session), attemptId, ...listing });
      const now: ListingNow = { ...by(session), ...listing, status: "active", at };
      const key = `${session.site}/${listing.externalId}`;
      listings.set(key, now);
      const lag = faults.strike(session.site, session.account.handle, "lagging-active-list");
      if (lag)
        holds.set(key, { faultId: lag.id, until: lag.ms === undefined ? Infinity : Date.now() + lag.ms });
      return now;
    },
    async edit(session, externalId, fields, received) {
      await ledger.append({ kind: "edit", ...by(session), externalId, fields, photos: received });
      update(session, externalId, { fields, photos: received });
    },
    async setStatus(session, externalId, status) {
      if (status === "deleted") await ledger.append({ kind: "delete", ...by(session), externalId });
      else await ledger.append({ kind: "status", ...by(session), externalId, status });
      update(session, externalId, { status });
    },
    async reset(site, keepSessions) {
      if (!keepSessions) await sessions.endAll(site, null, "reset");
      await ledger.append({ kind: "reset", site, keepSessions });
      for (const [key, listing] of listings) if (!site || listing.site === site) listings.delete(key);
      faults.release(site ? { site } : {});
      holds.clear();
      for (const listener of resetListeners) listener(site);
    },
    onReset: (listener) => void resetListeners.push(listener),
  };
}
