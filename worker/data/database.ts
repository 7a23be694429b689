/** The worker's line to Postgres: a pool, and calls of the database's own functions, which judge every write. */
import pg from "pg";

/** What a database function refused, by its SQLSTATE: HK400, HK403, HK404, HK409. */
export class DatabaseRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause });
    this.name = "DatabaseRefusal";
    this.code = code;
  }
}

/** Somebody newer drives the account: everything this task still does is void. */
export class StaleFenceError extends DatabaseRefusal {
  constructor(cause: unknown) {
    super("HK409", "stale fence: another driver has this account now", cause);
    this.name = "StaleFenceError";
  }
}

export type Database = {
  pool: pg.Pool;
  /**
   * For Graphile Worker's own bookkeeping, whose commits do not wait for the disk. What a crash of the database forgets
   * of it is done again: a task taken twice finds its target claimed or settled, which the other pool's commits, that
   * do wait, have said.
   */
  queuePool: pg.Pool;
  /** Calls `public.<name>(...)` with named arguments and gives its one answer. */
  call<T>(name: string, args: Record<string, unknown>): Promise<T>;
  rows<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
};

const refusalOf = (error: unknown): unknown => {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (code === "HK409" && error.message === "stale fence") return new StaleFenceError(error);
  return /^HK\d{3}$/.test(code) ? new DatabaseRefusal(code, error.message, error) : error;
};

/** node-postgres writes arrays as Postgres arrays and plain objects as JSON; text[] arguments need their cast. */
const placeholder = (key: string, value: unknown, index: number): string =>
  `${key} => $${index + 1}${Array.isArray(value) ? "::text[]" : value !== null && typeof value === "object" ? "::jsonb" : ""}`;

const createPool = (
  connectionString: string,
  max: number,
  onConnect?: pg.PoolConfig["onConnect"],
): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max, application_name: "hawker-worker", onConnect });
  // A connection lost while idle is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
};

// The pool waits for it before it hands the connection out, though its types say it does not.
const setUpQueueConnection = (async (client: pg.ClientBase) => {
  await client.query("set synchronous_commit = off");
}) as NonNullable<pg.PoolConfig["onConnect"]>;

/** Room for `concurrency` tasks, their lease renewals and the heartbeat. */
export const createDatabase = (connectionString: string, concurrency: number): Database => {
  const pool = createPool(connectionString, concurrency + 4);
  const queuePool = createPool(connectionString, concurrency + 4, setUpQueueConnection);
  return {
    pool,
    queuePool,
    async call<T>(name: string, args: Record<string, unknown>): Promise<T> {
      const entries = Object.entries(args);
      const list = entries.map(([key, value], index) => placeholder(key, value, index)).join(", ");
      try {
        const { rows } = await pool.query<{ answer: T }>(
          `select public.${name}(${list}) as answer`,
          entries.map(([, value]) => value),
        );
        return rows[0]!.answer;
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
      return (await pool.query<T>(sql, values)).rows;
    },
  };
};
