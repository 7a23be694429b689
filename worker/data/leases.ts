/** The right to drive a login: held while a task works, renewed in time, given back at the end whatever happened. */
import { keepLease, ServiceAway } from "#core/host/index.ts";
import type { WorkerContext } from "../worker-context.ts";
import { StaleFenceError, type Database } from "./database.ts";

type Held = {
  accountId: string;
  fence: number;
  outer: AbortSignal;
};

/**
 * Runs `work` under a lease that was taken, renewing it. `signal` aborts when the lease was lost or `outer` aborts; a
 * submit under way then still ends in a judgement, because the database refuses what a stale holder writes.
 */
export const withLease = async <T>(
  db: Database,
  lease: Held,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const lost = new AbortController();
  const key = { p_account_id: lease.accountId, p_fence: lease.fence };
  const renew = async (): Promise<boolean> => {
    try {
      await db.call("renew_lease", key);
      return true;
    } catch (error) {
      if (error instanceof StaleFenceError) return false;
      throw error;
    }
  };
  const stop = keepLease({ renew, lost: () => lost.abort(), failed: () => undefined });
  try {
    return await work(AbortSignal.any([lost.signal, lease.outer]));
  } finally {
    stop();
  }
};

/**
 * Gives back whatever this run holds when `work` is over, also a lease it never heard that it got. While the database is away
 * that is kept, and told when it is back.
 */
export const givingBack = async (
  { db, unheard }: Pick<WorkerContext, "db" | "unheard">,
  holder: string,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } finally {
    const release = () => db.call("worker_release", { p_holder: holder });
    await release().catch((error: unknown) => {
      if (!(error instanceof ServiceAway)) throw error;
      unheard.keep(release);
    });
  }
};

export const leaseAccount = async (
  db: Database,
  accountId: string,
  holder: string,
): Promise<{ held: true; fence: number } | { held: false }> => {
  const key = { p_account_id: accountId, p_holder: holder };
  const { held, fence } = await db.call<{ held: boolean; fence: string | number | null }>(
    "lease_account",
    key,
  );
  return held && fence !== null ? { held, fence: Number(fence) } : { held: false };
};
