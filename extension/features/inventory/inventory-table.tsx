/** The list, drawn only where it is seen: 10,000 items scroll as one does. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useSyncExternalStore } from "react";
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
  "grid grid-cols-[24px_minmax(0,1fr)] items-center gap-3 px-3 md:grid-cols-[24px_minmax(0,1fr)_88px_104px] md:gap-4 lg:grid-cols-[24px_minmax(0,1fr)_88px_104px_112px] xl:grid-cols-[24px_minmax(0,1fr)_88px_40px_112px_104px_112px]";
const medium = "hidden md:block";
const large = "hidden lg:block";
const wide = "hidden xl:block";
const wideScreen = matchMedia("(min-width: 48rem)");

/** From 768 px on there are columns; below, price and sites stand under the title. */
const useColumns = () =>
  useSyncExternalStore(
    (tell) => {
      wideScreen.addEventListener("change", tell);
      return () => wideScreen.removeEventListener("change", tell);
    },
    () => wideScreen.matches,
  );

export function InventoryTable({ rows, selected, onSelect, onSelectAll, cursor }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumns();
  const height = columns ? 60 : 92;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
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
              className="block size-4 accent-accent"
              aria-label={words.selectAll}
              checked={all}
              onChange={(e) => onSelectAll(e.target.checked)}
            />
          </span>
          <span role="columnheader">{words.columns.item}</span>
          <span role="columnheader" className={classNames(medium, "text-right")}>
            {words.columns.price}
          </span>
          <span role="columnheader" className={classNames(wide, "text-right")}>
            {words.columns.quantity}
          </span>
          <span role="columnheader" className={wide}>
            {words.columns.condition}
          </span>
          <span role="columnheader" className={medium}>
            {words.columns.channels}
          </span>
          <span role="columnheader" className={large}>
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
                "absolute inset-x-0 top-0 border-b border-line",
                on ? "bg-accent-soft" : "hover:bg-sunken",
                v.index === cursor && "outline-2 -outline-offset-2 outline-accent",
              )}
              style={{ height, transform: `translateY(${v.start}px)` }}
            >
              <span role="cell">
                <input
                  type="checkbox"
                  className="block size-4 accent-accent"
                  aria-label={words.select(item.title)}
                  checked={on}
                  onChange={(e) => onSelect(item.id, e.target.checked)}
                />
              </span>
              <span role="cell" className="flex min-w-0 items-center gap-3">
                <PhotoThumb photoId={item.photos[0]?.id} className={columns ? "size-11" : "size-16"} />
                <span className="flex min-w-0 flex-1 flex-col gap-1 md:gap-0">
                  <a
                    href={`#/inventory/${item.id}`}
                    title={item.title}
                    className="line-clamp-2 font-medium wrap-anywhere hover:underline md:block md:truncate"
                  >
                    {item.title}
                  </a>
                  {columns ? (
                    <span className="block truncate text-sm text-ink-3">
                      {[item.sku, item.brand, ...item.labels].filter(Boolean).join(" · ")}
                    </span>
                  ) : (
                    <span className="flex items-center justify-between gap-2 pr-1">
                      <span className="tabular text-ink-2">{formatMoney(item.price)}</span>
                      <ChannelStrip channels={channels} />
                    </span>
                  )}
                </span>
              </span>
              <span role="cell" className={classNames(medium, "tabular text-right")}>
                {formatMoney(item.price)}
              </span>
              <span role="cell" className={classNames(wide, "tabular text-right")}>
                {item.quantity.toLocaleString()}
              </span>
              <span role="cell" className={classNames(wide, "truncate text-ink-2")}>
                {item.condition ? text.conditions[item.condition] : "–"}
              </span>
              <span role="cell" className={medium}>
                {columns ? <ChannelStrip channels={channels} /> : null}
              </span>
              <span role="cell" className={classNames(large, "truncate text-sm text-ink-2")}>
                <TimeAgo iso={item.updatedAt} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
