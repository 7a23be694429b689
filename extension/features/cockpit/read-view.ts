/** What the side panel shows of its item, and which other items have posts under way. */
import type { Item } from "#core/item/item.ts";
import { database } from "#extension/store/database.ts";
import { readSetting } from "#extension/store/settings.ts";
import type { PanelView, PostRow } from "#extension/store/rows.ts";
import { channelName } from "#extension/ui/channel-tile.tsx";
import { newestFirst, readOpenPosts } from "../posts/read-postings.ts";
import { shownPost, waitsForPerson } from "../posts/use-posts.ts";
import { itemToShow, type ShownItem } from "./item-to-show.ts";
import { words } from "./words.ts";

export type View = {
  shown: ShownItem | null;
  item: Item | null;
  /** What the person has to know of the page the item was taken from. */
  unreadPrice: string | null;
  /** Per site and account its newest. */
  posts: PostRow[];
  /** Those that wait for the person first, then the newest. */
  others: { itemId: string; title: string }[];
};

const unreadPriceOf = (panel: PanelView | undefined, item: Item | null): string | null =>
  panel?.unreadPrice && panel.from && item?.id === panel.itemId && item.price.amountMinor === 0
    ? words.unreadPrice(panel.unreadPrice, channelName(panel.from))
    : null;

const newestPosts = async (itemId: string): Promise<PostRow[]> => {
  const own = (await database.posts.where("itemId").equals(itemId).toArray()).sort(newestFirst);
  return own.filter(
    (p, i) => own.findIndex((q) => q.platform === p.platform && q.accountId === p.accountId) === i,
  );
};

const waits = (post: PostRow): number => (waitsForPerson({ state: shownPost(post) }) ? 1 : 0);

export const readView = async (present: ShownItem | null): Promise<View> => {
  const [panel, newest, open] = await Promise.all([
    readSetting("panel"),
    database.posts.orderBy("createdAt").last(),
    readOpenPosts(),
  ]);
  const underWay = new Set(open.map(({ itemId }) => itemId));
  const shown = itemToShow(present, { panel, newest, underWay });
  const posts = shown ? await newestPosts(shown.itemId) : [];
  const item = (shown && (await database.items.get(shown.itemId))) || posts[0]?.item || null;
  const others = new Map(
    open
      .sort((a, b) => waits(b) - waits(a) || newestFirst(a, b))
      .filter(({ itemId }) => itemId !== shown?.itemId)
      .map((post) => [post.itemId, post.item.title]),
  );
  return {
    shown,
    item,
    unreadPrice: unreadPriceOf(panel, item),
    posts: posts.sort((a, b) => a.platform.localeCompare(b.platform)),
    others: [...others].map(([itemId, title]) => ({ itemId, title })),
  };
};
