/**
 * Fetches what changed on the server since last time into the local tables. A row this version cannot read holds up no other:
 * its id is remembered and it is asked for again each time, so that it comes once this version, or the row, is mended.
 */
import type { SupabaseClient } from "@supabase/supabase-js";
import { ACCOUNT_COLUMNS } from "#core/api/account-row.ts";
import { sameLogin } from "#core/posting/index.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import { handOver, handOverTables } from "#extension/store/hand-over.ts";
import type { ListingRow } from "#extension/store/rows.ts";
import { changedSince, cursorOf, rowsOf, type Columns, type Source } from "./changed-since.ts";
import { pullItems } from "./pull-items.ts";
import {
  accountRow,
  EVENT_COLUMNS,
  eventRow,
  JOB_COLUMNS,
  jobRow,
  LISTING_COLUMNS,
  listingRow,
  TARGET_COLUMNS,
  targetRow,
} from "./rows.ts";
import { refusalIn } from "./service-error.ts";
import { readSyncState, writeSyncState } from "./sync-state.ts";

type Reader = Source & {
  /** Keeps what it can read. @returns the ids of the others */
  keep: (rows: Columns[], db: HawkerDatabase) => Promise<string[]>;
};

/** Rows one by one: each is read, or named. */
const readEach = <T>(rows: readonly Columns[], read: (row: Columns) => T): { good: T[]; bad: string[] } => {
  const good: T[] = [];
  const bad: string[] = [];
  for (const row of rows) {
    try {
      good.push(read(row));
    } catch (cause) {
      console.warn(`Row ${String(row.id)} cannot be read.`, cause);
      bad.push(String(row.id));
    }
  }
  return { good, bad };
};

const into =
  <T>(read: (row: Columns) => T, put: (db: HawkerDatabase, rows: T[]) => Promise<unknown>) =>
  async (rows: Columns[], db: HawkerDatabase): Promise<string[]> => {
    const { good, bad } = readEach(rows, read);
    await put(db, good);
    return bad;
  };

/** Accounts are few and may vanish: what is gone is gone here too. */
const keepAccounts = async (rows: Columns[], db: HawkerDatabase): Promise<string[]> => {
  const { good, bad } = readEach(rows, accountRow);
  const there = good.filter(({ status }) => status !== "disconnected");
  await db.transaction("rw", handOverTables(db), async () => {
    const known = new Set([...bad, ...there.map(({ id }) => id)]);
    await db.accounts.filter((account) => !account.localOnly && !known.has(account.id)).delete();
    // One that was known to this browser alone and is now in the cloud: the cloud's row is it.
    for (const row of there) {
      await db.accounts
        .filter(
          (one) => one.localOnly && one.platform === row.platform && sameLogin(one.loginId, row.loginId),
        )
        .delete();
      await handOver(db, row);
    }
    await db.accounts.bulkPut(there);
  });
  return bad;
};

/** What a post of this browser proved before the service knew its login gives way to the service's own record of it. */
const keepListings = (db: HawkerDatabase, rows: ListingRow[]): Promise<unknown> =>
  db.transaction("rw", db.listings, async () => {
    for (const { id, accountId, externalId } of rows) {
      if (accountId === null || externalId === null) continue;
      const same = db.listings.where("[accountId+externalId]").equals([accountId, externalId]);
      await same.and((one) => one.id !== id).delete();
    }
    await db.listings.bulkPut(rows);
  });

const READERS = {
  platform_accounts: {
    columns: `${ACCOUNT_COLUMNS}, updated_at`,
    told: "accounts",
    by: "updated_at",
    keep: keepAccounts,
  },
  listing_jobs: {
    columns: JOB_COLUMNS,
    told: "jobs",
    by: "updated_at",
    keep: into(jobRow, (db, rows) => db.jobs.bulkPut(rows)),
  },
  job_targets: {
    columns: TARGET_COLUMNS,
    told: "jobs",
    by: "updated_at",
    keep: into(targetRow, (db, rows) => db.targets.bulkPut(rows)),
  },
  listing_job_events: {
    columns: EVENT_COLUMNS,
    told: "jobs",
    by: "id",
    keep: into(eventRow, (db, rows) => db.jobEvents.bulkPut(rows)),
  },
  listings: {
    columns: LISTING_COLUMNS,
    told: "listings",
    by: "updated_at",
    keep: into(listingRow, keepListings),
  },
} as const satisfies Record<string, Omit<Reader, "table">>;

