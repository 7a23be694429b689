/** Tells the database that this worker lives. Without it, its locked jobs and leases are taken from it by the sweep. */
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";

export type Heartbeats = {
  /** The first beat of a pool; awaited before it takes its first job, so that no locked job is without an owner. */
  begin(poolId: string): Promise<void>;
  /** Beats once for every pool. @returns whether the database heard it. */
  beat(): Promise<boolean>;
  /** Signs off: nothing of these pools is left running. */
  end(): Promise<void>;
};

export const createHeartbeats = (db: Database, pid: number, log: Log): Heartbeats => {
  const pools = new Map<string, Promise<void>>();
  const tell = (poolId: string) => db.call<void>("worker_heartbeat", { p_worker_id: poolId, p_pid: pid });
  return {
    begin(poolId) {
      const known = pools.get(poolId);
      if (known) return known;
      const first = tell(poolId);
      pools.set(poolId, first);
      return first;
    },
    async beat() {
      const told = await Promise.allSettled([...pools.keys()].map(tell));
      for (const one of told)
        if (one.status === "rejected") log.warn({ err: one.reason }, "heartbeat not told");
      return told.every(({ status }) => status === "fulfilled");
    },
    async end() {
      await Promise.all(
        [...pools.keys()].map((poolId) => db.call("worker_stopped", { p_worker_id: poolId })),
      );
    },
  };
};
