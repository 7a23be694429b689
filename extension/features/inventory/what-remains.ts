/** What deleting items in Hawker does not end: listings stay on their sites, and what is being published may come up there. */
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { isFinal } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import type { ListingRow, PostRow, TargetRow } from "#extension/store/rows.ts";

export type Remains = {
  /** A listing stands there. */
  live: ChannelId[];
  /** Being posted now, or asked for. */
  underWay: ChannelId[];
};

const distinct = (channels: ChannelId[]): ChannelId[] => [...new Set(channels)].sort();

export function remainsOf(itemIds: readonly string[], { listings, posts, targets }: Known): Remains {
  const isOf = (itemId: string | null) => itemId !== null && itemIds.includes(itemId);
  const standing = listings.filter(({ itemId, status }) => isOf(itemId) && status === "active");
  const open = [...posts, ...targets].filter(
    ({ posting }) => posting.action === "list" && isOf(posting.itemId) && !isFinal(posting),
  );
  return {
    live: distinct(standing.map(({ platform }) => platform)),
    underWay: distinct(open.map(({ platform }) => platform)),
  };
}

type Known = {
  listings: readonly Pick<ListingRow, "itemId" | "status" | "platform">[];
  posts: readonly Pick<PostRow, "posting" | "platform">[];
  targets: readonly Pick<TargetRow, "posting" | "platform">[];
};

export const whatRemains = async (itemIds: readonly string[]): Promise<Remains> => {
  const [listings, posts, targets] = await Promise.all([
    database.listings.where("itemId").anyOf(itemIds).toArray(),
    database.posts.where("itemId").anyOf(itemIds).toArray(),
    database.targets.toArray(),
  ]);
  return remainsOf(itemIds, { listings, posts, targets });
};
