/** Turns "post these items there" into posts. What is asked for twice by accident is one post. */
import type { Item } from "#core/item/item.ts";
import type { Mode } from "#core/job/job.ts";
import { inTheWay, isFinal, newPosting } from "#core/posting/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import { emptyPost } from "#extension/store/empty-post.ts";
import type { AccountRow, PostRow } from "#extension/store/rows.ts";
import { chosenCity } from "#extension/store/settings.ts";
import { loginOf, overAmong } from "./record.ts";
import { keepersNow } from "./session-clock.ts";

/** `again`: another listing beside one that is live, on purpose. */
type Channel = { platform: ChannelId; accountId?: string | undefined; again?: boolean };
type Wanted = {
  item: Item;
  city: string | null;
  platform: ChannelId;
  account: AccountRow | null;
  mode: Mode;
  again: boolean;
};

const accountFor = async (
  db: HawkerDatabase,
  { platform, accountId }: Channel,
): Promise<AccountRow | null> => {
  if (accountId) {
    const account = await db.accounts.get(accountId);
    if (!account)
      throw new MessageError("not-found", "This account is no longer connected. Reload the page.");
    return account;
  }
  const accounts = await db.accounts.where("platform").equals(platform).toArray();
  return (
    accounts.find((one) => one.status === "connected") ??
    accounts.find((one) => one.status !== "disconnected") ??
    null
  );
};

/**
 * The service keeps the record of what concerns a login it knows, also while nobody is signed in here: other browsers and the
 * cloud post there too. It is not reached then, so a person presses.
 */
const keeperFor = (account: AccountRow | null): PostRow["keeper"] =>
  account && !account.localOnly ? "service" : "browser";

/** Who keeps its record, and what time it is there. */
type Kept = Pick<PostRow, "keeper"> & { now: number };

const newPost = (wanted: Wanted, { keeper, now }: Kept): PostRow => {
  const { item, mode, again } = wanted;
  const id = crypto.randomUUID();
  const consent = again ? { consent: "another" as const } : {};
  const posting = newPosting({ id, itemId: item.id, driver: "tab", mode, at: now, ...consent });
  return { ...emptyPost(wanted, posting), id, keeper };
};

/** What keeps it from being listed there, as far as this browser knows; null when nothing does. */
const inItsWay = async (
  db: HawkerDatabase,
  wanted: Wanted,
): Promise<{ openPostId: string | null } | null> => {
  const { item, platform, account } = wanted;
  const login = account ? loginOf({ id: "", platform, login: { id: account.loginId, name: "" } }) : null;
  const posts = await db.posts.where("itemId").equals(item.id).toArray();
  const here = posts.filter(
    (post) =>
      post.platform === platform && (login === null || post.login === null || loginOf(post) === login),
  );
  const open = here.filter(({ posting }) => !isFinal(posting));
  const postings = [...open, ...here].map(({ posting }) => posting);
  const asked = { action: "list", itemId: item.id, isBeside: wanted.again } as const;
  const first = inTheWay(postings, asked, await overAmong(here, db));
  if (first) {
    const { id } = here.find(({ posting }) => posting === first)!;
    return { openPostId: isFinal(first) ? null : id };
  }
  if (wanted.again) return null;
  // Other browsers and the cloud list there too.
  const listings = await db.listings.where("itemId").equals(item.id).toArray();
  const isLive = listings.some(
    (one) => one.platform === platform && one.accountId === (account?.id ?? null) && one.status === "active",
  );
  return isLive ? { openPostId: null } : null;
};

/** @returns the post's id; null when it is live there already. */
const start = (db: HawkerDatabase, wanted: Wanted, kept: Kept): Promise<string | null> =>
  db.transaction("rw", db.posts, db.listings, async () => {
    const inWay = await inItsWay(db, wanted);
    if (inWay) return inWay.openPostId;
    const post = newPost(wanted, kept);
    await db.posts.add(post);
    return post.id;
  });

export type Started = {
  /** In order of items and channels. */
  postIds: string[];
  /** Left out: a listing of it stands there. */
  alreadyLive: { itemId: string; platform: ChannelId }[];
};

/** @throws MessageError when an item is gone; then nothing was started. */
export const startPosts = async (
  input: { itemIds: readonly string[]; channels: readonly Channel[]; mode: Mode },
  db: HawkerDatabase = database,
): Promise<Started> => {
  const items = await db.items.bulkGet([...input.itemIds]);
  if (items.some((item) => !item || item.deletedAt))
    throw new MessageError("not-found", "One of these items is no longer here. Reload the inventory.");
  const city = await chosenCity(db);
  const started: Started = { postIds: [], alreadyLive: [] };
  for (const item of items.filter((one) => one !== undefined)) {
    for (const channel of input.channels) {
      const account = await accountFor(db, channel);
      const wanted = {
        item,
        city,
        platform: channel.platform,
        account,
        mode: input.mode,
        again: channel.again ?? false,
      };
      const keeper = keeperFor(account);
      const postId = await start(db, wanted, { keeper, now: await keepersNow(keeper) });
      if (postId) started.postIds.push(postId);
      else started.alreadyLive.push({ itemId: item.id, platform: channel.platform });
    }
  }
  return started;
};
