/** A worker in a process of its own, that a test can signal. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Point } from "../worker-context.ts";

export type SpawnedWorker = {
  process: ChildProcess;
  /** Everything it wrote, for canary searches. */
  output(): string;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  kill(signal: NodeJS.Signals): void;
  /** When it stands still (SIGSTOP). What it wrote to the database right before says only that it is about to. */
  stopped(): Promise<void>;
};

/** When it signals itself: with what was made before it started. */
export type Kill = { at: Point; targetId: string; signal?: NodeJS.Signals };

const root = path.resolve(import.meta.dirname, "..", "..");

/** Resolves when it says that it is ready. */
export const spawnWorker = async (env: Record<string, string>, kill?: Kill): Promise<SpawnedWorker> => {
  const file = kill ? "worker/testing/worker-that-dies.ts" : "worker/main.ts";
  const child = spawn(process.execPath, [path.join(root, file)], {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      ...(kill
        ? {
            HAWKER_KILL_AT: kill.at,
            HAWKER_KILL_TARGET: kill.targetId,
            HAWKER_KILL_WITH: kill.signal ?? "SIGKILL",
          }
        : {}),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal)),
  );
  child.stderr.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line.includes('"msg":"ready"')) resolve();
    });
    void ended.then((how) =>
      reject(
        new Error(`The worker ended (${String(how)}) before it was ready:\n${lines.join("\n").slice(-3000)}`),
      ),
    );
  });
  return {
    process: child,
    output: () => lines.join("\n"),
    ended,
    kill: (signal) => void child.kill(signal),
    async stopped() {
      const stateOf = async () => (await readFile(`/proc/${child.pid}/stat`, "utf8")).split(") ")[1]?.[0];
      // Looked at again and again: a parent that is Node hears when its child ends, and nothing when it is stopped.
      while ((await stateOf()) !== "T") await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
};
