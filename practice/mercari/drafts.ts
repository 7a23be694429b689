import type { World } from "../server/world.ts";
import { emptyInput, type Card, type SellInput } from "./listing.ts";

/** The one draft a seller has; the sell form restores it on load. */
export interface Drafts {
  /** The seller's draft, or one a control fault left behind. */
  take(handle: string): SellInput | null;
  /** The seller's draft as the list of drafts shows it. */
  peek(handle: string): Card | null;
  save(handle: string, input: SellInput): void;
  clear(handle: string): void;
}

const leftover = {
  title: "Old draft: blue desk lamp",
  description: "A draft from last week that was never listed.",
  category: "Home > Home decor > Lamps",
  price: "12.00",
};

export function createDrafts(world: World): Drafts {
  const drafts = new Map<string, SellInput>();
  world.onReset((site) => {
    if (site === null || site === "mercari") drafts.clear();
  });
  return {
    take(handle) {
      const fault = world.faults.strike("mercari", handle, "restore-draft");
      if (fault) drafts.set(handle, { ...emptyInput, ...(fault.draft ?? leftover) });
      return drafts.get(handle) ?? null;
    },
    peek(handle) {
      const draft = drafts.get(handle);
      return draft ? { id: "", title: draft.title, price: draft.price, status: "draft", photos: [] } : null;
    },
    save: (handle, input) => void drafts.set(handle, input),
    clear: (handle) => void drafts.delete(handle),
  };
}
