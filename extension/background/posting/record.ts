/**
 * Posts in the local database, and what events make of them. State is only ever read from here, because the service worker may
 * die at any await. A change of a post, and what the service has to hear of it, are written in one transaction.
 */
import {
  apply,
  closed,
  EVIDENCE,
  isFinal,
  isLive,
  isOver,
  keeperOf,
  whyGone,
  loginKey,
  nobody,
  sameLogin,
  twinKeyOf,
  type Applied,
  type Ending,
  type Keeper,
  type Posting,
  type PostingEvent,
} from "#core/posting/index.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { HeardPosting } from "#extension/api/rows.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import type { AccountRow, ListingRow, LoginLeaseRow, PostEventRow, PostRow } from "#extension/store/rows.ts";
import { browserStart } from "./browser-start.ts";
import { nowByKeeper } from "./session-clock.ts";

/** This post is no longer here. */
export class PostGone extends Error {
  override name = "PostGone";
}

export const at = (): string => new Date().toISOString();

export const readPost = async (postId: string): Promise<PostRow> => {
  const post = await database.posts.get(postId);
  if (!post) throw new PostGone("This post is no longer here.");
  return post;
};

/** Changes what is no part of the record: the form, its tab, progress. */
export const changePost = (
  postId: string,
  change: Partial<PostRow> | ((post: PostRow) => Partial<PostRow>),
): Promise<PostRow> =>
  database.transaction("rw", database.posts, async () => {
    const post = await readPost(postId);
    const changed = { ...post, ...(typeof change === "function" ? change(post) : change), updatedAt: at() };
    await database.posts.put(changed);
    return changed;
  });

const PROGRESS: Partial<Record<Posting["state"], PostRow["progress"]>> = {
  queued: { percent: 0, message: "Waiting" },
  claimed: { percent: 3, message: "Looking at your listings" },
  submitting: { percent: 90, message: "Publishing" },
  unknown: { percent: 94, message: "Checking that it is listed" },
  done: { percent: 100, message: "Listed" },
};

/** The post with another record; what follows from that for the rest of it. */
const withPosting = (post: PostRow, posting: Posting): PostRow => {
  const { state } = posting;
  const moved = state !== post.posting.state;
  const settledAt = isFinal(posting) || state === "needs_human" ? (post.settledAt ?? at()) : null;
  return {
    ...post,
    posting,
    settledAt,
    startedAt: post.startedAt ?? (state === "filling" ? at() : null),
    progress: (moved && PROGRESS[state]) || post.progress,
    ...(state === "submitting" || state === "done" ? { note: null } : {}),
    updatedAt: at(),
  };
};

/**
 * The service's word, when it is its newest and has heard everything from here: what it still has to be told is ahead of it.
 * Lists of postings come without their baselines: the one known stays.
 */
export const keepPosting = (postId: string, { posting, at: heardAt }: HeardPosting): Promise<PostRow> =>
  database.transaction("rw", database.posts, database.postingOutbox, async () => {
    const post = await readPost(postId);
    if (post.heardAt !== null && heardAt < post.heardAt) return post;
    if (await hasNews(postId)) return post;
    const baseline = posting.baseline ?? post.posting.baseline;
    const kept = { ...withPosting(post, { ...posting, baseline }), heardAt };
    await database.posts.put(kept);
    return kept;
  });

const hasNews = async (postId: string): Promise<boolean> =>
  (await database.postingOutbox.where("postId").equals(postId).count()) > 0;

/** Never asked for at the service, and nothing waits to be told: this browser alone knows of it. */
export const isOnlyHere = async ({ id, keeper, target, asked }: PostRow): Promise<boolean> =>
  keeper === "browser" || (target === null && asked === null && !(await hasNews(id)));

/**
 * A post that the service does not take ends here, and from now on its record is this browser's: what was filled or pressed of
 * it by hand is watched for here (hands.ts).
 */
