/** Applies supabase/migrations in order, tracked as the Supabase CLI tracks them; each file in one transaction. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

export const MIGRATIONS_DIR = join(import.meta.dirname, "..", "migrations");

type Migration = { version: string; name: string; file: string };

export const listMigrations = async (dir = MIGRATIONS_DIR): Promise<Migration[]> => {
  const files = (await readdir(dir)).filter((file) => file.endsWith(".sql")).sort();
  return files.map((file) => {
    const match = /^(\d{14})_(.+)\.sql$/.exec(file);
    if (!match) throw new Error(`${file}: a migration is named <14 digits>_<name>.sql.`);
    return { version: match[1] ?? "", name: match[2] ?? "", file };
  });
};

/** @returns the versions applied now; none when the database is current. */
export const migrate = async (adminUrl: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Two processes starting at once take turns.
    await client.query("select pg_advisory_lock(hashtextextended('hawker migrations', 0))");
    await client.query(`
      create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations (
        version text not null primary key, statements text[], name text);`);
    const { rows } = await client.query<{ version: string }>(
      "select version from supabase_migrations.schema_migrations",
    );
    const done = new Set(rows.map((row) => row.version));
    const pending = (await listMigrations()).filter(({ version }) => !done.has(version));
    for (const { version, name, file } of pending) {
      const sql = await readFile(join(MIGRATIONS_DIR, file), "utf8");
      try {
        await client.query("begin");
        await client.query(sql);
        await client.query(
          "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3])",
          [version, name, sql],
        );
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(
          `Migration ${file} failed: ${error instanceof Error ? error.message : String(error)}`,
          {
            cause: error,
          },
        );
      }
    }
    return pending.map(({ version }) => version);
  } finally {
    await client.end();
  }
};
