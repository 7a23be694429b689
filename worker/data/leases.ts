/** The right to drive a login: held while a task works, renewed in time, given back at the end whatever happened. */
import { ServiceAway } from "#core/host/index.ts";
import { LEASE_MS } from "#core/posting/index.ts";
import type { WorkerContext } from "../worker-context.ts";
import { StaleFenceError, type Database } from "./database.ts";

/** A quarter of the lease: three renewals may fail before another driver can take the login. */
const RENEW_MS = LEASE_MS / 4;

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
  const renew = () => {
    db.call("renew_lease", key).catch((error: unknown) => {
      // Anything but a refusal may pass; the lease outlives three failed renewals.
      if (error instanceof StaleFenceError) lost.abort(error);
    });
  };
  // A lease is a promise about time: renewing it is the one thing that has to follow the clock.
  const timer = setInterval(renew, RENEW_MS);
  try {
    return await work(AbortSignal.any([lost.signal, lease.outer]));
  } finally {
    clearInterval(timer);
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
): Promise<{ held: true; fence: number } | { held: false; retryAt: Date | null }> => {
  const answer = await db.call<{ held: boolean; fence: string | number | null; expires_at: string | null }>(
    "lease_account",
    {
      p_account_id: accountId,
      p_holder: holder,
    },
  );
  return answer.held && answer.fence !== null
    ? { held: true, fence: Number(answer.fence) }
    : { held: false, retryAt: answer.expires_at ? new Date(answer.expires_at) : null };
};
