/** What this browser knows of a login besides one post: for logins the service never knew. */
import { isWatched, type ProvedBy, rivalsAmong } from "#core/posting/index.ts";
import type { LoginBooks } from "#core/posting/wire.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { loginOf } from "./record.ts";

type Owner = { posting: string | null; item: string | null; by: ProvedBy | "record" };

export const booksHere = async (post: PostRow): Promise<LoginBooks> => {
  const login = loginOf(post);
  const posts = await database.posts.where("platform").equals(post.platform).toArray();
  const others = posts.filter((other) => other.id !== post.id && loginOf(other) === login);
  const listings = await database.listings
    .filter((one) => one.platform === post.platform && (one.accountId ?? null) === post.accountId)
    .toArray();
  const owned = new Map<string, Owner>();
  for (const { externalId, itemId } of listings)
    if (externalId) owned.set(externalId, { posting: null, item: itemId, by: "record" });
  for (const { posting } of others)
    for (const id of posting.dismissed) owned.set(id, { posting: null, item: null, by: "person" });
  for (const { posting, itemId } of others)
    if (posting.state === "done" && posting.listing)
      owned.set(posting.listing.externalId, { posting: posting.id, item: itemId, by: posting.listing.by });
  return {
    owned,
    rivals: rivalsAmong(
      others.map(({ posting }) => posting),
      Date.now(),
    ),
    watched: others.map(({ posting }) => posting).filter((posting) => isWatched(posting, Date.now())),
  };
};
