/**
 * Reads one page of the account's own listings from the newest row to rows known before, or to its end. What it cannot be
 * sure of it says: nobody may conclude from a list that was not read that something is not in it.
 */
import type { AccountRules, ListingsPage, OutcomeSigns } from "../../marketplace/marketplace.ts";
import type { GapReason, ListingRow, PageReading } from "../../plan/index.ts";
import { anyVisible } from "../find/locate.ts";
import { allRoots, queryAll } from "../page/roots.ts";
import { settle, waitFor } from "../page/wait.ts";
import { loginShown } from "./account.ts";
import { pendingAmong, rowElements, rowsShown } from "./listing-rows.ts";
import { fitsScreen, leavesRoom, scrollPast, scrollToTop } from "./scroll-list.ts";
import { stopSignOn } from "./stop-sign.ts";

export type ListInput = {
  document: Document;
  rules: AccountRules;
  /** What stops the reading for a person to look at. */
  signs: OutcomeSigns;
  page: ListingsPage;
  /** Ids of rows known before. */
  anchors: readonly string[];
  /** How long the page may show nothing new. */
  ms: number;
  signal: AbortSignal;
};
type Ended = Pick<PageReading, "reached" | "why">;

/** So many known rows one after the other: a single one may have been moved up by its seller. */
const ANCHOR_RUN = 5;
/** What a page gets to fetch more without saying so, and in a hidden tab. */
const UNSURE_MS = 3000;
/** What a page that came with an error gets to draw what it wants of the person: a block page may be drawn by a script. */
const STOP_MS = 3000;
const UNSEEN_MS = 3000;

export async function readListings(input: ListInput): Promise<PageReading> {
  const { document, rules, page } = input;
  const list = new SeenRows(input.anchors);
  const ended = await readInto(list, input);
  const rows = list.rows();
  return {
    rows,
    reached: ended.reached,
    next: page.more.by === "pages" && anyVisible(document, page.more.next),
    why: [...new Set([...ended.why, ...doubts(input, rows, ended)])],
    login: loginShown(document, rules),
    hidden: document.visibilityState === "hidden",
  };
}

/** The rows in the order they were come by, each once. */
class SeenRows {
  readonly #rows = new Map<string, ListingRow>();
  readonly #anchors: ReadonlySet<string>;
  /** Whether the page ever said that something was still to come: only then does its silence mean that nothing is. */
  sawMark = false;

  constructor(anchors: readonly string[]) {
    this.#anchors = new Set(anchors);
  }
  static keyOf = ({ externalId, status, title, priceText }: ListingRow): string =>
    externalId ?? [status, title, priceText].join("\n");