export const endHere = async (postId: string, ending: Ending): Promise<PostRow> => {
  const now = await nowByKeeper();
  return database.transaction("rw", database.posts, database.postingOutbox, database.listings, async () => {
    const post = await readPost(postId);
    await database.postingOutbox.where("postId").equals(postId).delete(); // the record here says as much
    const { posting } = post;
    const over = isFinal(posting)
      ? posting
      : { ...posting, ...closed(posting, "failed", ending, now.browser) };
    // What is listed would be handed over again with every sync, and refused again.
    const keeper = over.state === "done" ? post.keeper : "browser";
    const ended: PostRow = { ...withPosting(post, over), keeper, target: null, asked: null };
    await database.posts.put(ended);
    await keepListing(ended);
    return ended;
  });
};

export const loginOf = (post: Pick<PostRow, "platform" | "login" | "id">): string =>
  post.login ? loginKey(post.platform, post.login.id) : `${post.platform}:?${post.id}`;

/** The login's lease, when this start of the browser holds it: whatever an earlier start held ended with it. */
const liveLease = (lease: LoginLeaseRow | undefined, start: string, now: number): LoginLeaseRow | null =>
  lease && lease.holder === start && isLive(lease, now) ? lease : null;

/** The account by which the service knows the post's login; null where only this browser does, or nobody yet. */
export const accountAtService = async ({
  platform,
  login,
}: Pick<PostRow, "platform" | "login">): Promise<AccountRow | null> => {
  if (login === null) return null;
  const accounts = await database.accounts.where("platform").equals(platform).toArray();
  return accounts.find((one) => !one.localOnly && sameLogin(one.loginId, login.id)) ?? null;
};

/** The other posts of its login. */
export const othersAt = async (post: PostRow): Promise<PostRow[]> => {
  const login = loginOf(post);
  const posts = await database.posts.where("platform").equals(post.platform).toArray();
  return posts.filter((other) => other.id !== post.id && loginOf(other) === login);
};

/** Connected again, an account that only this browser knows has another id and the same login. */
const isDisconnected = async ({ accountId, platform, login }: PostRow): Promise<boolean> => {
  if (accountId === null || (await database.accounts.get(accountId))) return false;
  const accounts = await database.accounts.where("platform").equals(platform).toArray();
  return !accounts.some(
    (one) => login !== null && sameLogin(one.loginId, login.id) && one.status !== "disconnected",
  );
};

const goneOf = async (post: PostRow): Promise<Keeper["gone"]> => {
  return whyGone(post.posting, await isDisconnected(post), await database.items.get(post.itemId));
};

/** In the books here a post's listing has the post's own id; the service's has its own, and the site's row in common. */
const listingOf = async (
  db: HawkerDatabase,
  { id, keeper, accountId, posting }: PostRow,
): Promise<ListingRow | undefined> => {
  if (keeper === "browser") return db.listings.get(id);
  if (accountId === null || !posting.listing) return undefined;
  return db.listings.get({ accountId, externalId: posting.listing.externalId });
};

/** The postings whose listing is on record as sold or ended. */
export const overAmong = async (posts: readonly PostRow[], db = database): Promise<Set<string>> => {
  const listings = await Promise.all(posts.map((post) => listingOf(db, post)));
  return new Set(posts.flatMap(({ posting }, at) => (isOver(listings[at]?.status) ? [posting.id] : [])));
};

/** A form of it may be pressed from now on: with what its listing would be known by. */
export const formStands = ({ item, platform, handBaseline: baseline }: PostRow): PostingEvent => {
  const marker = marketplaceOf(platform).markerOf(item);
  return { kind: "form-stands", marker, twin: twinKeyOf(marker), baseline };
};

/**
 * What the service has to hear; what was settled before it knew this login it was told of then (store/hand-over.ts). Of a form that
 * stands it is told when it makes its row (register-post.ts), if it has none yet.
 */
