/** Talks to the ledger process: starts it, or finds the one that outlived an earlier site process. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LedgerEntry, LedgerRecord } from "../ledger-entry.ts";

export interface Ledger {
  readonly pid: number;
  /** Resolves when the entry is on disk. */
  append(record: LedgerRecord): Promise<LedgerEntry>;
  entries(after?: number, waitMs?: number): Promise<LedgerEntry[]>;
  storePhoto(sha256: string, bytes: Uint8Array): Promise<void>;
  photo(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
  stop(): Promise<void>;
}

interface Address {
  readonly pid: number;
  readonly port: number;
}

async function findRunning(dir: string): Promise<Address | null> {
  try {
    const address = JSON.parse(await readFile(join(dir, "ledger.json"), "utf8")) as Address;
    const health = await fetch(`http://127.0.0.1:${address.port}/health`, {
      signal: AbortSignal.timeout(1000),
    });
    const { pid, dir: servedDir } = (await health.json()) as { pid: number; dir: string };
    return pid === address.pid && servedDir === dir ? address : null;
  } catch {
    // No file, nothing listening, or something else on that port: all mean "start one".
    return null;
  }
}

async function spawnLedger(dir: string): Promise<Address> {
  const script = fileURLToPath(new URL("../ledger.ts", import.meta.url));
  const child = spawn(process.execPath, [script, "--dir", dir], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the practice ledger ended at once with code ${code}`)));
  });
  lines.close();
  child.stdout.destroy();
  // Its pipe must not keep us alive; when we die the pipe closes and the ledger starts to count down.
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return JSON.parse(line) as Address;
}

/** The ledger of `dir`, running. */
export async function openLedger(dir: string): Promise<Ledger> {
  const { pid, port } = (await findRunning(dir)) ?? (await spawnLedger(dir));
  const base = `http://127.0.0.1:${port}`;
  const call = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(base + path, init);
    if (!response.ok && response.status !== 404) throw new Error(`ledger ${path}: ${await response.text()}`);
    return response;
  };
  return {
    pid,
    append: async (record) =>
      (
        await call("/entries", { method: "POST", body: JSON.stringify(record) })
      ).json() as Promise<LedgerEntry>,
    entries: async (after = 0, waitMs = 0) =>
      (await call(`/entries?after=${after}&wait=${waitMs}`)).json() as Promise<LedgerEntry[]>,
    storePhoto: async (sha256, bytes) => {
      await call(`/photos/${sha256}`, { method: "PUT", body: bytes as Uint8Array<ArrayBuffer> });
    },
    photo: async (sha256) => {
      const response = await call(`/photos/${sha256}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    },
    stop: async () => {
      process.kill(pid, "SIGTERM");
      const deadline = Date.now() + 3000;
      while (Date.now() < deadline && (await fetch(`${base}/health`).catch(() => null)))
        await new Promise((r) => setTimeout(r, 20));
    },
  };
}