  rows = (): ListingRow[] => [...this.#rows.values()];
  has = (row: ListingRow): boolean => this.#rows.has(SeenRows.keyOf(row));

  /** False when none of these rows was there before: rows between them and the last ones may be missing. */
  add(shown: readonly ListingRow[]): boolean {
    const joins = this.#rows.size === 0 || shown.some(this.has);
    for (const row of shown) this.#rows.set(SeenRows.keyOf(row), row);
    return joins;
  }

  isAnchored(): boolean {
    let run = 0;
    return this.rows().some(({ externalId }) => {
      run = externalId !== null && this.#anchors.has(externalId) ? run + 1 : 0;
      return run >= ANCHOR_RUN;
    });
  }
}

const gap = (why: GapReason): Ended => ({ reached: null, why: [why] });

async function readInto(list: SeenRows, input: ListInput): Promise<Ended> {
  const { document, page, rules } = input;
  if (isErrorPage(document)) {
    await stopSignDrawn(input);
    return gap("unreachable");
  }
  if (!(await rendered(list, input))) return gap(pendingAmong(document, page) ? "loading" : "not-rendered");
  if (page.more.by === "scroll" && rowElements(document, page).length > 0) return scrollThrough(list, input);
  list.add(rowsShown(document, page, rules.listingId));
  return { reached: list.isAnchored() ? "anchor" : "end", why: [] };
}

function isErrorPage({ defaultView }: Document): boolean {
  const [entry] = defaultView?.performance.getEntriesByType("navigation") ?? [];
  return ((entry as PerformanceNavigationTiming | undefined)?.responseStatus ?? 0) >= 400;
}

async function stopSignDrawn({ document, signs, page, ms, signal }: ListInput): Promise<void> {
  const roots = () => allRoots(document);
  await waitFor({
    roots,
    look: () => stopSignOn(document, signs, [page.rows]),
    ms: Math.min(ms, STOP_MS),
    signal,
  });
}

/** Rows, or the site's word that there are none, with nothing still to come before them. */
async function rendered(list: SeenRows, { document, page, ms, signal }: ListInput): Promise<boolean> {
  const look = () => {
    const pending = pendingAmong(document, page);
    list.sawMark ||= pending !== null;
    return (
      pending !== "before" && (rowElements(document, page).length > 0 || anyVisible(document, page.empty))
    );
  };
  const roots = () => allRoots(document);
  if (!(await waitFor({ roots, look, ms, signal }))) return false;
  await settle(roots());
  return look();
}

async function scrollThrough(list: SeenRows, input: ListInput): Promise<Ended> {
  const { document, page, rules } = input;
  const [first] = rowElements(document, page);
  if (first) scrollToTop(first);
  await settle(allRoots(document));
  if (leavesRoom(rowElements(document, page), "above")) return gap("not-rendered");
  for (;;) {
    if (!(await rendered(list, input))) return gap("loading");
    if (!list.add(rowsShown(document, page, rules.listingId))) return gap("gap");
    if (list.isAnchored()) return { reached: "anchor", why: [] };
    const next = await scrollOn(list, input);
    if (next !== "more") return next;
  }
}

/** Goes on to rows not seen yet; says how it ended when there are none. */
async function scrollOn(list: SeenRows, input: ListInput): Promise<"more" | Ended> {
  const { document, page, rules, ms, signal } = input;
  const roots = () => allRoots(document);
  const hasMore = () => rowsShown(document, page, rules.listingId).some((row) => !list.has(row));
  const isStill = () => {
    const pending = pendingAmong(document, page);
    list.sawMark ||= pending !== null;
    return pending === null && !leavesRoom(rowElements(document, page), "below");
  };
  const isWhole = () => isStill() && (countShown(document, page) ?? 0) <= list.rows().length;
  const last = rowElements(document, page).at(-1);
  if (last) scrollPast(last);
  await settle(roots());
  // Unseen, a list may never be told that its end came into sight: the host shows the page rather than waits.
  const patience = document.visibilityState === "hidden" ? Math.min(ms, UNSEEN_MS) : ms;
  await waitFor({ roots, look: () => hasMore() || isWhole(), ms: patience, signal });
  // Neither a count nor a place holder was ever seen here: what would show that more is coming is not known.
  const isSure = list.sawMark || countShown(document, page) !== null || (last && fitsScreen(last));
  if (!isSure) await waitFor({ roots, look: hasMore, ms: Math.min(ms, UNSURE_MS), signal });
  await settle(roots());
  if (hasMore()) return "more";
  if (isStill()) return { reached: "end", why: [] };
  return gap(pendingAmong(document, page) ? "loading" : "not-rendered");
}

/** What speaks against a reading that came to an end. */
function doubts({ document, page }: ListInput, rows: readonly ListingRow[], { reached }: Ended): GapReason[] {
  const why: GapReason[] = [];
  if (anyVisible(document, page.filter)) why.push("filter-on");
  // A row without an id cannot be told from another; drafts have none everywhere, and decide nothing.
  if (rows.some(({ externalId, status }) => externalId === null && status !== "draft"))
    why.push("not-rendered");
  const counted = countShown(document, page);
  if (reached === "end" && counted !== null && counted !== rows.length) why.push("count-differs");
  return why;
}

function countShown(document: Document, { count }: ListingsPage): number | null {
  if (!count) return null;
  const match = queryAll(document, count.css)[0]?.innerText.match(new RegExp(count.pattern));
  return match ? Number((match[1] ?? match[0]).replaceAll(",", "")) : null;
}