const isNews = ({ keeper, target }: PostRow, { kind }: PostingEvent, applied: Applied): boolean => {
  if (keeper !== "service" || !EVIDENCE.includes(kind)) return false;
  if (kind === "form-stands" && target === null) return false;
  const saysNothingNew = kind === "pressed" || kind === "form-stands";
  return !(saysNothingNew && !applied.ok && applied.code === "already-known");
};

/** Says that somebody pressed: whatever form stood there is gone with it. */
export const isOfPress = ({ kind }: PostingEvent): boolean =>
  ["pressed", "pressed-by-person", "said-listed", "found"].includes(kind);

/**
 * Plays an event to the record here: the truth where this browser keeps it; else what it will say once the service has
 * answered. Evidence, and with `tell` a decision taken here of what the service may know, is put among what it has to hear, in the
 * same transaction; and so is `change`, what has to be so when the event counts.
 */
export const playHere = async (
  postId: string,
  event: PostingEvent,
  { tell = false, change = {} }: { tell?: boolean; change?: Partial<PostRow> } = {},
): Promise<Applied> => {
  const [now, start] = await Promise.all([nowByKeeper(), browserStart()]);
  const tables = [
    database.posts,
    database.postingOutbox,
    database.items,
    database.accounts,
    database.listings,
    database.loginLeases,
  ];
  return database.transaction("rw", tables, async () => {
    const before = await readPost(postId);
    const post = isOfPress(event) ? { ...before, isStanding: false } : before;
    const others = await othersAt(post);
    const lease = liveLease(await database.loginLeases.get(loginOf(post)), start, now.browser);
    const applied = apply(
      post.posting,
      event,
      keeperOf(
        post.posting,
        others.map(({ posting }) => posting),
        {
          now: now[post.keeper],
          liveFence: post.keeper === "browser" ? (lease?.fence ?? null) : post.posting.fence,
          leaseUntil: lease?.until ?? null,
          gone: await goneOf(post),
          cloudReady: false,
          over: await overAmong(others),
        },
      ),
    );
    const isTold = tell ? applied.ok && !(await isOnlyHere(post)) : isNews(post, event, applied);
    if (isTold) {
      const row = { postId, eventId: crypto.randomUUID(), event, at: at() };
      await database.postingOutbox.add(row);
    }
    if (!applied.ok) {
      await database.posts.put(post);
      return applied;
    }
    const changed = {
      ...withPosting(post, applied.posting),
      ...(event.kind === "pressed-by-person" ? { note: null } : {}),
      ...change,
    };
    await database.posts.put(changed);
    if (post.keeper === "browser") await keepListing(changed);
    const lost = others.find(({ id }) => id === applied.reopens);
    if (lost && post.keeper === "browser") await reopen(lost, now[lost.keeper]);
    return applied;
  });
};

/** The listing a post proved, in the books of this browser: by the post's own id. The service's come by the sync. */
const keepListing = async ({ id, posting, itemId, item, accountId, platform }: PostRow): Promise<void> => {
  const { listing, state } = posting;
  if (state !== "done" || !listing) return database.listings.delete(id);
  const { title } = itemFor(item, platform);
  const { externalId, url } = listing;
  const status = isOver(listing.status) ? listing.status : "active";
  const firstSeenAt = (await database.listings.get(id))?.firstSeenAt ?? at();
  const seen = { firstSeenAt, lastSeenAt: at() };
  await database.listings.put({ id, itemId, accountId, platform, externalId, url, title, status, ...seen });
};

/** Its row, held by likeness, is another post's. Inside the transaction. */
const reopen = async (post: PostRow, now: number): Promise<void> => {
  const applied = apply(post.posting, { kind: "row-lost" }, nobody(post.posting, now));
  if (!applied.ok) return;
  const changed = withPosting(post, applied.posting);
  await database.posts.put(changed);
  await keepListing(changed);
};

export const say = async (
  post: Pick<PostRow, "id" | "platform">,
  level: PostEventRow["level"],
  message: string,
  data: Record<string, unknown> | null = null,
): Promise<void> => {
  await database.postEvents.add({ postId: post.id, platform: post.platform, ts: at(), level, message, data });
};
