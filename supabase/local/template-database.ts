/** A throw-away Postgres with one database that has everything applied, to be cloned (tests) or looked at (types). */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { bootstrapProject } from "./bootstrap.ts";
import { newStackKeys } from "./keys.ts";
import { createLite } from "./lite.ts";
import { migrate } from "./migrate.ts";
import { freePort } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { installQueue } from "./queue.ts";
import { setWorkerPassword } from "./worker-role.ts";

export const TEMPLATE = "hawker_template";

export type TemplateServer = {
  /** Superuser URL of the database `postgres`, for making clones. */
  adminUrl: string;
  templateUrl: string;
  workerPassword: string;
  close: () => Promise<void>;
};

export const startTemplateServer = async (): Promise<TemplateServer> => {
  const dir = await mkdtemp(join(tmpdir(), "hawker-db-"));
  await chmod(dir, 0o755);
  const keys = { ...(await newStackKeys()), workerPassword: randomBytes(8).toString("hex") };
  const postgres = await startPostgres({
    dataDir: join(dir, "pg"),
    port: await freePort(),
    password: keys.adminPassword,
    logFile: join(dir, "postgres.log"),
    // Thrown away at the end: nothing here has to survive a power cut.
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
  });
  const close = async (): Promise<void> => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const client = new pg.Client({ connectionString: postgres.url() });
    await client.connect();
    await client.query(`create database ${TEMPLATE}`);
    await client.end();
    const templateUrl = postgres.url(TEMPLATE);
    const lite = await createLite({ databaseUrl: templateUrl, origin: "http://127.0.0.1", dir, keys });
    await bootstrapProject(templateUrl, lite.app);
    await lite.close();
    await migrate(templateUrl);
    await installQueue(templateUrl);
    await setWorkerPassword(templateUrl, keys.workerPassword);
    return { adminUrl: postgres.url(), templateUrl, workerPassword: keys.workerPassword, close };
  } catch (error) {
    await close();
    throw error;
  }
};
