/**
 * Which item the panel is about. It changes when the person chooses another one. By itself it goes to what was posted last, and
 * only when nothing of the present one is under way: where they are about to press, nothing else takes its place.
 */
import type { PanelView, PostRow } from "#extension/store/rows.ts";

/** `at`: when it was chosen, or posted. */
export type ShownItem = { itemId: string; at: string };

type Known = {
  panel: PanelView | undefined;
  newest: Pick<PostRow, "itemId" | "createdAt"> | undefined;
  /** Items with a post that is not over. */
  underWay: ReadonlySet<string>;
};

export function itemToShow(present: ShownItem | null, { panel, newest, underWay }: Known): ShownItem | null {
  const chosen =
    panel?.itemId && (!present || panel.at > present.at) ? { itemId: panel.itemId, at: panel.at } : present;
  const mayMove = !chosen || (newest && newest.createdAt > chosen.at && !underWay.has(chosen.itemId));
  return mayMove && newest ? { itemId: newest.itemId, at: newest.createdAt } : chosen;
}
