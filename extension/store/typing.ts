/** What was typed into an item: a value goes into the item, anything else is kept as typed. */
import type { Item, ItemFields } from "#core/item/item.ts";
import { database, type HawkerDatabase } from "./database.ts";
import { editItem, type Edit } from "./items.ts";
import type { Raw } from "./rows.ts";

export type Typing = {
  itemId: string;
  /** What each control of one field holds. */
  held: ReadonlyMap<string, Raw>;
  /** What it makes of the stored item; null when it is no value yet. */
  edit: Edit;
  /** The field, when it is the item's own, and the time of its value the person had before them. */
  seen: { field: keyof ItemFields; over: string };
  /** When it was typed, if that was in a page that is gone by now. */
  typedAt?: string;
};

/** One or the other, in one transaction: saved as a value, or kept as typed. */
export const saveTyped = (
  { itemId, held, edit, seen, typedAt }: Typing,
  db: HawkerDatabase = database,
): Promise<{ item: Item; saved: boolean }> =>
  db.transaction("rw", db.items, db.outbox, db.earlier, db.drafts, async () => {
    let saved = false;
    const at = typedAt ?? new Date().toISOString();
    // What differs at the sites is one field, but edited entry by entry: nobody's other entry is touched.
    const over = seen.field === "overrides" ? {} : { [seen.field]: seen.over };
    const item = await editItem(
      itemId,
      (stored) => {
        const change = edit(stored);
        saved = change !== null;
        return change;
      },
      { db, at, over, late: typedAt !== undefined },
    );
    const rows = [...held].map(([key, raw]) => ({ itemId, key, raw, at, over: seen.over }));
    if (saved) await db.drafts.bulkDelete(rows.map(({ key }) => [itemId, key]));
    else await db.drafts.bulkPut(rows);
    return { item, saved };
  });
