/**
 * A login that this browser alone knew is known to the service now: the posts whose record was kept here go over to it
 * (core/posting/hand-over.ts), at once, in the transaction that makes the account known, and heard of through the outbox like all
 * that happened while the service was away.
 */
import { itemFor } from "#core/marketplace/marketplace.ts";
import {
  handedOver,
  isOpenOrListed,
  policyOf,
  sameLogin,
  waitsForHand,
  type PostingEvent,
} from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { HawkerDatabase } from "./database.ts";
import type { AccountRow, PostRow } from "./rows.ts";

type Known = Pick<AccountRow, "id" | "platform" | "loginId" | "handle" | "localOnly">;

/** Kept here although the service knows its login. What is over stays here, but a listing that stands is to be known. */
export const isToHandOver = (post: PostRow, account: Known): boolean =>
  post.keeper === "browser" &&
  !account.localOnly &&
  post.platform === account.platform &&
  post.login !== null &&
  sameLogin(post.login.id, account.loginId) &&
  isOpenOrListed(post.posting);

/** The post as the service will keep it, and what it has to hear, in order. */
export function handedOverPost(
  post: PostRow,
  account: Pick<Known, "id" | "loginId" | "handle">,
  now: number,
): { post: PostRow; tell: PostingEvent[] } {
  const before = post.posting;
  const marketplace = marketplaceOf(post.platform);
  const { title, price } = itemFor(post.item, post.platform);
  const { posting, tell } = handedOver(
    before,
    {
      marker: marketplace.markerOf(post.item),
      policy: policyOf(marketplace),
      record: { title, priceMinor: price.amountMinor, currency: price.currency },
    },
    now,
  );
  return {
    tell,
    post: {
      ...post,
      keeper: "service",
      accountId: account.id,
      login: { id: account.loginId, name: account.handle },
      target: null,
      asked: null,
      heardAt: null,
      posting,
      ...(waitsForHand(before) ? { paused: true, note: before.ending } : {}),
      updatedAt: new Date(now).toISOString(),
    },
  };
}

/** Everything that changes with it: one transaction. */
export const handOverTables = (db: HawkerDatabase) => [db.accounts, db.posts, db.postingOutbox, db.listings];

/**
 * Inside a transaction over `handOverTables`.
 * @returns the ids of the posts that went over.
 */
export const handOver = async (db: HawkerDatabase, account: Known): Promise<string[]> => {
  if (account.localOnly) return [];
  const here = await db.posts.where("platform").equals(account.platform).toArray();
  const going = here.filter((post) => isToHandOver(post, account));
  for (const before of going) {
    const { post, tell } = handedOverPost(before, account, Date.now());
    await db.posts.put(post);
    const { id: postId, updatedAt: at } = post;
    for (const event of tell) await db.postingOutbox.add({ postId, eventId: crypto.randomUUID(), event, at });
    // Until the service's own record of it comes (pull-changes.ts).
    await db.listings.update(postId, { accountId: account.id });
  }
  return going.map(({ id }) => id);
};
