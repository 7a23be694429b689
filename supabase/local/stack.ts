/**
 * The local stack: Postgres, Supabase's interfaces and realtime behind one origin on 127.0.0.1, data in one folder.
 *
 * Order of a start: leftover of a killed stack cleared, Postgres up, an outdated database set aside, project schemas,
 * migrations, queue, worker role, then the origin opens. Every step does nothing when it was done before.
 */
import { createServer, type Server } from "node:http";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import pg from "pg";
import { bootstrapProject } from "./bootstrap.ts";
import { stackKeys } from "./keys.ts";
import { createLite } from "./lite.ts";
import { migrate } from "./migrate.ts";
import { answerOrigin } from "./origin.ts";
import { portFor } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { installQueue } from "./queue.ts";
import { serveRealtime } from "./realtime/server.ts";
import { isOutdated, setAside } from "./set-aside.ts";
import { claimFolder } from "./single-stack.ts";
import { setWorkerPassword, workerUrlOf } from "./worker-role.ts";

export type Stack = {
  /** The one origin: /auth/v1, /rest/v1, /storage/v1, /realtime/v1. */
  url: string;
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
  adminDatabaseUrl: string;
  workerDatabaseUrl: string;
  ports: { database: number; supabase: number };
  /** From the call to ready. */
  startedInMs: number;
  /** Closes connections, then Postgres. Safe to call twice. */
  close: () => Promise<void>;
};

const DATABASE = "hawker";

const ensureDatabase = async (url: string, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail);
      done();
    });
  });

/**
 * Starts everything; the first time it also sets everything up.
 * @param options.dir the local state folder, `.hawker` in the repository by default of the callers.
 * @throws when another process runs a stack on this folder, naming it.
 */
export const startStack = async (options: {
  dir: string;
  ports?: { database?: number; supabase?: number };
}): Promise<Stack> => {
  const began = performance.now();
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  const folder = await claimFolder(dir);
  const closing: (() => Promise<void>)[] = [folder.release];
  const closeAll = async (): Promise<void> => {
    for (let step = closing.pop(); step; step = closing.pop()) await step();
  };
  try {
    const keys = await stackKeys(dir);
    const ports = {
      database: options.ports?.database ?? (await portFor(dir, "database")),
      supabase: options.ports?.supabase ?? (await portFor(dir, "supabase")),
    };
    const postgres = await startPostgres({
      dataDir: join(dir, "pg"),
      port: ports.database,
      password: keys.adminPassword,
      logFile: join(dir, "postgres.log"),
    });
    closing.push(postgres.stop);
    const adminDatabaseUrl = postgres.url(DATABASE);
    await ensureDatabase(postgres.url(), DATABASE);
    if (await isOutdated(adminDatabaseUrl)) {
      const name = await setAside(postgres.url(), DATABASE, new Date());
      console.error(`The migrations were rewritten: the local database was set aside as "${name}".`);
      await ensureDatabase(postgres.url(), DATABASE);
    }
    const url = `http://127.0.0.1:${ports.supabase}`;
    const lite = await createLite({ databaseUrl: adminDatabaseUrl, origin: url, dir, keys });
    closing.push(lite.close);
    await bootstrapProject(adminDatabaseUrl, lite.app);
    await migrate(adminDatabaseUrl);
    await installQueue(adminDatabaseUrl);
    await setWorkerPassword(adminDatabaseUrl, keys.workerPassword);

    const answer = getRequestListener(answerOrigin(lite.app));
    const server = createServer((request, response) => void answer(request, response));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    });
    // Closed before the server: an upgraded socket is none of the server's connections, and it would wait for it for ever.
    const realtime = await serveRealtime(server, { databaseUrl: adminDatabaseUrl, ...keys });
    closing.push(realtime.close);
    await listen(server, ports.supabase);
    await folder.announce(url);
    let closed: Promise<void> | undefined;
    return {
      url,
      publishableKey: keys.publishableKey,
      secretKey: keys.secretKey,
      jwtSecret: keys.jwtSecret,
      adminDatabaseUrl,
      workerDatabaseUrl: workerUrlOf(adminDatabaseUrl, keys.workerPassword),
      ports,
      startedInMs: Math.round(performance.now() - began),
      close: () => (closed ??= closeAll()),
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
};
