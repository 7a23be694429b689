/** Values that something else than the person's own hands replaced here: kept, so that nothing typed is ever gone. */
import type { Item, ItemFields } from "#core/item/item.ts";
import type { HawkerDatabase } from "./database.ts";
import { differs, fieldTime, isLater, MERGED_FIELDS, mergeItems } from "./merge.ts";
import type { EarlierRow, OutboxRow } from "./rows.ts";

const KEPT_PER_ITEM = 20;
const FIELDS = MERGED_FIELDS.filter((field): field is keyof ItemFields => field !== "deletedAt");

type Gone = Omit<EarlierRow, "id" | "replacedAt">;

/** Inside the transaction that replaces them. Of each item the newest stay. */
export const keepEarlier = async (db: HawkerDatabase, gone: readonly Gone[]): Promise<void> => {
  if (gone.length === 0) return;
  const replacedAt = new Date().toISOString();
  await db.earlier.bulkAdd(gone.map((one) => ({ ...one, replacedAt })));
  for (const itemId of new Set(gone.map((one) => one.itemId))) {
    const ids = await db.earlier.where("itemId").equals(itemId).primaryKeys();
    await db.earlier.bulkDelete(ids.sort((a, b) => b - a).slice(KEPT_PER_ITEM));
  }
};

const unsentFields = (rows: readonly OutboxRow[]): Set<string> => new Set(rows.flatMap((row) => row.fields));

/** What joining takes away of the version here. */
const lostHere = (local: Item, merged: Item, unsent: readonly OutboxRow[]): Gone[] =>
  FIELDS.filter((field) => differs(local[field], merged[field])).map((field) => ({
    itemId: local.id,
    field,
    value: local[field],
    at: fieldTime(local, field),
    unseen: unsentFields(unsent).has(field),
  }));

/** What this device's unsent edits take away of the version there, where it was written after what they were made on. */
export const lostThere = (remote: Item, merged: Item, unsent: readonly OutboxRow[]): Gone[] =>
  FIELDS.filter((field) => {
    const over = unsent.find((row) => row.fields.includes(field))?.over?.[field];
    return (
      over !== undefined && differs(remote[field], merged[field]) && isLater(fieldTime(remote, field), over)
    );
  }).map((field) => ({
    itemId: remote.id,
    field,
    value: remote[field],
    at: fieldTime(remote, field),
    unseen: true,
  }));

/**
 * Joins versions from elsewhere into the items here, and keeps what that replaces.
 * Inside a transaction over items, outbox and earlier.
 */
export const joinItems = async (db: HawkerDatabase, remotes: readonly Item[]): Promise<Item[]> => {
  const locals = await db.items.bulkGet(remotes.map(({ id }) => id));
  const ids = remotes.map(({ id }) => id);
  const unsent = Map.groupBy(await db.outbox.where("itemId").anyOf(ids).toArray(), (row) => row.itemId);
  const gone: Gone[] = [];
  const merged = remotes.map((remote, i) => {
    const local = locals[i];
    if (!local) return remote;
    const joined = mergeItems(local, remote);
    gone.push(...lostHere(local, joined, unsent.get(local.id) ?? []));
    return joined;
  });
  await db.items.bulkPut(merged);
  await keepEarlier(db, gone);
  return merged;
};
