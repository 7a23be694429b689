/** What a seller's own list shows, which on a bad day is not what the site holds. Pages draw what this says. */
import { shownAs, type ListingNow, type ListingStatus } from "../ledger-entry.ts";
import type { SiteId } from "../sites.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Session } from "./sessions.ts";

export interface OwnRow {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** As the form sent it: "64.00" or "64". */
  readonly price: string;
  readonly status: ListingStatus;
  readonly at: string;
  readonly photo: string;
  readonly listing: ListingNow;
}

export interface OwnList {
  /** Newest first; deleted ones too, which most sites do not show. */
  readonly rows: readonly OwnRow[];
  /** How many of the newest rows are counted but never drawn. */
  readonly undrawn: number;
  /** Whether a filter that somebody left on narrows it, to what is over. */
  readonly filtered: boolean;
  readonly unreadable: Fault["kind"] | null;
  /** Which replica answered: later pages of the same list come from it too. */
  readonly replica: Replica;
}
export type Replica = "now" | "old";

export interface OwnLists {
  /** `replica`: of the page this one continues; nothing for a fresh load. */
  of(session: Session, replica?: string): OwnList;
  /** What becomes of a new listing in the list: late, held back, or as it should be. */
  place(listing: ListingNow): void;
  /** A fault that shows the past needs to know it. */
  remember(fault: Fault): void;
}

interface Veil {
  readonly faultId: string;
  readonly until: number;
  readonly shows: "review" | "nothing";
}
const usuallyUndrawn = 5;
/** What the filter that somebody left on lets through. */
const leftOn: readonly ListingStatus[] = ["sold", "inactive"];

export function createOwnLists(listingsOf: (site: SiteId) => ListingNow[], faults: Faults): OwnLists {
  const veils = new Map<string, Veil[]>();
  const past = new Map<string, readonly ListingNow[]>();
  const flips = new Map<string, Replica>();
  const keyOf = ({ site, externalId }: ListingNow) => `${site}/${externalId}`;

  /** The listing as the list has it; null while it is not there at all. */
  const seen = (listing: ListingNow): ListingNow | null => {
    const inForce = (veils.get(keyOf(listing)) ?? []).filter(
      ({ until, faultId }) => Date.now() < until && !faults.isReleased(faultId),
    );
    if (inForce.some(({ shows }) => shows === "nothing")) return null;
    return inForce.length ? { ...listing, status: "held" } : listing;
  };
  const current = (site: SiteId) => listingsOf(site).flatMap((listing) => seen(listing) ?? []);
  const rowOf = (listing: ListingNow): OwnRow => ({
    id: listing.externalId,
    url: listing.url,
    ...shownAs(listing),
    status: listing.status,
    at: listing.at,
    photo: listing.photos[0]?.sha256 ?? "",
    listing,
  });
  /** Replicas disagree from one fresh load to the next, the one that is behind first. */
  const replicaFor = (fault: Fault, asked: string | undefined): Replica => {
    if (asked === "now" || asked === "old") return asked;
    const next = flips.get(fault.id) === "old" ? "now" : "old";
    flips.set(fault.id, next);
    return next;
  };

  return {
    of({ site, account }, asked) {
      const { handle } = account;
      const pending = (name: Fault["fault"]) => faults.pending(site, handle, name);
      const stale = pending("stale-list");
      const flapping = stale ? null : pending("flapping-list");
      const replica = stale ? "old" : flapping ? replicaFor(flapping, asked) : "now";
      const old = replica === "old" ? past.get((stale ?? flapping)?.id ?? "") : undefined;
      const partial = pending("partial-list");
      const filtered = pending("filter-on") !== null;
      return {
        rows: (old ?? current(site))
          .filter(({ account, status }) => account === handle && (!filtered || leftOn.includes(status)))
          .reverse()
          .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
          .map(rowOf),
        undrawn: partial ? (partial.count ?? usuallyUndrawn) : 0,
        filtered,
        unreadable: pending("list-unreadable")?.kind ?? null,
        replica,
      };
    },
    place(listing) {
      const veil = (name: "lagging-active-list" | "held-for-review"): Veil[] => {
        const fault = faults.strike(listing.site, listing.account, name);
        if (!fault) return [];
        const shows = name === "held-for-review" ? (fault.shows ?? "review") : "nothing";
        return [{ faultId: fault.id, until: Date.now() + (fault.ms ?? Infinity), shows }];
      };
      veils.set(keyOf(listing), [...veil("lagging-active-list"), ...veil("held-for-review")]);
    },
    remember(fault) {
      if (fault.fault === "stale-list" || fault.fault === "flapping-list")
        past.set(fault.id, current(fault.site));
    },
  };
}
