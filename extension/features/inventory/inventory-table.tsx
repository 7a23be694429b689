/** The list, drawn only where it is seen: 10,000 items scroll as one does. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { formatMoney } from "#extension/ui/format.ts";
import { classNames } from "#extension/ui/class-names.ts";
import { text } from "#extension/ui/messages.ts";
import { TimeAgo } from "#extension/ui/time-ago.tsx";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { ChannelStrip } from "./channel-strip.tsx";
import type { InventoryRow } from "./use-inventory.ts";
import { words } from "./words.ts";

export type ListProps = {
  rows: InventoryRow[];
  selected: ReadonlySet<string>;
  onSelect: (id: string, on: boolean) => void;
  onSelectAll: (on: boolean) => void;
  cursor: number;
};

const GRID =
  "grid grid-cols-[32px_minmax(0,1fr)_84px] items-center gap-3 px-3 md:grid-cols-[32px_minmax(0,1fr)_96px_56px_120px_120px_120px]";
const wide = "hidden md:block";

export function InventoryTable({ rows, selected, onSelect, onSelectAll, cursor }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 60,
    overscan: 12,
  });
  useEffect(() => {
    if (cursor >= 0 && cursor < rows.length) virtual.scrollToIndex(cursor);
  }, [cursor, rows.length, virtual]);
  const all = rows.length > 0 && rows.every((r) => selected.has(r.item.id));
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="table"
      aria-label={words.title}
      aria-rowcount={rows.length + 1}
      className="card min-h-0 flex-1 overflow-y-auto"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
        <div role="row" aria-rowindex={1} className={classNames(GRID, "h-9 text-sm font-medium text-ink-2")}>
          <span role="columnheader">
            <input
              type="checkbox"
              className="size-4 accent-accent align-middle"
              aria-label={words.selectAll}
              checked={all}
              onChange={(e) => onSelectAll(e.target.checked)}
            />
          </span>
          <span role="columnheader">{words.columns.item}</span>
          <span role="columnheader" className="text-right">
            {words.columns.price}
          </span>
          <span role="columnheader" className={classNames(wide, "text-right")}>
            {words.columns.quantity}
          </span>
          <span role="columnheader" className={wide}>
            {words.columns.condition}
          </span>
          <span role="columnheader" className={wide}>
            {words.columns.channels}
          </span>
          <span role="columnheader" className={wide}>
            {words.columns.updated}
          </span>
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((v) => {
          const row = rows[v.index];
          if (!row) return null;
          const { item, channels } = row;
          const on = selected.has(item.id);
          return (
            <div
              key={item.id}
              role="row"
              aria-rowindex={v.index + 2}
              aria-selected={on}
              className={classNames(
                GRID,
                "absolute inset-x-0 top-0 h-[60px] border-b border-line",
                on ? "bg-accent-soft" : "hover:bg-sunken",
                v.index === cursor && "outline-2 -outline-offset-2 outline-accent",
              )}
              style={{ transform: `translateY(${v.start}px)` }}
            >
              <span role="cell">
                <input
                  type="checkbox"
                  className="size-4 accent-accent align-middle"
                  aria-label={words.select(item.title)}
                  checked={on}
                  onChange={(e) => onSelect(item.id, e.target.checked)}
                />
              </span>
              <span role="cell" className="flex min-w-0 items-center gap-3">
                <PhotoThumb photoId={item.photos[0]?.id} className="size-11" />
                <span className="min-w-0">
                  <a
                    href={`#/inventory/${item.id}`}
                    title={item.title}
                    className="block truncate font-medium hover:underline"
                  >
                    {item.title}
                  </a>
                  <span className="block truncate text-sm text-ink-3">
                    {[item.sku, item.brand, ...item.labels].filter(Boolean).join(" · ")}
                  </span>
                </span>
              </span>
              <span role="cell" className="tabular text-right">
                {formatMoney(item.price)}
              </span>
              <span role="cell" className={classNames(wide, "tabular text-right")}>
                {item.quantity.toLocaleString()}
              </span>
              <span role="cell" className={classNames(wide, "truncate text-ink-2")}>
                {item.condition ? text.conditions[item.condition] : "–"}
              </span>
              <span role="cell" className={wide}>
                <ChannelStrip channels={channels} />
              </span>
              <span role="cell" className={classNames(wide, "truncate text-sm text-ink-2")}>
                <TimeAgo iso={item.updatedAt} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
