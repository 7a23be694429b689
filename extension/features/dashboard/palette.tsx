import { Command } from "cmdk";
import { useLiveQuery } from "dexie-react-hooks";
import { database } from "#extension/store/database.ts";
import { createAndOpen } from "../inventory/create-and-open.ts";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { goTo } from "./use-route.ts";
import { words } from "./words.ts";

const row = "flex items-center gap-3 rounded px-3 py-2 data-[selected=true]:bg-accent-soft";
const group =
  "p-2 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3";

export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const items =
    useLiveQuery(
      async () =>
        open
          ? database.items
              .orderBy("updatedAt")
              .reverse()
              .filter((i) => i.deletedAt === null)
              .limit(500)
              .toArray()
          : [],
      [open],
    ) ?? [];
  const then = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      label={words.palette}
      overlayClassName="fixed inset-0 z-40 bg-[rgb(10_14_20/0.5)]"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded border border-line bg-raised shadow-pop"
    >
      <Command.Input
        placeholder={words.paletteHint}
        aria-label={words.paletteHint}
        className="w-full border-b border-line bg-transparent px-4 py-3 text-lg placeholder:text-ink-3 focus:outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto">
        <Command.Empty className="p-6 text-center text-ink-2">{words.nothingFound}</Command.Empty>
        <Command.Group heading={words.actions} className={group}>
          <Command.Item className={row} onSelect={then(() => void createAndOpen())}>
            {words.newItem}
          </Command.Item>
          <Command.Item className={row} onSelect={then(() => goTo("/inventory?import"))}>
            {words.importItems}
          </Command.Item>
        </Command.Group>
        <Command.Group heading={words.goTo} className={group}>
          {Object.entries(words.places).map(([place, name]) => (
            <Command.Item key={place} className={row} onSelect={then(() => goTo(`/${place}`))}>
              {name}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={words.items} className={group}>
          {items.map((item) => (
            <Command.Item
              key={item.id}
              value={`${item.title} ${item.sku} ${item.id}`}
              className={row}
              onSelect={then(() => goTo(`/inventory/${item.id}`))}
            >
              <PhotoThumb photoId={item.photos[0]?.id} className="size-7" />
              <span className="truncate">{item.title}</span>
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}
