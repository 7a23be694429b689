/** What this browser knows of a login besides one post: for logins the service never knew. */
import { isWatched, ownedAmong, rivalsAmong } from "#core/posting/index.ts";
import type { LoginBooks } from "#core/posting/wire.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { othersAt } from "./record.ts";

export const booksHere = async (post: PostRow): Promise<LoginBooks> => {
  const others = await othersAt(post);
  const listings = await database.listings
    .filter((one) => one.platform === post.platform && (one.accountId ?? null) === post.accountId)
    .toArray();
  const now = Date.now();
  const postings = others.map(({ posting }) => posting);
  return {
    owned: ownedAmong(postings, listings),
    rivals: rivalsAmong(postings, now),
    watched: postings.filter((posting) => isWatched(posting, now)),
  };
};
