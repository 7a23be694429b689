/** Starts one of our own servers as a process and resolves with the JSON line it prints when it is ready. */
import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

export type Child = { process: ChildProcess; ready: Record<string, unknown>; stop(): Promise<void> };
export type ChildOptions = {
  name: string;
  file: string;
  args?: string[];
  env?: Record<string, string>;
  logDir: string;
};

const root = path.resolve(import.meta.dirname, "..");

export async function startChild({ name, file, args = [], env = {}, logDir }: ChildOptions): Promise<Child> {
  await mkdir(logDir, { recursive: true });
  const log = createWriteStream(path.join(logDir, `${name}.log`), { flags: "a" });
  const child = spawn(process.execPath, [path.join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let tail = "";
  child.stderr.on("data", (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-4000)));
  child.stderr.pipe(log, { end: false });
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      log.write(`${line}\n`);
      const found = readyLine(line);
      if (found) resolve(found);
    });
    void exited.then((code) => reject(new Error(`${name} ended (${code}) before it was ready:\n${tail}`)));
  });
  return {
    process: child,
    ready,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
      log.end();
    },
  };
}

/** Log lines are JSON too: only one that says so, or names its ports, is the ready line. */
function readyLine(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    return "ready" in value || "port" in value || "ports" in value || value["msg"] === "ready" ? value : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
