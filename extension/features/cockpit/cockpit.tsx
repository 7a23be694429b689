/** The side panel: one item's posts, newest first, with the controls always in reach. */
import { useLiveQuery } from "dexie-react-hooks";
import { PackageOpen } from "lucide-react";
import { useState } from "react";
import { writeSetting } from "#extension/store/settings.ts";
import { Button } from "#extension/ui/button.tsx";
import { formatMoney } from "#extension/ui/format.ts";
import { Banner, EmptyPlace, SkeletonRows } from "#extension/ui/notices.tsx";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { openDashboard } from "../popup/open-dashboard.ts";
import { ChannelPanel } from "./channel-panel.tsx";
import { Footer } from "./footer.tsx";
import type { ShownItem } from "./item-to-show.ts";
import { readView } from "./read-view.ts";
import { words } from "./words.ts";

const show = (itemId: string) =>
  void writeSetting("panel", { itemId, from: null, at: new Date().toISOString() });

export function Cockpit() {
  const [shown, setShown] = useState<ShownItem | null>(null);
  const view = useLiveQuery(() => readView(shown), [shown?.itemId, shown?.at]);
  if (view?.shown && (view.shown.itemId !== shown?.itemId || view.shown.at !== shown.at))
    setShown(view.shown);
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
            <h1 className="line-clamp-2 font-semibold wrap-anywhere" title={item.title}>
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
