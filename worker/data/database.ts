/** The worker's line to Postgres: a pool, and calls of the database's own functions, which judge every write. */
import pg from "pg";
import { ServiceAway } from "#core/host/index.ts";
import { storable } from "#core/item/unstorable.ts";
import { isAway } from "./away.ts";
import { QueuePool } from "./queue-pool.ts";

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
  /**
   * Calls `public.<name>(...)` with named arguments and gives its one answer.
   * @throws DatabaseRefusal, or ServiceAway when no answer came: it may have been done all the same.
   */
  call<T>(name: string, args: Record<string, unknown>): Promise<T>;
  rows<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
};

const refusalOf = (error: unknown): unknown => {
  if (isAway(error)) return new ServiceAway("The database did not answer.", { cause: error });
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (code === "HK409" && error.message === "stale fence") return new StaleFenceError(error);
  return /^HK\d{3}$/.test(code) ? new DatabaseRefusal(code, error.message, error) : error;
};

/** node-postgres writes arrays as Postgres arrays and plain objects as JSON; text[] arguments need their cast. */
const placeholder = (key: string, value: unknown, index: number): string =>
  `${key} => $${index + 1}${Array.isArray(value) ? "::text[]" : value !== null && typeof value === "object" ? "::jsonb" : ""}`;

/** No statement of the worker takes this long; a line that went dead says nothing by itself. */
const ANSWER_MS = 20_000;
const CONNECT_MS = 10_000;

const configFor = (connectionString: string, concurrency: number): pg.PoolConfig => ({
  connectionString,
  // Room for its tasks, their lease renewals and the heartbeat.
  max: concurrency + 4,
  application_name: "hawker-worker",
  connectionTimeoutMillis: CONNECT_MS,
  query_timeout: ANSWER_MS,
  keepAlive: true,
});

/** A connection lost while idle is replaced at the next query; without a listener it would end the process. */
const thatMayLose = <P extends pg.Pool>(pool: P): P => {
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
};

// The pool waits for it before it hands the connection out, though its types say it does not.
const setUpQueueConnection = (async (client: pg.ClientBase) => {
  await client.query("set synchronous_commit = off");
}) as NonNullable<pg.PoolConfig["onConnect"]>;

export const createDatabase = (connectionString: string, concurrency: number): Database => {
  const config = configFor(connectionString, concurrency);
  const pool = thatMayLose(new pg.Pool(config));
  const queuePool = thatMayLose(new QueuePool({ ...config, onConnect: setUpQueueConnection }));
  return {
    pool,
    queuePool,
    async call<T>(name: string, args: Record<string, unknown>): Promise<T> {
      const entries = Object.entries(args);
      const list = entries.map(([key, value], index) => placeholder(key, value, index)).join(", ");
      try {
        const { rows } = await pool.query<{ answer: T }>(
          `select public.${name}(${list}) as answer`,
          entries.map(([, value]) => storable(value)),
        );
        return rows[0]!.answer;
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
      try {
        return (await pool.query<T>(sql, values)).rows;
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
};
