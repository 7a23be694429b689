/** Starts one of our own servers as a process and resolves with the JSON line it prints when it is ready. */
import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

export type Child = {
  process: ChildProcess;
  ready: Record<string, unknown>;
  /** Resolves with its code when it ends without having been stopped. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
};
export type ChildOptions = {
  name: string;
  file: string;
  args?: string[];
  env?: Record<string, string>;
  logDir: string;
};

const root = path.resolve(import.meta.dirname, "..");
const leavesWithParent = pathToFileURL(path.join(import.meta.dirname, "leave-with-parent.ts")).href;

export async function startChild({ name, file, args = [], env = {}, logDir }: ChildOptions): Promise<Child> {
  await mkdir(logDir, { recursive: true });
  const log = createWriteStream(path.join(logDir, `${name}.log`), { flags: "a" });
  const child = spawn(process.execPath, ["--import", leavesWithParent, path.join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error(`${name} was started without its output.`);
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let tail = "";
  stderr.on("data", (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-4000)));
  stderr.pipe(log, { end: false });
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: stdout }).on("line", (line) => {
      log.write(`${line}\n`);
      const found = readyLine(line);
      if (found) resolve(found);
    });
    void exited.then((code) => reject(new Error(`${name} ended (${code}) before it was ready:\n${tail}`)));
  });
  let isStopped = false;
  const ended = new Promise<number | null>((resolve) => {
    void exited.then((code) => !isStopped && resolve(code));
  });
  return {
    process: child,
    ready,
    ended,
    stop: async () => {
      isStopped = true;
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
