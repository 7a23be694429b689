/** Items as they are made, edited, deleted and brought back. */
import { itemFieldsSchema, type Item, type ItemFields } from "#core/item/item.ts";
import { changeItem, now, readItem, writeChange, type Write } from "./change-item.ts";
import { database } from "./database.ts";
import { keepEarlier } from "./earlier.ts";
import { differs, fieldTime, isLater } from "./merge.ts";
import { enqueueAll } from "./outbox.ts";

export type NewItem = Partial<ItemFields> & Pick<ItemFields, "title" | "price">;

/** The item as it begins: defaults filled in, every given field edited at `at`. @throws ZodError for an invalid field. */
export const newItem = (
  fields: NewItem,
  { id = crypto.randomUUID(), at = now() }: { id?: string; at?: string } = {},
): Item => ({
  ...itemFieldsSchema.parse(fields),
  id,
  photos: [],
  fieldTimes: Object.fromEntries(Object.keys(fields).map((field) => [field, at])),
  createdAt: at,
  updatedAt: at,
  deletedAt: null,
});

/** Many at once, in one transaction: all of them or none. @throws ZodError for an invalid field. */
export const createItems = async (
  all: readonly NewItem[],
  { db = database, at = now() }: Write = {},
): Promise<Item[]> => {
  const items = all.map((fields) => newItem(fields, { at }));
  await db.transaction("rw", db.items, db.outbox, async () => {
    await db.items.bulkAdd(items);
    await enqueueAll(
      db,
      items.map(({ id }, i) => ({
        op: "putItem",
        table: "items",
        id,
        itemId: id,
        fields: Object.keys(all[i] ?? {}),
        at,
      })),
    );
  });
  return items;
};

export const createItem = async (fields: NewItem, write?: Write): Promise<Item> => {
  const [item] = await createItems([fields], write);
  if (!item) throw new Error("An item was not made.");
  return item;
};

/** What the edit makes of the stored item; null changes nothing. */
export type Edit = (item: Item) => Partial<ItemFields> | null;

export type EditWrite = Write & {
  /** Time of the value the person had before them, per field: what was written since was not seen. */
  over?: Partial<Record<keyof ItemFields, string>>;
  /** Typed at `at` and brought only now: what was written later stays. */
  late?: boolean;
};

/**
 * What is as it was already is no edit. Of two values of which neither writer saw the other, the one that goes is kept among
 * the earlier ones. @throws ZodError when a field is invalid; nothing is written then.
 */
export const editItem = async (
  itemId: string,
  edit: Edit,
  { db = database, at = now(), over = {}, late = false }: EditWrite = {},
): Promise<Item> =>
  db.transaction("rw", db.items, db.outbox, db.earlier, async () => {
    const item = await readItem(db, itemId);
    const edits = edit(item) ?? {};
    const parsed = itemFieldsSchema.partial().parse(edits);
    // `partial` fills in defaults for what was not given; only what was given is an edit.
    const given = (Object.keys(edits) as (keyof ItemFields)[]).filter((f) => differs(parsed[f], item[f]));
    const unseen = given.filter((f) => over[f] !== undefined && isLater(fieldTime(item, f), over[f]));
    const stays = unseen.filter((f) => late && isLater(fieldTime(item, f), at));
    const goes = unseen.filter((f) => !stays.includes(f));
    await keepEarlier(db, [
      ...stays.map((field) => ({ itemId, field, value: parsed[field], at, unseen: true })),
      ...goes.map((field) => ({
        itemId,
        field,
        value: item[field],
        at: fieldTime(item, field),
        unseen: true,
      })),
    ]);
    const written = given.filter((f) => !stays.includes(f));
    if (written.length === 0) return item;
    return writeChange(db, item, Object.fromEntries(written.map((field) => [field, parsed[field]])), at);
  });

export const deleteItem = (itemId: string, write: Write = {}): Promise<Item> =>
  changeItem(itemId, () => ({ deletedAt: write.at ?? now() }), write);
export const restoreItem = (itemId: string, write?: Write): Promise<Item> =>
  changeItem(itemId, () => ({ deletedAt: null }), write);
