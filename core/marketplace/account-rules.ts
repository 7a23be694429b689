/** What a folder's account.ts answers: who is signed in, where their own listings are, and how far these can be believed. */
import type { Locator } from "../plan/plan.ts";
import type { ListingStatus } from "../plan/page-protocol.ts";

/**
 * The channel's own id of who is signed in: it stays when a seller changes the name the site prints. `handle` is for sites
 * that show nothing steadier. Patterns give it by their first group, else as a whole.
 */
export type LoginRule =
  | { by: "cookie"; name: string; pattern: string }
  /** `key` is a pattern too: trackers put a random part into theirs. */
  | { by: "storage"; key: string; pattern: string }
  | { by: "handle" };

/** One page of the account's own listings. */
export type ListingsPage = {
  /** As readings name it: "active". */
  name: string;
  url: string;
  /** Set when the list lives in a frame of this exact host. */
  frameHost?: string;
  /**
   * The states its rows may be in. A row is in the first whose `words` (a pattern over the row's text without its title)
   * or `css` (something in the row, or the row itself) it has; the last has neither and takes the rest.
   */
  statuses: { status: ListingStatus; words?: string; css?: string }[];
  rows: string;
  title: string;
  /** What is no part of the title, as a pattern. */
  titleWithout?: string;
  price: string;
  link: string;
  /** Where a row keeps its id, when not all rows have a link. */
  idFrom?: { css: string; attribute: string };
  /** Others cannot be read from the newest to a row that is known. */
  order: "newest-first";
  /** The site's own words for "there are none". Not a heading: that stands there before the rows do. */
  empty: Locator[];
  /**
   * Place holders, skeletons, spinners. Before or among the rows: they are still coming. After them: there are more, once
   * they are scrolled into sight.
   */
  loading: Locator[];
  /** What shows that a search, filter or other order is on. */
  filter: Locator[];
  /** How many there are, where the site says so. */
  count?: { css: string; pattern: string };
  /** How the rest is reached: not at all, by scrolling, or by further pages ("{page}" in `url`, from 1). */
  more: { by: "nothing" } | { by: "scroll" } | { by: "pages"; url: string; perPage: number; next: Locator[] };
};

export type SettleRules = {
  /**
   * From the click that publishes (uploads included) to the row in the account's own list, at the most. An absence that was
   * seen earlier says nothing.
   */
  windowMs: number;
  /** When to look within the window, counted from the press. */
  lookMs: number[];
};

export type AccountRules = {
  /** Cookie names kept at capture, per domain suffix; nothing else leaves the browser. "*" keeps all of that domain. */
  cookies: { domain: string; names: string[] | "*" }[];
  localStorage: { origin: string; keys: string[] | "*" }[];
  /** Cookies without which nobody is signed in. */
  sessionCookies: string[];
  /** Where the signed-in handle is shown. */
  handleUrl: string;
  handle: { locators: Locator[]; attribute?: string; pattern: string };
  login: LoginRule;
  /** The id in the address of a listing, by the first group. */
  listingId: string;
  /** Every page on which a listing of the account may be, in whatever state. First the one new listings come up on. */
  listings: [ListingsPage, ...ListingsPage[]];
  settle: SettleRules;
  /**
   * Whether two readings without a listing after the window prove that it was never made. That takes evidence that what is
   * held, sold or a draft is shown too, and that nothing comes later than the window; else a person is asked.
   */
  absenceProves: false | { since: string; source: string; evidence: string };
  replay: "yes" | "no" | "unknown";
};
