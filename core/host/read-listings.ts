/**
 * Reads the account's own listings: every page the folder names, freshly loaded, from the newest row to rows known before or
 * to the end, and whose they are. Pages stand in the order of a listing's life, so that one that moves on meanwhile is met
 * twice and not missed.
 */
import type { AccountRules, Identity, ListingsPage } from "../marketplace/marketplace.ts";
import type { GapReason, ListingRow, PageReading } from "../plan/page-protocol.ts";
import type { StopSign } from "../plan/plan.ts";
import { READING_MS } from "../posting/limits.ts";
import type { Reading, ReadingGap } from "../posting/reading.ts";
import { DocumentGone, PageUnreadable, type Host } from "./host.ts";
import { loginByCookie } from "./signed-in.ts";
import { OutOfTime, timeLimit } from "./time-limit.ts";

type Site = { identity: Pick<Identity, "id">; account: AccountRules };
type ReadListingsInput = {
  /** Ids of rows known before: a page is read no further than to some of them. None: to its end. */
  anchors: readonly string[];
  now: () => number;
  /** How long a page may show nothing new. */
  quietMs?: number;
  /** Only the page on which new listings come up. Such a look can find; it is never complete. */
  firstPageOnly?: boolean;
};
type Stopped = { stopped: StopSign };
/** One page of the folder, and how it is to be read. */
type PageOf<D> = {
  host: Host<D>;
  site: Site;
  page: ListingsPage;
  input: { anchors: string[]; deadlineMs: number };
};

const QUIET_MS = 10_000;
const TRIES = 3;
/** Beyond this many pages something goes round in circles. */
const MOST_PAGES = 200;

/** @throws BrowserGone */
export async function readListings<D>(
  host: Host<D>,
  site: Site,
  { anchors, now, quietMs = QUIET_MS, firstPageOnly = false }: ReadListingsInput,
): Promise<Reading | Stopped> {
  const begunAt = now();
  const { listings } = site.account;
  const pages = firstPageOnly ? listings.slice(0, 1) : listings;
  const seen = new Seen();
  for (const page of pages) {
    const input = { anchors: [...anchors], deadlineMs: quietMs };
    const stopped = await readPages({ host, site, page, input }, seen);
    if (stopped) return stopped;
  }
  const { rows, gaps, login } = seen.all();
  const complete = !firstPageOnly && gaps.length === 0 && login !== null;
  return { begunAt, endedAt: now(), login, rows, complete, gaps };
}

/** What all documents showed together. */
class Seen {
  readonly #rows = new Map<string, ListingRow>();
  readonly #withoutId: ListingRow[] = [];
  readonly #gaps: ReadingGap[] = [];
  readonly #logins = new Set<string | null>();

  /** True when one of the rows was not there yet. */
  add(page: string, { rows, why, login }: Pick<PageReading, "rows" | "why" | "login">): boolean {
    const fresh = rows.some(({ externalId }) => externalId === null || !this.#rows.has(externalId));
    // A listing that is met again has moved on: its later state counts.
    for (const row of rows) {
      if (row.externalId === null) this.#withoutId.push(row);
      else this.#rows.set(row.externalId, row);
    }
    for (const reason of why) this.miss(page, reason);
    if (why.includes("unreachable")) return fresh; // an error page is nobody's
    this.#logins.add(login);
    if (this.#logins.size > 1 || login === null) this.miss(page, "login-not-seen");
    return fresh;
  }

  miss(page: string, why: GapReason): void {
    this.#gaps.push({ page, why });
  }

  all() {
    const [login = null] = this.#logins.size === 1 ? this.#logins : [];
    return { rows: [...this.#rows.values(), ...this.#withoutId], gaps: this.#gaps, login };
  }
}

/** All documents of one page of the folder. */
async function readPages<D>(of: PageOf<D>, seen: Seen): Promise<Stopped | null> {
  const { page } = of;
  const { more } = page;
  for (let number = 1; number <= MOST_PAGES; number++) {
    const url = more.by === "pages" ? more.url.replace("{page}", String(number)) : page.url;
    const read = await readDocument(of, url);
    if (read && "stopped" in read) return read;
    if (!read) {
      seen.miss(page.name, "unreachable");
      return null;
    }
    const isNew = seen.add(page.name, read);
    if (more.by !== "pages" || read.reached !== "end" || read.why.length > 0) return null;
    const isFull = read.rows.length >= more.perPage;
    if (read.next && !isFull) seen.miss(page.name, "gap");
    // The page after the last may be empty, or the last once more.
    if (!isFull || !isNew) return null;
  }
  seen.miss(page.name, "gap");
  return null;
}

/** One document, freshly loaded; null when none came. */
async function readDocument<D>(of: PageOf<D>, url: string): Promise<PageReading | Stopped | null> {
  // What a page that hangs would say after that is too old to press by.
  const limit = timeLimit(READING_MS);
  try {
    const read = await limit.within(readShown(of, url));
    if ("stopped" in read || !read.hidden || !isUndrawn(read)) return read;
    const putBack = await of.host.show();
    try {
      return await limit.within(readShown(of, url));
    } finally {
      await putBack();
    }
  } catch (cause) {
    const isNone = [PageUnreadable, DocumentGone, OutOfTime].some((kind) => cause instanceof kind);
    if (isNone) return null;
    throw cause;
  } finally {
    limit.end();
  }
}

/** Much of what a page would show on a screen does not come while nobody can see it. */
const isUndrawn = ({ why }: PageReading): boolean =>
  why.some((reason) => reason === "loading" || reason === "not-rendered");

async function readShown<D>(
  { host, site, page, input }: PageOf<D>,
  url: string,
): Promise<PageReading | Stopped> {
  const { id } = site.identity;
  const before = await loginByCookie(host, site.account);
  let top = await host.open(url);
  for (let tries = 1; ; tries++) {
    try {
      const stop = await host.ask(top, "stopSign", id);
      if (stop) return { stopped: stop };
      const document = page.frameHost ? await host.document({ frameHost: page.frameHost }) : top;
      const read = await host.ask(document, "readListings", id, page.name, input);
      const late = read.why.length > 0 ? await host.ask(document, "stopSign", id) : null;
      if (late) return { stopped: late };
      if (site.account.login.by !== "cookie") return read;
      const after = await loginByCookie(host, site.account);
      return { ...read, login: before === after ? after : null };
    } catch (cause) {
      if (!(cause instanceof DocumentGone) || tries >= TRIES) throw cause;
      top = await host.document(); // it led elsewhere: what came instead is read
    }
  }
}
