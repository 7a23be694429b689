/**
 * Databases for tests: one Postgres for the whole run, one template with everything applied, clones of it.
 * Needs `supabase/testing-setup.ts` as a vitest globalSetup.
 */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { emptied } from "./local/emptied.ts";
import { workerUrlOf } from "./local/worker-role.ts";

declare module "vitest" {
  interface ProvidedContext {
    testDatabases: { adminUrl: string; template: string; workerPassword: string };
  }
}

export type Sql = Pick<pg.Client, "query">;

export type TestDatabase = {
  /** Superuser and worker URLs of this clone. */
  adminUrl: string;
  workerUrl: string;
  /** Connected as superuser. */
  admin: pg.Client;
  /** One more connection; closed with the database. `worker` logs in as hawker_worker. */
  connect: (as?: "admin" | "worker") => Promise<pg.Client>;
  /** A signed-up person with their personal workspace. */
  signUp: (email?: string) => Promise<{ userId: string; workspaceId: string }>;
};

const connectTo = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

const signUpIn =
  (admin: pg.Client): TestDatabase["signUp"] =>
  async (email = `${randomUUID()}@example.test`) => {
    const userId = randomUUID();
    await admin.query("insert into auth.users (id, email) values ($1, $2)", [userId, email]);
    const { rows } = await admin.query<{ id: string }>(
      "select id from public.workspaces where created_by = $1 and personal",
      [userId],
    );
    return { userId, workspaceId: rows[0]?.id ?? "" };
  };

const cloneOf = async (server: pg.Client, template: string): Promise<string> => {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await server.query(`create database ${name} template ${template}`);
  return name;
};

const urlsOf = (name: string): { admin: string; worker: string } => {
  const { adminUrl, workerPassword } = inject("testDatabases");
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { admin: url.href, worker: workerUrlOf(url.href, workerPassword) };
};

/** What else is connected meanwhile ends with the work; `admin` stays. */
const inDatabase = async <T>(
  name: string,
  admin: pg.Client,
  work: (database: TestDatabase) => Promise<T>,
): Promise<T> => {
  const urls = urlsOf(name);
  const open: pg.Client[] = [];
  const connect = async (as: "admin" | "worker" = "admin"): Promise<pg.Client> => {
    const client = await connectTo(urls[as]);
    open.push(client);
    return client;
  };
  try {
    const signUp = signUpIn(admin);
    return await work({ adminUrl: urls.admin, workerUrl: urls.worker, admin, connect, signUp });
  } finally {
    await Promise.all(open.map((client) => client.end()));
  }
};

const onServer = async <T>(work: (server: pg.Client) => Promise<T>): Promise<T> => {
  const server = await connectTo(inject("testDatabases").adminUrl);
  try {
    return await work(server);
  } finally {
    await server.end();
  }
};

/** Gives the work a database of its own, never used before, and drops it afterwards, whatever happens. */
export const withFreshDatabase = <T>(work: (database: TestDatabase) => Promise<T>): Promise<T> =>
  onServer(async (server) => {
    const name = await cloneOf(server, inject("testDatabases").template);
    const admin = await connectTo(urlsOf(name).admin);
    try {
      return await inDatabase(name, admin, work);
    } finally {
      await admin.end();
      await server.query(`drop database if exists ${name} with (force)`);
    }
  });

/**
 * The clone that tests use one after the other, once it is made; null while one of them has it. Its connection stays with it:
 * a new one reads and plans every function anew.
 */
type Spare = { name: string; admin: pg.Client };
let spare: Spare | null = null;

const newSpare = async (): Promise<Spare> => {
  const name = await onServer((server) => cloneOf(server, inject("testDatabases").template));
  return { name, admin: await connectTo(urlsOf(name).admin) };
};

/**
 * Gives the work a database with no rows but the template's, which other tests had before: making one anew takes longer than
 * most tests. For whatever changes neither the schema nor the rows the migrations wrote. After a failure it is not used again.
 */
export const withDatabase = async <T>(work: (database: TestDatabase) => Promise<T>): Promise<T> => {
  const mine = spare ?? (await newSpare());
  spare = null;
  try {
    const done = await inDatabase(mine.name, mine.admin, work);
    await mine.admin.query("reset role; reset all");
    await emptied(mine.admin);
    spare = mine;
    return done;
  } finally {
    if (spare !== mine) await mine.admin.end();
  }
};

const as = async <T>(
  sql: Sql,
  role: string,
  claims: object,
  sub: string,
  work: (sql: Sql) => Promise<T>,
): Promise<T> => {
  await sql.query("begin");
  try {
    await sql.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
        set_config('request.jwt.claim.sub', $3, true), set_config('request.jwt.claim.role', $1, true)`,
      [role, JSON.stringify(claims), sub],
    );
    const answer = await work(sql);
    await sql.query("commit");
    return answer;
  } catch (error) {
    await sql.query("rollback");
    throw error;
  }
};

/** A transaction with a signed-in person's rights, as the data API runs it. Commits unless the work throws. */
export const asUser = <T>(sql: Sql, userId: string, work: (sql: Sql) => Promise<T>): Promise<T> =>
  as(sql, "authenticated", { sub: userId, role: "authenticated" }, userId, work);

/** The same for somebody who is not signed in. */
export const asAnon = <T>(sql: Sql, work: (sql: Sql) => Promise<T>): Promise<T> =>
  as(sql, "anon", { role: "anon" }, "", work);

/** Calls a public function and gives its answer. */
export const call = async <T = Record<string, unknown>>(
  sql: Sql,
  name: string,
  args: Record<string, unknown>,
): Promise<T> => {
  const names = Object.keys(args);
  const list = names.map((arg, at) => `${arg} => $${at + 1}`).join(", ");
  const values = names.map((arg) => {
    const value = args[arg];
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? JSON.stringify(value)
      : value;
  });
  const { rows } = await sql.query<{ answer: T }>(`select public.${name}(${list}) as answer`, values);
  return rows[0]?.answer as T;
};

/** The SQLSTATE an attempt was refused with; `ok` when it was not. */
export const refusalOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "ok",
    (error: unknown) => {
      const code = (error as { code?: unknown }).code;
      if (typeof code !== "string") throw error;
      return code;
    },
  );
