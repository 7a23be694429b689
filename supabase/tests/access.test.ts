import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { withFreshDatabase, type TestDatabase } from "../testing.ts";
import { ACCESS, ROLES, VERBS, type Outcome, type Role, type Verb } from "./access-matrix.ts";
import { sampleWorkspace, type SampleWorkspace } from "./sample-workspace.ts";

type Table = { name: string; key: string[]; columns: string[]; updatable: string };

const TABLES = `
select n.nspname || '.' || c.relname as name,
  array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = any (i.indkey)) as key,
  array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and a.attidentity = '' and a.attgenerated = '' order by a.attnum) as columns,
  coalesce((select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and has_column_privilege('authenticated', c.oid, a.attnum, 'update') order by a.attnum limit 1),
    (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = 2)) as updatable,
  c.relrowsecurity as guarded
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join pg_index i on i.indrelid = c.oid and i.indisprimary
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') order by 1`;

const id = (name: string): string => pg.escapeIdentifier(name);
const quoted = (table: string): string => table.split(".").map(id).join(".");

/** What a new row needs to differ from the sample in, for the tables anybody may insert into. */
const freshRow = (
  table: string,
  row: Record<string, unknown>,
  someone: string,
  caller: string,
): Record<string, unknown> => {
  if (table === "public.workspace_members") return { ...row, user_id: someone, role: "viewer" };
  const fresh: Record<string, unknown> = { ...row, ...("id" in row ? { id: randomUUID() } : {}) };
  if (table === "public.item_photos")
    return {
      ...fresh,
      storage_path: String(row["storage_path"]).replace(String(row["id"]), String(fresh["id"])),
    };
  return table === "public.devices" ? { ...fresh, user_id: row["user_id"], name: caller } : fresh;
};

