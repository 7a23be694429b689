/** What is done to the worker from outside, and what it interrupted. */
import { execFileSync } from "node:child_process";
import type { DatabaseLine } from "#worker/testing/database-line.ts";
import type { SellerWorld } from "#worker/testing/seller-world.ts";
import { spawnWorker, type SpawnedWorker } from "#worker/testing/spawn-worker.ts";
import type { Violence } from "./draw.ts";

/** `overAt`: from when the worker, or the one started in its place, could go on. `targets`: left in the middle by then. */
export type Blow = { kind: Violence["kind"]; overAt: Date; targets: string[] };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The browser process of this worker, not the renderers below it. */
const browserPids = (workerPid: number): number[] => {
  try {
    return execFileSync("pgrep", ["-P", String(workerPid)], { encoding: "utf8" })
      .trim()
      .split("\n")
      .filter(Boolean)
      .map(Number);
  } catch {
    return []; // pgrep ends with 1 when there is none
  }
};

export type Supervised = { strike(violence: Violence): Promise<Blow>; stop(): Promise<void> };

/** A worker that is started again at once when it ends, as a supervisor would. */
export const supervise = async (
  world: SellerWorld,
  line: DatabaseLine,
  scale: number,
): Promise<Supervised> => {
  const env = world.workerEnv({ DATABASE_URL: line.url, HAWKER_SETTLE_SCALE: String(scale) });
  let worker: SpawnedWorker = await spawnWorker(env);
  /** By target, under which fence. */
  const driven = async (): Promise<Map<string, string>> => {
    const { rows } = await world.admin.query<{ id: string; fence: string }>(
      "select id, fence from public.job_targets where fence is not null and state in ('claimed', 'filling', 'submitting')",
    );
    return new Map(rows.map(({ id, fence }) => [id, fence]));
  };
  const acts: Record<Violence["kind"], (lastsMs: number) => Promise<void>> = {
    none: () => Promise.resolve(),
    "worker-killed": async () => {
      worker.kill("SIGKILL");
      await worker.ended;
      worker = await spawnWorker(env);
    },
    "browser-killed": () => {
      for (const pid of browserPids(worker.process.pid!)) process.kill(pid, "SIGKILL");
      return Promise.resolve();
    },
    "worker-stopped": async (lastsMs) => {
      worker.kill("SIGSTOP");
      await pause(lastsMs);
      worker.kill("SIGCONT");
    },
    "database-cut": async (lastsMs) => {
      line.cut();
      await pause(lastsMs);
      line.mend();
    },
  };
  return {
    async strike({ kind, afterMs, lastsMs }) {
      await pause(afterMs);
      const before = kind === "none" ? new Map<string, string>() : await driven();
      await acts[kind](lastsMs);
      const overAt = new Date();
      // What the database had heard already when the blow fell ended its run, and waits for its time or for a person.
      const after = await driven();
      return { kind, overAt, targets: [...before.keys()].filter((id) => after.get(id) === before.get(id)) };
    },
    async stop() {
      worker.kill("SIGTERM");
      await worker.ended;
    },
  };
};

export type Recovery = { seconds: number; target: string; after: Violence["kind"] };

/** How long until something happened to each posting that a blow met; from when the worker could go on. */
export const recoveries = async (world: SellerWorld, blows: readonly Blow[]): Promise<Recovery[]> => {
  const found: Recovery[] = [];
  for (const { kind, overAt, targets } of blows)
    for (const target of targets) {
      const { rows } = await world.admin.query<{ seconds: string | null }>(
        `select extract(epoch from min(at) - $2::timestamptz) as seconds from (
           select at from public.posting_events where target_id = $1 and at > $2
           union all select ts from public.listing_job_events where target_id = $1 and ts > $2) e`,
        [target, overAt],
      );
      if (rows[0]?.seconds != null) found.push({ seconds: Number(rows[0].seconds), target, after: kind });
    }
  return found;
};
