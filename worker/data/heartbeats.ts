/** Tells the database that this worker lives. Without it, its locked jobs and leases are taken from it by the sweep. */
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";

type Heartbeats = {
  /**
   * When a beat of this pool was first heard; awaited before it takes its first job, so that no locked job is without an owner.
   * It never rejects: Graphile Worker would go on without it.
   */
  begin(poolId: string): Promise<void>;
  /** Beats once for every pool. @returns whether the database heard it. */
  beat(): Promise<boolean>;
  /** Signs off: nothing of these pools is left running. */
  end(): Promise<void>;
};

export const createHeartbeats = (db: Database, pid: number, log: Log): Heartbeats => {
  /** When each was first heard. */
  const pools = new Map<string, PromiseWithResolvers<void>>();
  let beating: Promise<unknown> = Promise.resolve();
  const tell = (poolId: string) => db.call<void>("worker_heartbeat", { p_worker_id: poolId, p_pid: pid });
  return {
    begin(poolId) {
      const known = pools.get(poolId);
      if (known) return known.promise;
      const heard = Promise.withResolvers<void>();
      pools.set(poolId, heard);
      tell(poolId).then(heard.resolve, (err: unknown) => log.warn({ err }, "first heartbeat not told"));
      return heard.promise;
    },
    async beat() {
      const all = Promise.allSettled(
        [...pools].map(async ([poolId, heard]) => heard.resolve(await tell(poolId))),
      );
      beating = all;
      const told = await all;
      for (const one of told)
        if (one.status === "rejected") log.warn({ err: one.reason }, "heartbeat not told");
      return told.every(({ status }) => status === "fulfilled");
    },
    async end() {
      await beating; // one under way would put back what is signed off
      await Promise.all(
        [...pools.keys()].map((poolId) => db.call("worker_stopped", { p_worker_id: poolId })),
      );
    },
  };
};