/** An item is its row and its photos' rows: whichever changed, both are read anew, once. */
const ITEM_SOURCES = {
  items: { table: "items", columns: "id, updated_at", told: "items", by: "updated_at" },
  item_photos: { table: "item_photos", columns: "id, item_id, updated_at", told: "photos", by: "updated_at" },
} as const satisfies Record<string, Source>;

type ItemTable = keyof typeof ITEM_SOURCES;
type OtherTable = keyof typeof READERS;
export type Pulled = ItemTable | OtherTable;
export const PULLED = [...Object.keys(ITEM_SOURCES), ...Object.keys(READERS)] as readonly Pulled[];

type Pull = { client: SupabaseClient; workspaceId: string; db: HawkerDatabase };

/** What was pulled is on record only once it is kept: a pull that dies before is made again. */
const record = async (
  db: HawkerDatabase,
  cursors: Record<string, string | undefined>,
  unreadable: Record<string, string[]>,
): Promise<void> => {
  const moved = Object.entries(cursors).filter((entry): entry is [string, string] => entry[1] !== undefined);
  await db.transaction("rw", db.syncState, async () => {
    const state = await readSyncState(db);
    await writeSyncState(
      {
        cursors: { ...state.cursors, ...Object.fromEntries(moved) },
        unreadable: { ...state.unreadable, ...unreadable },
      },
      db,
    );
  });
};

const unreadableSentence = (count: number, told: string): string[] =>
  count === 0 ? [] : [`${count} of your ${told} cannot be shown by this version. Update Hawker to see them.`];

const pullItemTables = async (tables: readonly ItemTable[], pull: Pull): Promise<string[]> => {
  const { cursors, unreadable = {} } = await readSyncState(pull.db);
  const touched = new Set(unreadable.items ?? []);
  const seen: Record<string, string | undefined> = {};
  for (const table of tables) {
    const source = ITEM_SOURCES[table];
    const rows = await changedSince(pull.client, source, pull.workspaceId, cursors[table]);
    for (const row of rows) touched.add(String(table === "items" ? row.id : row.item_id));
    seen[table] = cursorOf(source, rows);
  }
  const bad = touched.size > 0 ? await pullItems(pull.client, [...touched], pull.db) : [];
  await record(pull.db, seen, { items: bad });
  return unreadableSentence(bad.length, "items");
};

const pullTable = async (table: OtherTable, { client, workspaceId, db }: Pull): Promise<string[]> => {
  const reader: Reader = { table, ...READERS[table] };
  const { cursors, unreadable = {} } = await readSyncState(db);
  // Accounts are always read whole.
  const cursor = table === "platform_accounts" ? undefined : cursors[table];
  const changed = await changedSince(client, reader, workspaceId, cursor);
  const known = new Set(changed.map((row) => String(row.id)));
  const earlier = (unreadable[table] ?? []).filter((id) => !known.has(id));
  const bad = await reader.keep([...changed, ...(await rowsOf(client, reader, "id", earlier))], db);
  await record(db, { [table]: cursorOf(reader, changed) }, { [table]: bad });
  return unreadableSentence(bad.length, reader.told);
};

/**
 * What cannot be had of one table does not hold up the others.
 * @returns what could not be fetched or read, in sentences. @throws ServiceUnreachable
 */
export const pullChanges = async (
  client: SupabaseClient,
  workspaceId: string,
  tables: readonly Pulled[] = PULLED,
  db: HawkerDatabase = database,
): Promise<string[]> => {
  const pull = { client, workspaceId, db };
  const itemTables = tables.filter((table): table is ItemTable => table in ITEM_SOURCES);
  const others = tables.filter((table): table is OtherTable => table in READERS);
  const pulls = [
    ...(itemTables.length > 0 ? [() => pullItemTables(itemTables, pull)] : []),
    ...others.map((table) => () => pullTable(table, pull)),
  ];
  const told: string[] = [];
  for (const one of pulls) {
    try {
      told.push(...(await one()));
    } catch (error) {
      told.push(refusalIn(error));
    }
  }
  return told;
};
