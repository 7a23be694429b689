/** Reads a changed row under a subscriber's own rights: row level security and column grants decide, not this server. */
import pg from "pg";
import type { Subscriber } from "./claims.ts";
import type { Change } from "./filter.ts";

export type Column = { name: string; type: string };
export type SeenRow = { columns: Column[]; record: Record<string, unknown> };

export type RowReader = {
  /** Null when this subscriber may not see the row (any more). For DELETE: whether they could see its workspace. */
  read: (who: Subscriber, change: Change) => Promise<SeenRow | null>;
  close: () => Promise<void>;
};

const COLUMNS = `
select a.attname as name, format_type(a.atttypid, null) as long, t.typname as type
from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped
  and has_column_privilege($2, a.attrelid, a.attnum, 'select')
order by a.attnum`;

export const rowReader = (databaseUrl: string): RowReader => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: "hawker realtime" });
  pool.on("error", () => undefined); // an idle connection died; the next read takes a new one
  const known = new Map<string, Promise<Column[]>>();

  const columnsOf = (table: string, role: string): Promise<Column[]> => {
    const key = `${role} ${table}`;
    const found = known.get(key) ?? pool.query<Column>(COLUMNS, [table, role]).then((result) => result.rows);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };

  const asSubscriber = async <T>(
    who: Subscriber,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query("begin read only");
      await client.query(
        `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
          set_config('request.jwt.claim.sub', $3, true), set_config('request.jwt.claim.role', $1, true)`,
        [who.role, who.claims, who.sub ?? ""],
      );
      return await work(client);
    } finally {
      await client.query("rollback");
      client.release();
    }
  };

  return {
    read: async (who, change) => {
      const table = `${pg.escapeIdentifier(change.schema)}.${pg.escapeIdentifier(change.table)}`;
      const columns = await columnsOf(table, who.role);
      if (columns.length === 0) return null;
      if (change.type === "DELETE") {
        const seen = await asSubscriber(who, (client) =>
          client.query("select from public.workspaces where id = $1", [change.workspace_id]),
        ).catch(() => null); // anon has no right on workspaces: nothing to see
        return seen?.rowCount ? { columns, record: { id: change.id } } : null;
      }
      const list = columns.map(({ name }) => pg.escapeIdentifier(name)).join(", ");
      const { rows } = await asSubscriber(who, (client) =>
        client.query<{ record: Record<string, unknown> }>(
          `select to_jsonb(r) as record from (select ${list} from ${table} where id = $1) r`,
          [change.id],
        ),
      );
      const record = rows[0]?.record;
      return record ? { columns, record } : null;
    },
    close: () => pool.end(),
  };
};
