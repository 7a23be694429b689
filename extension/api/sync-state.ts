/** The one row that says how sync is doing; the dashboard's status line reads it. */
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import type { SyncStateRow } from "#extension/store/rows.ts";

const START: SyncStateRow = {
  id: "main",
  link: "signed-out",
  lastSyncAt: null,
  lastError: null,
  cursors: {},
};

export const readSyncState = async (db: HawkerDatabase = database): Promise<SyncStateRow> =>
  (await db.syncState.get("main")) ?? START;

export const writeSyncState = async (
  change: Partial<Omit<SyncStateRow, "id">>,
  db: HawkerDatabase = database,
): Promise<void> => {
  await db.transaction("rw", db.syncState, async () => {
    await db.syncState.put({ ...(await readSyncState(db)), ...change });
  });
};
