/**
 * The ledger: the oracle of every practice test, in a process of its own.
 *
 * - Append only: one JSON line per entry in `ledger.jsonl`, flushed to disk before the writer gets its answer.
 * - It outlives the site process: a killed site finds its past here again.
 * - Photo bytes are kept under `photos/<sha256>`.
 *
 * Run: `node practice/ledger.ts --dir DIR`. Prints `{"port":...,"pid":...}` when ready; ends itself after ten idle
 * minutes once its parent is gone.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { LedgerEntry, LedgerRecord } from "./ledger-entry.ts";

const { values } = parseArgs({ options: { dir: { type: "string" } } });
if (!values.dir) throw new Error("ledger: --dir DIR is needed: the folder that keeps the ledger");
const dir = values.dir;
const photosDir = join(dir, "photos");
const logPath = join(dir, "ledger.jsonl");
mkdirSync(photosDir, { recursive: true });

/** A line cut short by a crash was never answered, so it did not happen: it is cut off. */
function readLog(): LedgerEntry[] {
  if (!existsSync(logPath)) return [];
  const text = readFileSync(logPath, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) truncateSync(logPath, Buffer.byteLength(whole));
  return whole
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LedgerEntry);
}

const entries = readLog();
const log = openSync(logPath, "a");
const waiters = new Set<() => void>();

function append(record: LedgerRecord): LedgerEntry {
  const entry = { ...record, seq: (entries.at(-1)?.seq ?? 0) + 1, at: new Date().toISOString() };
  writeSync(log, `${JSON.stringify(entry)}\n`);
  fsyncSync(log);
  entries.push(entry);
  for (const wake of [...waiters]) wake();
  return entry;
}

/** Resolves when an entry after `seq` exists, or after `ms`. */
const entryAfter = (seq: number, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiters.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if ((entries.at(-1)?.seq ?? 0) > seq) done();
    else waiters.add(done);
  });

function storePhoto(sha256: string, bytes: Buffer): void {
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (actual !== sha256) throw new Error(`photo ${sha256} arrived with the hash ${actual}`);
  const path = join(photosDir, sha256);
  if (existsSync(path)) return;
  writeFileSync(`${path}.part`, bytes, { flush: true });
  renameSync(`${path}.part`, path);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://ledger");
  const photo = /^\/photos\/([0-9a-f]{64})$/.exec(url.pathname)?.[1];
  const json = (status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  if (url.pathname === "/health") return json(200, { pid: process.pid, dir });
  if (url.pathname === "/entries" && request.method === "POST") {
    return json(200, append(JSON.parse((await readBody(request)).toString("utf8")) as LedgerRecord));
  }
  if (url.pathname === "/entries") {
    const after = Number(url.searchParams.get("after") ?? 0);
    const wait = Number(url.searchParams.get("wait") ?? 0);
    if (wait > 0) await entryAfter(after, wait);
    return json(
      200,
      entries.filter((entry) => entry.seq > after),
    );
  }
  if (photo && request.method === "PUT") {
    storePhoto(photo, await readBody(request));
    return json(200, { sha256: photo });
  }
  if (photo && existsSync(join(photosDir, photo))) {
    response
      .writeHead(200, { "content-type": "application/octet-stream" })
      .end(readFileSync(join(photosDir, photo)));
    return;
  }
  json(404, { error: `the ledger has no ${request.method} ${url.pathname}` });
}

const idleLimitMs = 10 * 60_000;
let idle: NodeJS.Timeout | undefined;
let parentGone = false;
const armIdle = () => {
  clearTimeout(idle);
  if (parentGone) idle = setTimeout(stop, idleLimitMs);
};

const server = createServer((request, response) => {
  armIdle();
  answer(request, response).catch((error: unknown) => {
    response
      .writeHead(500, { "content-type": "application/json" })
      .end(JSON.stringify({ error: String(error) }));
  });
});
server.keepAliveTimeout = 60_000;

function stop(): void {
  server.closeAllConnections();
  server.close(() => {
    closeSync(log);
    process.exit(0);
  });
}

process.on("SIGTERM", stop);
// A Ctrl-C goes to the whole terminal group; the ledger leaves when its owner says so (SIGTERM) or is long gone.
process.on("SIGINT", () => undefined);
process.stdin.on("end", () => {
  parentGone = true;
  armIdle();
});
process.stdin.resume();

// An idle connection stays open: a caller that reuses one just as it is closed sees a failure that is none.
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(dir, "ledger.json"), JSON.stringify({ pid: process.pid, port }));
  process.stdout.write(`${JSON.stringify({ pid: process.pid, port })}\n`);
});
