/** The ledger outlives the site, and the site finds its past in it. */
import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { practiceControl } from "./control-client.ts";
import { startPractice } from "./index.ts";
import { openLedger } from "./server/ledger-client.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "ledger-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

interface Ready {
  readonly port: number;
  readonly controlPort: number;
  readonly ledgerPid: number;
  readonly pid: number;
  readonly resolverRules: string;
}

async function runMain(): Promise<{ ready: Ready; kill: (signal: NodeJS.Signals) => Promise<void> }> {
  const child = spawn(process.execPath, [main, "--dir", dir], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once("line", resolve),
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ready: JSON.parse(line) as Ready,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Asks the ledger itself: a process that ended may stay in the process table until somebody collects it. */
const answers = async (): Promise<boolean> => {
  const { port } = JSON.parse(await readFile(join(dir, "ledger.json"), "utf8")) as { port: number };
  return fetch(`http://127.0.0.1:${port}/health`).then(
    () => true,
    () => false,
  );
};

describe("the ledger", () => {
  it("survives a killed site, is found by the next, and still knows the sessions", async () => {
    const first = await runMain();
    await practiceControl(`http://127.0.0.1:${first.ready.controlPort}`).login("craigslist", "maria");
    await first.kill("SIGKILL");
    expect(await answers()).toBe(true);

    const second = await runMain();
    expect(second.ready.ledgerPid).toBe(first.ready.ledgerPid);
    const sessions = await practiceControl(`http://127.0.0.1:${second.ready.controlPort}`).sessions();
    expect(sessions).toMatchObject([{ site: "craigslist", account: "maria" }]);
    await second.kill("SIGTERM");
    expect(await answers()).toBe(false);
  });

  it("drops a line cut short by a crash and goes on numbering", async () => {
    const ledger = await openLedger(dir);
    const entry = await ledger.append({
      kind: "delete",
      site: "mercari",
      account: "maria",
      externalId: "m1",
    });
    await ledger.stop();
    await appendFile(join(dir, "ledger.jsonl"), '{"kind":"delete","site":"merc');
    const again = await openLedger(dir);
    const next = await again.append({ kind: "delete", site: "mercari", account: "maria", externalId: "m2" });
    expect(next.seq).toBe(entry.seq + 1);
    expect((await again.entries()).map(({ seq }) => seq)).toEqual([1, 2]);
    await again.stop();
  });

  it("refuses a photo whose bytes are not what the hash says", async () => {
    const ledger = await openLedger(dir);
    await expect(ledger.storePhoto("0".repeat(64), new Uint8Array([1, 2, 3]))).rejects.toThrow(/hash/);
    await ledger.stop();
  });
});

describe("the control API", () => {
  it("refuses web pages, bad switches and unknown accounts with a reason", async () => {
    const practice = await startPractice({ dir });
    const post = (path: string, body: unknown, headers = {}) =>
      fetch(practice.controlUrl + path, { method: "POST", body: JSON.stringify(body), headers });
    expect((await post("/reset", {}, { origin: "https://www.mercari.com" })).status).toBe(403);
    const bad = await post("/faults", { site: "mercari", fault: "explode" });
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain("slow");
    expect(await (await post("/login", { site: "mercari", account: "eve" })).text()).toContain(
      "maria or jonas",
    );
    await practice.close();
  });

  it("keeps issued sessions searchable after a reset, but signs everybody out", async () => {
    const practice = await startPractice({ dir });
    const control = practiceControl(practice.controlUrl);
    const state = await control.login("mercari", "jonas");
    const token = state.cookies.find(({ name }) => name === "_mwus")?.value ?? "";
    await control.reset();
    const [session] = await control.sessions();
    expect(session?.cookies.map(({ value }) => value)).toContain(token);
    expect(session?.storage["_s_did"]).toMatch(/^eyJ/);
    await practice.close();
  });
});
