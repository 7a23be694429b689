/**
 * One change of an item: its row and the outbox in one transaction, either both are there after a crash or neither is. `at`
 * is the moment of the edit; later edits win when devices meet (merge.ts).
 */
import type { Item } from "#core/item/item.ts";
import { database, type HawkerDatabase } from "./database.ts";
import { fieldTime } from "./merge.ts";
import { enqueue } from "./outbox.ts";

export type Write = { db?: HawkerDatabase; at?: string };

export const now = (): string => new Date().toISOString();

export const readItem = async (db: HawkerDatabase, itemId: string): Promise<Item> => {
  const item = await db.items.get(itemId);
  if (!item) throw new Error("This item is no longer here. Reload the inventory.");
  return item;
};

/** The moment of an edit: after the one it replaces, whatever this computer's clock says. */
const momentOf = (item: Item, keys: readonly string[], at: string): string =>
  new Date(
    Math.max(Date.parse(at), ...keys.map((key) => Date.parse(fieldTime(item, key)) + 1)),
  ).toISOString();

/** Inside the caller's transaction. @param times keys of `fieldTimes` that move; the fields where they are the same. */
export const writeChange = async (
  db: HawkerDatabase,
  item: Item,
  change: Partial<Item>,
  at: string,
  times = Object.keys(change),
): Promise<Item> => {
  const moment = momentOf(item, times, at);
  const changed: Item = {
    ...item,
    ...change,
    fieldTimes: { ...item.fieldTimes, ...Object.fromEntries(times.map((key) => [key, moment])) },
    updatedAt: moment > item.updatedAt ? moment : item.updatedAt,
  };
  await db.items.put(changed);
  const fields = Object.keys(change);
  const over = Object.fromEntries(fields.map((field) => [field, fieldTime(item, field)]));
  await enqueue(db, {
    op: "putItem",
    table: "items",
    id: item.id,
    itemId: item.id,
    fields,
    over,
    at: moment,
  });
  return changed;
};

export const changeItem = async (
  itemId: string,
  change: (item: Item) => Partial<Item>,
  { db = database, at = now() }: Write = {},
  times?: string[],
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, async () => {
    const item = await readItem(db, itemId);
    return writeChange(db, item, change(item), at, times);
  });
