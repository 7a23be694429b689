import { expect, it } from "vitest";
import { emptied } from "../local/emptied.ts";
import { withFreshDatabase, type Sql } from "../testing.ts";
import { sampleWorkspace } from "./sample-workspace.ts";

const rowsByTable = async (sql: Sql): Promise<Record<string, number>> => {
  const { rows } = await sql.query<{ name: string; n: string }>(
    `select c.oid::regclass::text as name,
       (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || c.oid::regclass, false, true, '')))[1]::text as n
     from pg_class c join pg_namespace s on s.oid = c.relnamespace
     where c.relkind = 'r' and s.nspname not in ('pg_catalog', 'information_schema')`,
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
};

it("a used database that is emptied has the template's rows and no others", async () => {
  await withFreshDatabase(async (database) => {
    const before = await rowsByTable(database.admin);
    await sampleWorkspace(database);
    const used = await rowsByTable(database.admin);
    expect(Object.keys(used).filter((name) => used[name] !== before[name]).length).toBeGreaterThan(15);
    await emptied(database.admin);
    expect(await rowsByTable(database.admin)).toEqual(before);
  });
});
