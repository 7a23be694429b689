/** The side panel: one item's posts, newest first, with the controls always in reach. */
import { useLiveQuery } from "dexie-react-hooks";
import { PackageOpen } from "lucide-react";
import type { Item } from "#core/item/item.ts";
import { send } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import type { PanelView, PostRow } from "#extension/store/rows.ts";
import { Button } from "#extension/ui/button.tsx";
import { channelName } from "#extension/ui/channel-tile.tsx";
import { formatMoney } from "#extension/ui/format.ts";
import { Banner, EmptyPlace, SkeletonRows, sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { openDashboard } from "../popup/open-dashboard.ts";
import { isFinal } from "#core/posting/index.ts";
import { shownPost } from "../posts/use-posts.ts";
import { ChannelPanel } from "./channel-panel.tsx";
import { words } from "./words.ts";

type View = {
  item: Item | null;
  /** What the person has to know of the page the item was taken from. */
  unreadPrice: string | null;
  posts: PostRow[];
  others: { itemId: string; title: string }[];
};

const unreadPriceOf = (panel: PanelView | undefined, item: Item | null): string | null =>
  panel?.unreadPrice && panel.from && item?.id === panel.itemId && item.price.amountMinor === 0
    ? words.unreadPrice(panel.unreadPrice, channelName(panel.from))
    : null;

/** The item the panel was opened for, else the one posted last; per site its newest post. */
const readView = async (): Promise<View> => {
  const panel = await readSetting("panel");
  const posts = await database.posts.orderBy("createdAt").reverse().limit(200).toArray();
  const lead = posts[0];
  // Opening the panel for an item holds until something newer is posted.
  const itemId =
    panel?.itemId && (!lead || panel.at >= lead.createdAt || !isFinal(lead.posting))
      ? panel.itemId
      : (lead?.itemId ?? panel?.itemId ?? null);
  const own = posts.filter((p) => p.itemId === itemId);
  const newest = own.filter(
    (p, i) => own.findIndex((q) => q.platform === p.platform && q.accountId === p.accountId) === i,
  );
  const item = (itemId && (await database.items.get(itemId))) || newest[0]?.item || null;
  const others = new Map(
    posts.filter((p) => p.itemId !== itemId && !isFinal(p.posting)).map((p) => [p.itemId, p.item.title]),
  );
  return {
    item,
    unreadPrice: unreadPriceOf(panel, item),
    posts: newest.sort((a, b) => a.platform.localeCompare(b.platform)),
    others: [...others].map(([id, title]) => ({ itemId: id, title })),
  };
};

const forEach = async (posts: PostRow[], type: "post.publish" | "post.pause" | "post.resume") => {
  for (const { id } of posts)
    await send(type, { postId: id }).catch((cause: unknown) =>
      toasts.show(sentenceOf(cause), { meaning: "failed" }),
    );
};

function Footer({ posts }: { posts: PostRow[] }) {
  const open = posts.filter((p) => !isFinal(p.posting));
  const ready = open.filter((p) => shownPost(p) === "ready");
  const paused = open.filter((p) => shownPost(p) === "paused");
  const going = open.filter((p) => ["queued", "claimed", "filling"].includes(shownPost(p)));
  if (ready.length + paused.length + going.length === 0) return null;
  return (
    <footer role="group" aria-label={words.footer} className="flex gap-2 border-t border-line bg-surface p-3">
      {ready.length > 0 ? (
        <Button kind="primary" className="flex-1" onClick={() => void forEach(ready, "post.publish")}>
          {words.publishAll(ready.length)}
        </Button>
      ) : null}
      {going.length > 0 ? (
        <Button className="flex-1" onClick={() => void forEach(going, "post.pause")}>
          {words.pauseAll}
        </Button>
      ) : null}
      {paused.length > 0 ? (
        <Button className="flex-1" onClick={() => void forEach(paused, "post.resume")}>
          {words.resumeAll}
        </Button>
      ) : null}
    </footer>
  );
}

const show = (itemId: string) =>
  void writeSetting("panel", { itemId, from: null, at: new Date().toISOString() });

export function Cockpit() {
  const view = useLiveQuery(readView, []);
  if (!view)
    return (
      <div className="p-3">
        <SkeletonRows rows={4} height={80} />
      </div>
    );
  const { item, unreadPrice, posts, others } = view;
  return (
    <div className="flex h-dvh min-w-0 flex-col bg-canvas">
      {item ? (
        <header className="flex items-center gap-3 border-b border-line bg-surface p-3">
          <PhotoThumb photoId={item.photos[0]?.id} className="size-14" />
          <div className="min-w-0 flex-1">
            <h1 className="line-clamp-2 font-semibold" title={item.title}>
              {item.title}
            </h1>
            <p className="tabular text-ink-2">
              {item.price.amountMinor === 0 ? words.noPrice : formatMoney(item.price)}
            </p>
          </div>
        </header>
      ) : (
        <h1 className="sr-only">{words.title}</h1>
      )}
      <main className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3 [&>*]:shrink-0">
        {item && unreadPrice ? (
          <Banner
            meaning="attention"
            action={
              <Button onClick={() => void openDashboard(`/inventory/${item.id}`)}>{words.setPrice}</Button>
            }
          >
            {unreadPrice}
          </Banner>
        ) : null}
        {posts.map((post) => (
          <ChannelPanel key={post.id} post={post} startOpen={posts.length === 1} />
        ))}
        {posts.length === 0 && item ? (
          <Button kind="primary" onClick={() => void openDashboard(`/inventory?crosspost=${item.id}`)}>
            {words.crosspost}
          </Button>
        ) : null}
        {!item ? (
          <EmptyPlace
            icon={<PackageOpen aria-hidden />}
            title={words.emptyTitle}
            action={
              <Button kind="primary" onClick={() => void openDashboard("/inventory")}>
                {words.toInventory}
              </Button>
            }
          >
            {words.emptyText}
          </EmptyPlace>
        ) : null}
        {others.length > 0 ? (
          <nav aria-label={words.others}>
            <h2 className="mb-1 text-sm font-semibold text-ink-2">{words.others}</h2>
            <ul className="card divide-y divide-line">
              {others.map((o) => (
                <li key={o.itemId}>
                  <button
                    type="button"
                    onClick={() => show(o.itemId)}
                    className="w-full truncate px-3 py-2 text-left hover:bg-sunken"
                  >
                    {o.title}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
      </main>
      <Footer posts={posts} />
    </div>
  );
}
