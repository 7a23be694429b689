import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { classNames } from "#extension/ui/class-names.ts";
import { formatMoney } from "#extension/ui/format.ts";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { ChannelStrip } from "./channel-strip.tsx";
import type { ListProps } from "./inventory-table.tsx";
import { words } from "./words.ts";

const CARD = 200;

/** The same rows as pictures. */
export function InventoryGrid({ rows, selected, onSelect, cursor }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(4);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const watch = new ResizeObserver(([entry]) =>
      setColumns(Math.max(1, Math.floor((entry?.contentRect.width ?? 800) / CARD))),
    );
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const virtual = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => 268,
    overscan: 3,
  });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="list"
      aria-label={words.title}
      className="min-h-0 flex-1 overflow-y-auto pr-2"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((v) => (
          <div
            key={v.key}
            role="presentation"
            className="absolute inset-x-0 top-0 grid gap-3"
            style={{
              transform: `translateY(${v.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {rows.slice(v.index * columns, (v.index + 1) * columns).map(({ item, channels }, i) => (
              <div
                key={item.id}
                role="listitem"
                className={classNames(
                  "card relative flex h-64 flex-col overflow-hidden",
                  selected.has(item.id) && "border-accent bg-accent-soft",
                  v.index * columns + i === cursor && "outline-2 outline-accent",
                )}
              >
                <PhotoThumb photoId={item.photos[0]?.id} className="h-36 w-full rounded-none border-0" />
                <input
                  type="checkbox"
                  className="absolute top-2 left-2 size-5 accent-accent"
                  aria-label={words.select(item.title)}
                  checked={selected.has(item.id)}
                  onChange={(e) => onSelect(item.id, e.target.checked)}
                />
                <div className="flex min-h-0 flex-1 flex-col gap-1 p-3">
                  <a
                    href={`#/inventory/${item.id}`}
                    title={item.title}
                    className="line-clamp-2 font-medium wrap-anywhere hover:underline"
                  >
                    {item.title}
                  </a>
                  <div className="mt-auto flex items-center justify-between">
                    <span className="tabular">{formatMoney(item.price)}</span>
                    <ChannelStrip channels={channels} />
                  </div>
                </div>
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
