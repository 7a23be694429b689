/** The seller's own listings, a page of its own for each state they are in, and so many cards at a time. */
import { shownAs, type ListingNow, type ListingStatus } from "../ledger-entry.ts";
import type { OwnList } from "../server/own-list.ts";
import type { Session } from "../server/sessions.ts";
import type { World } from "../server/world.ts";
import type { Drafts } from "./drafts.ts";
import type { Card } from "./listing.ts";

export const tabs = ["active", "in_progress", "complete", "inactive", "draft"] as const;
export type Tab = (typeof tabs)[number];
export const isTab = (text: string): text is Tab => (tabs as readonly string[]).includes(text);

const statuses: Readonly<Record<Tab, readonly ListingStatus[]>> = {
  active: ["active", "held"],
  in_progress: ["in_progress"],
  complete: ["sold"],
  inactive: ["inactive"],
  draft: ["draft"],
};
const pageSize = 20;

export interface ListingsPage {
  readonly cards: readonly Card[];
  /** The replica that answered first, and how many cards were sent; null at the end. */
  readonly next: string | null;
}
export interface ListingsView extends ListingsPage {
  readonly tab: Tab;
  readonly counts: Readonly<Record<Tab, number>>;
  readonly filtered: boolean;
  readonly renamed: boolean;
  readonly shows: "cards" | "skeleton" | "nothing";
}

export const cardOf = (listing: ListingNow): Card => ({
  id: listing.externalId,
  ...shownAs(listing),
  status: listing.status,
  photos: listing.photos.map(({ sha256 }) => sha256),
});

const cardsOf = (list: OwnList, tab: Tab): Card[] =>
  list.rows
    .filter(({ status }) => statuses[tab].includes(status))
    .map(({ listing }) => cardOf(listing))
    .slice(list.undrawn);

export function listingsPage(world: World, session: Session, tab: Tab, cursor: string): ListingsPage {
  const [replica, sent = "0"] = cursor.split(":");
  const list = world.ownLists.of(session, replica);
  const cards = cardsOf(list, tab);
  const end = Number(sent) + pageSize;
  return {
    cards: cards.slice(Number(sent), end),
    next: end < cards.length ? `${list.replica}:${end}` : null,
  };
}

/** What a fresh load of a tab gets. The one draft the sell form keeps is among the drafts. */
export function listingsView(world: World, session: Session, tab: Tab, drafts: Drafts): ListingsView {
  const list = world.ownLists.of(session);
  const draft = drafts.peek(session.account.handle);
  const own = tab === "draft" && draft ? [draft] : [];
  const page = listingsPage(world, session, tab, `${list.replica}:0`);
  const count = (each: Tab) =>
    list.rows.filter(({ status }) => statuses[each].includes(status)).length +
    (each === "draft" && draft ? 1 : 0);
  const { unreadable } = list;
  return {
    tab,
    cards: [...own, ...page.cards],
    next: page.next,
    counts: Object.fromEntries(tabs.map((each) => [each, count(each)])) as Record<Tab, number>,
    filtered: list.filtered,
    renamed: unreadable === "rows-renamed",
    shows: unreadable === "skeleton" ? "skeleton" : unreadable === "empty-without-mark" ? "nothing" : "cards",
  };
}
