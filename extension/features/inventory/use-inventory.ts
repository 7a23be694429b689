/** The items of the list with where each is live, searched and filtered. */
import { useLiveQuery } from "dexie-react-hooks";
import { useMemo } from "react";
import type { Item } from "#core/item/item.ts";
import { errorsAmong } from "#core/marketplace/checks.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { CHANNEL_IDS, MARKETPLACES } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import type { ShownState } from "#extension/ui/state-badge.tsx";
import { shownPost, shownTarget } from "../posts/use-posts.ts";

export type Filter = "all" | "unlisted" | "listed" | "problems";
export type ChannelState = Partial<Record<ChannelId, ShownState>>;
export type InventoryRow = { item: Item; channels: ChannelState };

const readRows = async (): Promise<InventoryRow[]> => {
  const [items, posts, targets, listings] = await Promise.all([
    database.items
      .orderBy("updatedAt")
      .reverse()
      .filter((i) => i.deletedAt === null)
      .toArray(),
    database.posts.orderBy("createdAt").toArray(),
    database.targets.toArray(),
    database.listings.where("itemId").above("").toArray(),
  ]);
  const states = new Map<string, ChannelState>();
  const put = (itemId: string | null, channel: ChannelId, state: ShownState) => {
    if (!itemId) return;
    const of = states.get(itemId) ?? {};
    // Live stays live: a later failed try does not take the first listing away.
    if (of[channel] !== "done") of[channel] = state;
    states.set(itemId, of);
  };
  for (const l of listings) if (l.status === "active") put(l.itemId, l.platform, "done");
  for (const t of targets)
    if (t.posting.action === "list" && t.posting.state !== "cancelled")
      put(t.posting.itemId, t.platform, shownTarget(t));
  for (const p of posts) if (p.posting.state !== "cancelled") put(p.itemId, p.platform, shownPost(p));
  return items.map((item) => ({ item, channels: states.get(item.id) ?? {} }));
};

const hasErrors = (item: Item): boolean =>
  CHANNEL_IDS.some((c) => errorsAmong(MARKETPLACES[c].problemsOf(item)).length > 0);

const passes: Record<Filter, (row: InventoryRow) => boolean> = {
  all: () => true,
  unlisted: ({ channels }) => !Object.values(channels).includes("done"),
  listed: ({ channels }) => Object.values(channels).includes("done"),
  problems: ({ item }) => hasErrors(item),
};

export const useInventory = (
  search: string,
  filter: Filter,
): { all: number; rows: InventoryRow[] } | undefined => {
  const read = useLiveQuery(readRows, []);
  return useMemo(() => {
    if (!read) return undefined;
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = read.filter((row) => {
      if (!passes[filter](row)) return false;
      const { title, sku, brand, labels, tags } = row.item;
      const haystack = [title, sku, brand, ...labels, ...tags].join(" ").toLowerCase();
      return words.every((w) => haystack.includes(w));
    });
    return { all: read.length, rows };
  }, [read, search, filter]);
};
