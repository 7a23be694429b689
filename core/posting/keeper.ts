/** Who keeps a posting's record, and how it answers: the service in SQL, a browser for logins the service never knew. */
import { areTwins, type TwinKey } from "./marker.ts";
import type { Books } from "./match.ts";
import { isBeforePress, isFinal, isWatched, type Posting, type ProvedBy } from "./posting.ts";

/** What the record's keeper knows besides the posting itself, at the moment of the event. */
export type Keeper = {
  /** The keeper's own clock. */
  now: number;
  /** The fence of the login's lease while it is held and not over; null when nobody holds it. */
  liveFence: number | null;
  /** When that lease ends. */
  leaseUntil: number | null;
  /** Why nothing of this item or account may be published any more; null while it may. */
  gone: "sold" | "deleted" | "disconnected" | null;
  /** Another posting of the login, whose rows could be taken for those of this twin, has a press whose outcome is unclear. */
  isTwinUnclear(twin: TwinKey): boolean;
  /** Another posting of this item and login is open, unsettled or live; a live one does not count where this was asked for beside it. */
  hasSuccessor: boolean;
  /** Another posting of this item and login was pressed, and is unsettled or live. */
  isItemPressed: boolean;
  /** Another posting of this item and login can still be pressed: two at once never can. */
  isItemOpen: boolean;
  /** The cloud may use this account. */
  cloudReady: boolean;
  /** When one who may drive it last came for anything at this login; null when none ever did. */
  servedAt: number | null;
  /** Whose a row is: another posting's, with how it was proved; null when nobody else's. */
  ownerOf(externalId: string): { posting: string; by: ProvedBy } | null;
};

export type RefusalCode =
  | "state"
  | "stale-fence"
  | "not-due"
  | "not-yours"
  | "old-question"
  | "no-such-answer"
  | "row-taken"
  | "cancelled"
  | "sold"
  | "deleted"
  | "disconnected"
  | "no-consent"
  | "no-reading"
  | "twin-unclear"
  | "lease-too-short"
  | "superseded"
  | "already-known"
  | "other-attempt";

export type Applied =
  | {
      ok: true;
      posting: Posting;
      /** The row was another posting's by likeness only: that one is open again. */
      reopens: string | null;
    }
  | { ok: false; code: RefusalCode };

export const refuse = (code: RefusalCode): Applied => ({ ok: false, code });
export const changed = (
  posting: Posting,
  change: Partial<Posting>,
  reopens: string | null = null,
): Applied => ({
  ok: true,
  posting: { ...posting, ...change },
  reopens,
});

/** Whether whoever sends this drives the posting now. */
export const isHeld = (posting: Posting, fence: number, keeper: Keeper): boolean =>
  posting.fence === fence && keeper.liveFence === fence;

/** Can be pressed without a person having to say anything first. */
export const isOpen = ({ state }: Pick<Posting, "state">): boolean =>
  isBeforePress({ state }) || state === "submitting";

/** What the keeper knows by itself, apart from the postings of the login. */
export type Circumstances = Pick<Keeper, "now" | "liveFence" | "leaseUntil" | "gone" | "cloudReady"> & {
  /** Postings whose listing is on record as sold or ended. */
  over?: ReadonlySet<string>;
};

/** Open still, it may have been posted, and the site said nothing of it. */
const isUnclear = (posting: Posting): boolean =>
  !isFinal(posting) && posting.unsettledAt !== null && posting.sign === null;

/** May have left a row that nobody knows yet: it is unproven, ended without proof, or was pressed more often than found. */
function mayHaveARow(posting: Posting, now: number): boolean {
  if (posting.state === "done") return posting.presses > 1;
  if (isFinal(posting)) return isWatched(posting, now);
  return posting.unsettledAt !== null || posting.presses > 0;
}

export const rivalsAmong = (others: readonly Posting[], now: number): Books["rivals"] =>
  others
    .filter((other) => mayHaveARow(other, now))
    .map((other) => ({ id: other.id, twin: other.twin, isUnclear: isUnclear(other) }));

