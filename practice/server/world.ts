/** Everything the sites share while they run. Listings and sessions are rebuilt from the ledger at start. */
import type { MutationSpec } from "../page/mutation.ts";
import type { SiteId } from "../sites.ts";
import { openBundles, type Bundles } from "./bundles.ts";
import type { FaultRequest } from "./fault-request.ts";
import { createFaults, type Fault, type Faults } from "./faults.ts";
import { openLedger, type Ledger } from "./ledger-client.ts";
import { createListings, type Listings } from "./listings.ts";
import { createOwnLists, type OwnLists } from "./own-list.ts";
import { createPhotos, type Photos } from "./photos.ts";
import { sessionsFrom, type Sessions } from "./sessions.ts";

export interface World extends Listings {
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly faults: Faults;
  readonly photos: Photos;
  readonly bundles: Bundles;
  readonly ownLists: OwnLists;
  mutation: MutationSpec;
  setFault(request: FaultRequest): Fault;
  reset(site: SiteId | null, keepSessions: boolean): Promise<void>;
  /** Runs when the sites should forget what they hold besides (drafts). */
  onReset(listener: (site: SiteId | null) => void): void;
}

export async function createWorld(dir: string, mutation: MutationSpec): Promise<World> {
  const [ledger, bundles] = await Promise.all([openLedger(dir), openBundles()]);
  const entries = await ledger.entries();
  const sessions = sessionsFrom(ledger, entries);
  const faults = createFaults();
  const photos = createPhotos(ledger);
  const listings = createListings(ledger, entries, faults, (listing) => ownLists.place(listing));
  const ownLists = createOwnLists((site) => listings.listings(site), faults);
  const resetListeners: ((site: SiteId | null) => void)[] = [];
  return {
    ...listings,
    ledger,
    sessions,
    faults,
    photos,
    bundles,
    ownLists,
    mutation,
    setFault(request) {
      const fault = faults.add(request);
      ownLists.remember(fault);
      return fault;
    },
    async reset(site, keepSessions) {
      if (!keepSessions) await sessions.endAll(site, null, "reset");
      await ledger.append({ kind: "reset", site, keepSessions });
      listings.forgetListings(site);
      faults.drop(site);
      for (const listener of resetListeners) listener(site);
    },
    onReset: (listener) => void resetListeners.push(listener),
  };
}
