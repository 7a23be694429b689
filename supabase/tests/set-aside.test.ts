import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { startStack, type Stack } from "../local/stack.ts";

const ask = async <Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};
const shops = async (stack: Stack, database = "hawker") => {
  const url = new URL(stack.adminDatabaseUrl);
  url.pathname = `/${database}`;
  return (await ask<{ name: string }>(url.href, "select name from public.workspaces")).map(
    ({ name }) => name,
  );
};
const databases = async ({ adminDatabaseUrl }: Stack) =>
  (
    await ask<{ name: string }>(
      adminDatabaseUrl,
      "select datname as name from pg_database where datname like 'hawker%' order by 1",
    )
  ).map(({ name }) => name);

it("a database whose migrations were rewritten is set aside whole; one that is current is kept", async () => {
  const dir = await mkdtemp(join(tmpdir(), "hawker-aside-"));
  const first = await startStack({ dir });
  await ask(first.adminDatabaseUrl, "insert into public.workspaces (name) values ('Old shop')");
  await first.close();

  const second = await startStack({ dir });
  expect(await shops(second)).toEqual(["Old shop"]);
  await ask(
    second.adminDatabaseUrl,
    "update supabase_migrations.schema_migrations set statements = array['-- as it was'] where name = 'moves'",
  );
  await second.close();

  const third = await startStack({ dir });
  try {
    expect(await shops(third)).toEqual([]);
    const [current, old, ...more] = await databases(third);
    expect([current, more]).toEqual(["hawker", []]);
    expect(old).toMatch(/^hawker_until_\d{14}$/);
    expect(await shops(third, old)).toEqual(["Old shop"]);
  } finally {
    await third.close();
    await rm(dir, { recursive: true, force: true });
  }
});
