/** What this browser knows of a login besides one post: for logins the service never knew. */
import { isWatched, ownedAmong, rivalsAmong } from "#core/posting/index.ts";
import type { LoginBooks } from "#core/posting/wire.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { othersAt } from "./record.ts";
import { nowByKeeper } from "./session-clock.ts";

export const booksHere = async (post: PostRow): Promise<LoginBooks> => {
  const others = await othersAt(post);
  const listings = await database.listings
    .filter((one) => one.platform === post.platform && (one.accountId ?? null) === post.accountId)
    .toArray();
  const now = await nowByKeeper();
  return {
    owned: ownedAmong(
      others.map(({ posting }) => posting),
      listings,
    ),
    rivals: others.flatMap(({ posting, keeper }) => rivalsAmong([posting], now[keeper])),
    watched: others
      .filter(({ posting, keeper }) => isWatched(posting, now[keeper]))
      .map(({ posting }) => posting),
  };
};
