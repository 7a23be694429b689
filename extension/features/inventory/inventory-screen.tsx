import { LayoutGrid, List, PackagePlus, Plus, Search, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "#extension/ui/button.tsx";
import { FilterChips } from "#extension/ui/filter-chips.tsx";
import { EmptyPlace, SkeletonRows } from "#extension/ui/notices.tsx";
import { CrosspostDialog } from "../crosspost/crosspost-dialog.tsx";
import { goTo } from "../dashboard/use-route.ts";
import { ImportDialog } from "../import/import-dialog.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { createAndOpen } from "./create-and-open.ts";
import { InventoryGrid } from "./inventory-grid.tsx";
import { InventoryTable } from "./inventory-table.tsx";
import { useInventory, type Filter } from "./use-inventory.ts";
import { useListKeys } from "./use-list-keys.ts";
import { words } from "./words.ts";

const FILTERS = (Object.keys(words.filters) as Filter[]).map((value) => ({
  value,
  label: words.filters[value],
}));
const VIEW_ON = "bg-accent-soft text-accent hover:bg-accent-soft hover:text-accent";

export function InventoryScreen({
  crosspostId,
  openImport,
}: {
  crosspostId: string | null;
  openImport: boolean;
}) {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const [view, setView] = useState<"table" | "grid">("table");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState(-1);
  const [importing, setImporting] = useState(openImport);
  const [posting, setPosting] = useState<string[] | null>(crosspostId ? [crosspostId] : null);
  const searchBox = useRef<HTMLInputElement>(null);
  const list = useInventory(search, filter);
  useEffect(() => {
    if (crosspostId) setPosting([crosspostId]);
  }, [crosspostId]);
  useEffect(() => {
    if (openImport) setImporting(true);
  }, [openImport]);

  const rows = list?.rows ?? [];
  const under = rows[cursor]?.item;
  const select = (id: string, on: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  useListKeys({
    next: () => setCursor((c) => Math.min(rows.length - 1, c + 1)),
    previous: () => setCursor((c) => Math.max(0, c - 1)),
    select: () => under && select(under.id, !selected.has(under.id)),
    crosspost: () => (selected.size > 0 ? setPosting([...selected]) : under && setPosting([under.id])),
    open: () => under && goTo(`/inventory/${under.id}`),
    search: () => searchBox.current?.focus(),
  });
  const listProps = {
    rows,
    selected,
    onSelect: select,
    onSelectAll: (on: boolean) => setSelected(on ? new Set(rows.map((r) => r.item.id)) : new Set()),
    cursor,
  };
  const closeTo = (close: () => void) => () => {
    close();
    if (location.hash.includes("?")) goTo("/inventory");
  };
  const importButton = (
    <Button icon={<Upload aria-hidden className="size-4" />} onClick={() => setImporting(true)}>
      {words.import}
    </Button>
  );
  const newButton = (
    <Button
      kind="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => void createAndOpen()}
    >
      {words.newItem}
    </Button>
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 p-3 sm:p-6">
      <header className="flex flex-wrap items-center gap-2 max-sm:[&>h1]:flex-1">
        <h1 className="text-lg font-semibold sm:text-xl">{words.title}</h1>
        <span className="tabular flex-1 text-ink-3 max-sm:sr-only">{list ? words.count(list.all) : ""}</span>
        {importButton}
        {newButton}
      </header>
      {list && list.all > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <div className="relative min-w-40 flex-1 max-sm:basis-full sm:max-w-sm">
            <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
            <input
              ref={searchBox}
              type="search"
              aria-label={words.search}
              placeholder={words.search}
              value={search}
              onChange={(e) => setSearch(e.target.value)}
              className="control pl-9"
            />
          </div>
          <div className="flex min-w-0 flex-1">
            <FilterChips label={words.filter} value={filter} onChange={setFilter} options={FILTERS} />
          </div>
          <div role="group" aria-label={words.view} className="ml-auto flex shrink-0">
            <IconButton
              label={words.table}
              aria-pressed={view === "table"}
              className={view === "table" ? VIEW_ON : ""}
              onClick={() => setView("table")}
            >
              <List aria-hidden className="size-4" />
            </IconButton>
            <IconButton
              label={words.grid}
              aria-pressed={view === "grid"}
              className={view === "grid" ? VIEW_ON : ""}
              onClick={() => setView("grid")}
            >
              <LayoutGrid aria-hidden className="size-4" />
            </IconButton>
          </div>
        </div>
      ) : null}
      {!list ? (
        <SkeletonRows rows={9} height={52} />
      ) : list.all === 0 ? (
        <EmptyPlace
          icon={<PackagePlus aria-hidden />}
          title={words.emptyTitle}
          action={
            <>
              <Button kind="primary" onClick={() => void createAndOpen()}>
                {words.newItem}
              </Button>
              <Button onClick={() => setImporting(true)}>{words.importFromShopify}</Button>
            </>
          }
        >
          {words.emptyText}
        </EmptyPlace>
      ) : rows.length === 0 ? (
        <EmptyPlace
          title={words.noneTitle}
          action={
            <Button
              onClick={() => {
                setSearch("");
                setFilter("all");
              }}
            >
              {words.clearFilter}
            </Button>
          }
        >
          {words.noneText}
        </EmptyPlace>
      ) : view === "table" ? (
        <InventoryTable {...listProps} />
      ) : (
        <InventoryGrid {...listProps} />
      )}
      <BulkBar
        ids={[...selected]}
        onClear={() => setSelected(new Set())}
        onCrosspost={() => setPosting([...selected])}
      />
      {importing ? <ImportDialog onClose={closeTo(() => setImporting(false))} /> : null}
      {posting ? (
        <CrosspostDialog
          itemIds={posting}
          onClose={closeTo(() => setPosting(null))}
          onStarted={() => {
            setSelected(new Set());
            setPosting(null);
            goTo("/jobs");
          }}
        />
      ) : null}
    </div>
  );
}