/** Rows somebody answers for. A posting that proved one outranks a record, and that what a person said of another. */
export function ownedAmong(
  others: readonly Posting[],
  recorded: readonly { externalId: string | null; itemId: string | null }[] = [],
): Books["owned"] {
  const owned = new Map<string, { posting: string | null; item: string | null; by: ProvedBy | "record" }>();
  for (const { dismissed } of others)
    for (const row of dismissed) owned.set(row, { posting: null, item: null, by: "person" });
  for (const { externalId, itemId } of recorded)
    if (externalId !== null && itemId !== null)
      owned.set(externalId, { posting: null, item: itemId, by: "record" });
  for (const { id, itemId, state, listing } of others)
    if (state === "done" && listing)
      owned.set(listing.externalId, { posting: id, item: itemId, by: listing.by });
  return owned;
}

/** Why nothing of a posting may be published any more. An item that is nowhere any more was deleted. */
export function whyGone(
  { action }: Pick<Posting, "action">,
  isDisconnected: boolean,
  item: { deletedAt: string | null; quantity: number } | null | undefined,
): Keeper["gone"] {
  if (isDisconnected) return "disconnected";
  if (action !== "list") return null;
  if (!item || item.deletedAt !== null) return "deleted";
  return item.quantity === 0 ? "sold" : null;
}

/** A listing that is there no more, or only as a memory. */
export const isOver = (status: string | null | undefined): status is "sold" | "ended" =>
  status === "sold" || status === "ended";

/**
 * Open, unproven or live: while there is one, an item is not listed a second time by accident.
 * @param over postings whose listing is on record as sold or ended; without records, as its row stood when it was found.
 */
export const isStanding = (posting: Posting, over?: ReadonlySet<string>): boolean =>
  !isFinal(posting) ||
  (posting.state === "done" && !(over ? over.has(posting.id) : isOver(posting.listing?.status)));

const newest = (times: readonly (number | null)[]): number | null =>
  times.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);

type OfItem = Pick<Posting, "action" | "itemId">;
const isSameItem = (a: OfItem, b: OfItem): boolean =>
  a.action === "list" && b.action === "list" && a.itemId !== null && a.itemId === b.itemId;

/**
 * The posting because of which the item is not listed once more at this login: it is open, unsettled or live.
 * @param wanted one asked for beside a live one, on purpose, is not kept by it.
 */
export const inTheWay = (
  others: readonly Posting[],
  wanted: OfItem & Pick<Posting, "isBeside">,
  over?: ReadonlySet<string>,
): Posting | undefined =>
  others.find(
    (other) => isSameItem(other, wanted) && (wanted.isBeside ? !isFinal(other) : isStanding(other, over)),
  );

/** Whoever drives the one will come for the other as well: the cloud not for what is a tab's, and no tab for what is the cloud's. */
const isAhead = (other: Posting, { driver, fallbackAt }: Posting): boolean =>
  fallbackAt !== null || other.driver === driver;

/** @param others all other postings of the login, of accounts that are proven to be it; of one that is not, its own. */
export function keeperOf(posting: Posting, others: readonly Posting[], known: Circumstances): Keeper {
  const { over, ...circumstances } = known;
  return {
    ...circumstances,
    servedAt: newest(
      [posting, ...others].filter((other) => isAhead(other, posting)).map((one) => one.claimedAt),
    ),
    isTwinUnclear: (twin) =>
      others.some((other) => isUnclear(other) && (other.twin === null || areTwins(other.twin, twin))),
    hasSuccessor: inTheWay(others, posting, over) !== undefined,
    isItemPressed: others.some(
      (other) => isSameItem(other, posting) && isStanding(other, over) && other.presses > 0,
    ),
    isItemOpen: others.some((other) => isSameItem(other, posting) && isOpen(other)),
    ownerOf(externalId) {
      const owner = others.find(
        (other) => other.state === "done" && other.listing?.externalId === externalId,
      );
      return owner?.listing ? { posting: owner.id, by: owner.listing.by } : null;
    },
  };
}
