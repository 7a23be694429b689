import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSecrets, type StackSecrets } from "../local/secrets-file.ts";

const MAIN = join(import.meta.dirname, "..", "local", "main.ts");
type Running = { child: ChildProcess; printed: Record<string, unknown>; secrets: StackSecrets };

let dir: string;
const children: ChildProcess[] = [];

const start = async (): Promise<Running> => {
  const child = spawn(process.execPath, [MAIN, "--dir", dir], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout! })) {
    const printed = JSON.parse(line) as Record<string, unknown>;
    return { child, printed, secrets: await readSecrets(printed["secretsFile"]) };
  }
  throw new Error("the stack ended without saying that it is ready");
};

const stop = async ({ child }: Running, signal: NodeJS.Signals): Promise<number | null> => {
  const exited = once(child, "exit");
  child.kill(signal);
  return ((await exited) as [number | null])[0];
};

const postmaster = async (): Promise<number> =>
  Number((await readFile(join(dir, "pg", "postmaster.pid"), "utf8")).split("\n")[0]);
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const ask = async ({ secrets }: Running, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: secrets.adminDatabaseUrl });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
};

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "hawker-kill-"));
});
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) await stop({ child } as Running, "SIGINT");
  await rm(dir, { recursive: true, force: true });
});

describe("node supabase/local/main.ts", () => {
  it("stops clean on SIGINT and SIGTERM, and keeps its ports, keys and data", async () => {
    const first = await start();
    await ask(first, "create table kept (n int)");
    const pid = await postmaster();
    expect(await stop(first, "SIGINT")).toBe(0);
    expect(alive(pid)).toBe(false);
    const second = await start();
    expect({ ...second.printed, startedInMs: 0 }).toEqual({ ...first.printed, startedInMs: 0 });
    expect(second.secrets).toEqual(first.secrets);
    expect(await ask(second, "select * from kept")).toEqual([]);
    expect(await stop(second, "SIGTERM")).toBe(0);
  });

  it("prints no secret: they are in a file that nobody else reads", async () => {
    const { printed, secrets } = await start();
    const text = JSON.stringify(printed);
    for (const [name, secret] of Object.entries(secrets)) {
      expect(text, name).not.toContain(secret);
      const password = URL.canParse(secret) ? new URL(secret).password : "";
      if (password) expect(text, name).not.toContain(password);
    }
    expect((await stat(String(printed["secretsFile"]))).mode & 0o777).toBe(0o600);
  });

  it("recovers from kill -9 of itself: the orphaned Postgres is stopped, nothing committed is lost", async () => {
    const first = await start();
    await ask(first, "create table kept as select 42 as n");
    const orphan = await postmaster();
    await stop(first, "SIGKILL");
    expect(alive(orphan)).toBe(true);
    const second = await start();
    expect(alive(orphan)).toBe(false);
    expect(await ask(second, "select n from kept")).toEqual([{ n: 42 }]);
  });

  it("recovers from kill -9 of itself and of Postgres", async () => {
    const first = await start();
    await ask(first, "create table kept as select 42 as n");
    const pid = await postmaster();
    await stop(first, "SIGKILL");
    process.kill(pid, "SIGKILL");
    const second = await start();
    expect(await ask(second, "select n from kept")).toEqual([{ n: 42 }]);
  });
});
