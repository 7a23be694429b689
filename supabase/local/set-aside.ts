/**
 * Until Hawker is deployed its migrations are rewritten where they stand. A database that was made with an older text of them is
 * no use to the code of today: it is set aside, whole and under another name, and a new one is made.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { listMigrations, MIGRATIONS_DIR } from "./migrate.ts";

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Whether a migration that was applied reads otherwise now, or is not there any more. */
export const isOutdated = async (databaseUrl: string): Promise<boolean> => {
  const applied = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ isThere: boolean }>(
      `select to_regclass('supabase_migrations.schema_migrations') is not null as "isThere"`,
    );
    if (!rows[0]?.isThere) return [];
    const known = await client.query<{ file: string; sql: string | null }>(
      `select version || '_' || name || '.sql' as file, statements[1] as sql from supabase_migrations.schema_migrations`,
    );
    return known.rows;
  });
  const files = new Set((await listMigrations()).map(({ file }) => file));
  for (const { file, sql } of applied)
    if (!files.has(file) || (await readFile(join(MIGRATIONS_DIR, file), "utf8")) !== sql) return true;
  return false;
};

/** @returns the name it has from now on. */
export const setAside = async (serverUrl: string, database: string, at: Date): Promise<string> => {
  const name = `${database}_until_${at.toISOString().replace(/\D/g, "").slice(0, 14)}`;
  await withClient(serverUrl, async (client) => {
    const [from, to] = [database, name].map((one) => client.escapeIdentifier(one));
    await client.query(`alter database ${from} rename to ${to}`);
  });
  return name;
};
