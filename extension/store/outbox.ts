/** What was written here and the server does not have yet. Rows are added in the transaction of the write itself. */
import type { HawkerDatabase } from "./database.ts";
import type { OutboxRow } from "./rows.ts";

export type Pending = Omit<OutboxRow, "seq" | "attempts" | "lastError">;

/** Call inside the transaction that writes the row. */
export const enqueue = async (db: HawkerDatabase, pending: Pending): Promise<void> => {
  await enqueueAll(db, [pending]);
};

/** The same for many rows. */
export const enqueueAll = async (db: HawkerDatabase, all: readonly Pending[]): Promise<void> => {
  await db.outbox.bulkAdd(all.map((pending) => ({ ...pending, attempts: 0, lastError: null })));
};

/** Items with something to send, in the order they were first touched, each with all its rows. */
export const pendingItems = async (db: HawkerDatabase): Promise<{ itemId: string; rows: OutboxRow[] }[]> => {
  const byItem = new Map<string, OutboxRow[]>();
  for (const row of await db.outbox.orderBy("seq").toArray()) {
    byItem.set(row.itemId, [...(byItem.get(row.itemId) ?? []), row]);
  }
  return [...byItem].map(([itemId, rows]) => ({ itemId, rows }));
};

/** The server has these; rows added meanwhile stay. */
export const settle = async (db: HawkerDatabase, rows: readonly OutboxRow[]): Promise<void> => {
  await db.outbox.bulkDelete(rows.map((row) => row.seq));
};

export const failed = async (
  db: HawkerDatabase,
  rows: readonly OutboxRow[],
  reason: string,
): Promise<void> => {
  await db.outbox
    .where("seq")
    .anyOf(rows.map((row) => row.seq))
    .modify((row) => {
      row.attempts += 1;
      row.lastError = reason.slice(0, 300);
    });
};
