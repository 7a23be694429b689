/** Fetches what changed on the server since last time into the local tables, by `updated_at` or event id. */
import type { SupabaseClient } from "@supabase/supabase-js";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import { mergeItems } from "#extension/store/merge.ts";
import {
  ACCOUNT_COLUMNS, accountRow, EVENT_COLUMNS, eventRow, ITEM_COLUMNS, itemOf, JOB_COLUMNS, jobRow, LISTING_COLUMNS, listingRow,
  PHOTO_COLUMNS, TARGET_COLUMNS, targetRow,
} from "./rows.ts"; // prettier-ignore
import { readSyncState, writeSyncState } from "./sync-state.ts";

export const PULLED = [
  "items",
  "item_photos",
  "platform_accounts",
  "listing_jobs",
  "job_targets",
  "listing_job_events",
  "listings",
] as const;
export type Pulled = (typeof PULLED)[number];

type Columns = Record<string, unknown>;
const PAGE = 500;
/** Rows committed late carry an earlier time than ones already seen: look back this far. */
const OVERLAP_MS = 15_000;
const START = "1970-01-01T00:00:00.000Z";

const COLUMNS: Record<Pulled, string> = {
  items: ITEM_COLUMNS, item_photos: PHOTO_COLUMNS, platform_accounts: ACCOUNT_COLUMNS, listing_jobs: JOB_COLUMNS,
  job_targets: TARGET_COLUMNS, listing_job_events: EVENT_COLUMNS, listings: LISTING_COLUMNS,
}; // prettier-ignore

export class PullError extends Error {
  override name = "PullError";
}

const changedSince = async (
  client: SupabaseClient,
  table: Pulled,
  workspaceId: string,
  cursor: string | undefined,
): Promise<Columns[]> => {
  const byId = table === "listing_job_events";
  const column = byId ? "id" : "updated_at";
  let from: string = byId
    ? (cursor ?? "0")
    : new Date(Math.max(0, Date.parse(cursor ?? START) - OVERLAP_MS)).toISOString();
  const all: Columns[] = [];
  for (;;) {
    const { data, error } = await client
      .from(table).select(COLUMNS[table]).eq("workspace_id", workspaceId).gt(column, from)
      .order(column, { ascending: true }).limit(PAGE); // prettier-ignore
    if (error) throw new PullError(`${table}: ${error.message}`);
    const rows = data as unknown as Columns[];
    all.push(...rows);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return all;
    from = String(last[column]);
  }
};

/** Accounts are few and may vanish: read whole, and what is gone is gone here too. */
const pullAccounts = async (
  client: SupabaseClient,
  workspaceId: string,
  db: HawkerDatabase,
): Promise<void> => {
  const { data, error } = await client
    .from("platform_accounts")
    .select(ACCOUNT_COLUMNS)
    .eq("workspace_id", workspaceId);
  if (error) throw new PullError(`platform_accounts: ${error.message}`);
  const rows = (data as unknown as Columns[]).map(accountRow);
  await db.transaction("rw", db.accounts, async () => {
    const known = new Set(rows.map((row) => row.id));
    await db.accounts.filter((account) => !account.localOnly && !known.has(account.id)).delete();
    // One that was known to this browser alone and is now in the cloud: the cloud's row is it.
    for (const row of rows) {
      await db.accounts
        .filter((one) => one.localOnly && one.platform === row.platform && one.handle === row.handle)
        .delete();
    }
    await db.accounts.bulkPut(rows);
  });
};

const pullItems = async (
  client: SupabaseClient,
  itemIds: readonly string[],
  db: HawkerDatabase,
): Promise<void> => {
  for (let at = 0; at < itemIds.length; at += 100) {
    const ids = itemIds.slice(at, at + 100);
    const [items, photos] = await Promise.all([
      client.from("items").select(ITEM_COLUMNS).in("id", ids),
      client.from("item_photos").select(PHOTO_COLUMNS).in("item_id", ids).is("deleted_at", null),
    ]);
    if (items.error || photos.error)
      throw new PullError(`items: ${(items.error ?? photos.error)?.message ?? ""}`);
    const remote = (items.data as unknown as Columns[]).map((row) => {
      const own = (photos.data as unknown as Columns[]).filter((photo) => photo.item_id === row.id);
      return { item: itemOf(row, own), photos: own };
    });
    await db.transaction("rw", db.items, db.photoBlobs, async () => {
      for (const { item, photos: rows } of remote) {
        const local = await db.items.get(item.id);
        await db.items.put(local ? mergeItems(local, item) : item);
        for (const photo of rows) {
          const id = String(photo.id);
          if (await db.photoBlobs.get(id)) continue;
          const at = String(photo.updated_at);
          await db.photoBlobs.add({
            id,
            itemId: item.id,
            name: id,
            original: null,
            full: null,
            thumb: null,
            uploadedAt: at,
            createdAt: at,
          });
        }
      }
    });
  }
};

const latest = (rows: readonly Columns[], column: string): string | undefined => {
  const values = rows.map((row) => row[column]);
  return column === "id"
    ? values
        .map(Number)
        .sort((a, b) => b - a)[0]
        ?.toString()
    : values.map(String).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
};

/** @throws PullError when a table could not be read; those before it are kept. */
export const pullChanges = async (
  client: SupabaseClient,
  workspaceId: string,
  tables: readonly Pulled[] = PULLED,
  db: HawkerDatabase = database,
): Promise<void> => {
  const { cursors } = await readSyncState(db);
  const seen: Record<string, string> = {};
  const touchedItems = new Set<string>();
  for (const table of tables) {
    if (table === "platform_accounts") {
      await pullAccounts(client, workspaceId, db);
      continue;
    }
    const rows = await changedSince(client, table, workspaceId, cursors[table]);
    if (table === "items") rows.forEach((row) => touchedItems.add(String(row.id)));
    else if (table === "item_photos") rows.forEach((row) => touchedItems.add(String(row.item_id)));
    else if (table === "listing_jobs") await db.jobs.bulkPut(rows.map(jobRow));
    else if (table === "job_targets") await db.targets.bulkPut(rows.map(targetRow));
    else if (table === "listings") await db.listings.bulkPut(rows.map(listingRow));
    else await db.jobEvents.bulkPut(rows.map(eventRow));
    const high = latest(rows, table === "listing_job_events" ? "id" : "updated_at");
    if (high !== undefined) seen[table] = high;
  }
  if (touchedItems.size > 0) await pullItems(client, [...touchedItems], db);
  const state = await readSyncState(db);
  await writeSyncState({ cursors: { ...state.cursors, ...seen } }, db);
};
