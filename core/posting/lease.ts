/** The right to drive a login: one holder at a time, with a fence that only grows. */
import { LEASE_MS } from "./limits.ts";

export type Lease = { holder: string; posting: string; fence: number; until: number };

export const isLive = (lease: Lease | null, now: number): lease is Lease =>
  lease !== null && lease.until > now;

/** The same run, woken again under the lease it holds: it goes on under the same fence. */
export const isResumed = (
  lease: Lease | null,
  holder: string,
  fence: number | null,
  now: number,
): lease is Lease => isLive(lease, now) && lease.holder === holder && lease.fence === fence;

/**
 * @param holder names one run of one host, never a machine: nobody resumes another's run by accident.
 * @returns null while somebody else has it. A live lease is never broken.
 */
export function takeLease(
  lease: Lease | null,
  wanted: { holder: string; posting: string; fence: number },
  now: number,
): Lease | null {
  if (isLive(lease, now)) return null;
  return { ...wanted, until: now + LEASE_MS };
}

/** @param runUntil when the run it is for has to end: a lease is not renewed past it. */
export function renewLease(
  lease: Lease | null,
  fence: number,
  runUntil: number | null,
  now: number,
): Lease | null {
  if (lease?.fence !== fence || !isLive(lease, now)) return null;
  if (runUntil !== null && now >= runUntil) return null;
  return { ...lease, until: Math.min(now + LEASE_MS, runUntil ?? Infinity) };
}
