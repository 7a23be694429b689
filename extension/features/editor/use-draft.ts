/** The draft of one item, wired to the database and to the page's own end. */
import { liveQuery } from "dexie";
import { useEffect, useState, useSyncExternalStore } from "react";
import { database } from "#extension/store/database.ts";
import { editItem } from "#extension/store/items.ts";
import { syncSoon } from "../inventory/sync-soon.ts";
import { DraftStore, type DraftView } from "./draft-store.ts";

export type Draft = DraftView & Pick<DraftStore, "type" | "choose" | "hold" | "letGo" | "flush" | "change">;

const openDraft = (itemId: string): DraftStore =>
  new DraftStore(async (edit) => {
    const item = await editItem(itemId, edit);
    syncSoon();
    return item;
  });

const connect = (draft: DraftStore, itemId: string): (() => void) => {
  const watching = liveQuery(async () => (await database.items.get(itemId)) ?? null).subscribe(draft.store);
  const save = () => void draft.flush();
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", save);
  return () => {
    removeEventListener("pagehide", save);
    document.removeEventListener("visibilitychange", save);
    watching.unsubscribe();
    save();
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