const sampleOf = async (database: TestDatabase, table: Table, sample: SampleWorkspace, guest: string) => {
  const own: Record<string, Record<string, string>> = {
    "public.workspaces": { id: sample.workspaceId },
    "public.workspace_members": { workspace_id: sample.workspaceId, user_id: guest },
    "public.audit_log": { workspace_id: sample.workspaceId },
  };
  const { rows } = await database.admin.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${quoted(table.name)} t where to_jsonb(t) @> $1 limit 1`,
    [JSON.stringify(own[table.name] ?? {})],
  );
  return rows[0]?.row;
};

const statement = (
  table: Table,
  verb: Verb,
  row: Record<string, unknown>,
): { text: string; values: unknown[] } => {
  const keyValues = table.key.map((column) => row[column]);
  const where = table.key.map((column, at) => `${id(column)} = $${at + 1}`).join(" and ");
  switch (verb) {
    case "select":
      return {
        text: `select ${id(table.key[0] ?? "")} from ${quoted(table.name)} where ${where}`,
        values: keyValues,
      };
    case "insert": {
      const list = table.columns.map(id).join(", ");
      return {
        text: `insert into ${quoted(table.name)} (${list}) select ${list} from jsonb_populate_record(null::${quoted(table.name)}, $1)`,
        values: [JSON.stringify(row)],
      };
    }
    case "update":
      return {
        text: `update ${quoted(table.name)} set ${id(table.updatable)} = ${id(table.updatable)} where ${where}`,
        values: keyValues,
      };
    case "delete":
      return { text: `delete from ${quoted(table.name)} where ${where}`, values: keyValues };
  }
};

const attempt = async (
  client: pg.Client,
  role: Role,
  userId: string | undefined,
  query: { text: string; values: unknown[] },
): Promise<Outcome | string> => {
  const postgresRole = role === "anon" ? "anon" : role === "worker" ? "hawker_worker" : "authenticated";
  await client.query("begin");
  try {
    await client.query("select set_config('role', $1, true), set_config('request.jwt.claim.sub', $2, true)", [
      postgresRole,
      userId ?? "",
    ]);
    const { rowCount } = await client.query(query);
    return rowCount ? "yes" : "none";
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === "42501" ? "no" : `${code}: ${message}`;
  } finally {
    await client.query("rollback");
  }
};

describe("every table, verb and role", () => {
  it("answers as access-matrix.ts says, and no table is missing there", async () => {
    await withFreshDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      const guest = (await database.signUp()).userId;
      const someone = (await database.signUp()).userId;
      await database.admin.query("insert into public.workspace_members values ($1, $2, 'viewer')", [
        sample.workspaceId,
        guest,
      ]);
      const { rows: tables } = await database.admin.query<Table & { guarded: boolean }>(TABLES);
      expect(tables.filter((table) => !table.guarded).map(({ name }) => name)).toEqual([]);
      expect(tables.map(({ name }) => name)).toEqual(Object.keys(ACCESS).sort());

      const found: Record<string, Record<string, Record<string, string>>> = {};
      for (const table of tables) {
        const row = await sampleOf(database, table, sample, guest);
        if (!row)
          throw new Error(
            `sample-workspace.ts makes no row in ${table.name}: nothing would be tested there.`,
          );
        const verbs: Record<string, Record<string, string>> = (found[table.name] = {});
        for (const verb of VERBS) {
          const answers: Record<string, string> = (verbs[verb] = {});
          for (const role of ROLES) {
            const userId = role === "anon" || role === "worker" ? undefined : sample.people[role];
            const used = verb === "insert" ? freshRow(table.name, row, someone, role) : row;
            answers[role] = await attempt(database.admin, role, userId, statement(table, verb, used));
          }
        }
      }
      expect(found).toEqual(ACCESS);
    });
  });

  it("lets nobody but the owner of the database read a sealed session", async () => {
    await withFreshDatabase(async (database) => {
      const sample = await sampleWorkspace(database);
      for (const role of ROLES) {
        const userId = role === "anon" || role === "worker" ? undefined : sample.people[role];
        const text = "select session_payload_encrypted from public.platform_accounts where id = $1";
        expect(await attempt(database.admin, role, userId, { text, values: [sample.accountId] })).toBe("no");
      }
    });
  });

  it("gives no role more than it asks for in functions: PUBLIC executes none of ours", async () => {
    await withFreshDatabase(async (database) => {
      const { rows } = await database.admin.query(
        `select p.oid::regprocedure::text as name from pg_proc p
         where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
           and (has_function_privilege('anon', p.oid, 'execute') or has_function_privilege('service_role', p.oid, 'execute'))`,
      );
      expect(rows).toEqual([]);
    });
  });

  it("keeps worker functions from signed-in people", async () => {
    await withFreshDatabase(async (database) => {
      const { rows } = await database.admin.query<{ name: string }>(
        `select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace
           and p.prosecdef and has_function_privilege('authenticated', p.oid, 'execute')`,
      );
      expect(rows).toEqual([]);
    });
  });

  it("executes what is public, and in the private schema only what that forwards to and what policies ask", async () => {
    await withFreshDatabase(async (database) => {
      const { rows } = await database.admin.query<{ name: string; role: string }>(
        `select p.oid::regprocedure::text as name, r as role from pg_proc p, unnest('{authenticated,hawker_worker}'::text[]) r
         where p.pronamespace = 'private'::regnamespace and has_function_privilege(r, p.oid, 'execute')
           and not exists (select from pg_proc f where f.pronamespace = 'public'::regnamespace and not f.prosecdef
             and f.proname = p.proname and f.proargtypes = p.proargtypes and has_function_privilege(r, f.oid, 'execute'))
         order by 1, 2`,
      );
      const policies = ["authenticated"];
      const both = ["authenticated", "hawker_worker"];
      const asked: Record<string, string[]> = {
        "private.editable_workspaces()": policies,
        "private.is_member(uuid,text[])": policies,
        "private.is_worker()": both,
        "private.managed_workspaces()": policies,
        "private.my_workspaces(text[])": policies,
        "private.personal_workspace()": policies,
        "private.photo_workspace(text)": policies,
        "private.readable_workspaces()": policies,
        "private.refuse(text,text,text)": both,
      };
      const found: Record<string, string[]> = {};
      for (const { name, role } of rows) (found[name] ??= []).push(role);
      expect(found).toEqual(asked);
    });
  });
});
