/** The draft of one item, wired to the database and to the page's own end. */
import { liveQuery } from "dexie";
import { useEffect, useState, useSyncExternalStore } from "react";
import { database } from "#extension/store/database.ts";
import { deleteItem, editItem } from "#extension/store/items.ts";
import { saveTyped } from "#extension/store/typing.ts";
import { forgetTyped, noteTyped } from "#extension/store/typing-journal.ts";
import { toasts } from "#extension/ui/toasts.tsx";
import { goTo } from "../dashboard/use-route.ts";
import { isBlank } from "../inventory/create-and-open.ts";
import { syncSoon } from "../inventory/sync-soon.ts";
import { DraftStore } from "./draft-store.ts";
import type { DraftView } from "./draft-view.ts";
import { spotName } from "./field-text.ts";
import { editFrom, storedField } from "./spots.ts";
import { words } from "./words.ts";

export type Draft = DraftView & Pick<DraftStore, "type" | "choose" | "hold" | "letGo" | "flush" | "change">;

const openDraft = (itemId: string): DraftStore =>
  new DraftStore({
    save: async (spot, held, over) => {
      const seen = { field: storedField(spot), over };
      const kept = await saveTyped({ itemId, held, edit: editFrom(spot, held), seen });
      if (kept.saved) syncSoon();
      return kept;
    },
    write: async (edit) => {
      const item = await editItem(itemId, edit);
      syncSoon();
      return item;
    },
    note: (key, raw, over) => noteTyped({ itemId, key, raw, over, at: new Date().toISOString() }),
    forget: (key, raw) => forgetTyped(itemId, key, raw),
  });

const readStored = (itemId: string) =>
  database.transaction("r", database.items, database.drafts, async () => ({
    item: (await database.items.get(itemId)) ?? null,
    drafts: await database.drafts.where("itemId").equals(itemId).toArray(),
  }));

/** Whoever goes elsewhere hears what they leave unsaved. */
const tellUnsaved = (draft: DraftStore, itemId: string): void => {
  const { item, unsaved } = draft.view();
  if (!item || item.deletedAt || unsaved.length === 0) return;
  toasts.show(
    words.leftUnsaved(
      unsaved.map(({ spot }) => spotName(spot)),
      item.title,
    ),
    {
      meaning: "attention",
      action: { label: words.openAgain, run: () => goTo(`/inventory/${itemId}`) },
    },
  );
};

/** Opened by New item, and left without a word: nobody wants it. */
const isUntouched = (draft: DraftStore): boolean => {
  const { item, unsaved } = draft.view();
  return Boolean(item) && unsaved.length === 0 && isBlank(item!);
};

const dropUntouched = async (itemId: string): Promise<void> => {
  if (location.hash.includes(itemId)) return; // still open
  await deleteItem(itemId);
  syncSoon();
};

const connect = (draft: DraftStore, itemId: string): (() => void) => {
  const watching = liveQuery(() => readStored(itemId)).subscribe(draft.store);
  const save = () => void draft.flush();
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", save);
  return () => {
    removeEventListener("pagehide", save);
    document.removeEventListener("visibilitychange", save);
    watching.unsubscribe();
    void draft.flush().then(() => (isUntouched(draft) ? dropUntouched(itemId) : tellUnsaved(draft, itemId)));
  };
};

/** @param itemId stays the same for the life of the component. */
export const useDraft = (itemId: string): Draft => {
  const [draft] = useState(() => openDraft(itemId));
  useEffect(() => connect(draft, itemId), [draft, itemId]);
  const view = useSyncExternalStore(draft.subscribe, draft.view);
  const { type, choose, hold, letGo, flush, change } = draft;
  return { ...view, type, choose, hold, letGo, flush, change };
};
