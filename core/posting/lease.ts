/** The right to drive a login: one holder at a time, with a fence that only grows. */
import { LEASE_MS, RUN_MS } from "./limits.ts";

export type Lease = {
  /** One run of one host, never a machine: nobody resumes another's run by accident. */
  holder: string;
  posting: string;
  fence: number;
  until: number;
  /** When the run it is for has to end: it is not renewed past that. */
  runUntil: number;
};

export const isLive = (lease: Lease | null, now: number): lease is Lease =>
  lease !== null && lease.until > now;

/** @returns null while somebody else has it. A live lease is never broken. */
export function takeLease(
  lease: Lease | null,
  wanted: Pick<Lease, "holder" | "posting" | "fence">,
  now: number,
): Lease | null {
  if (isLive(lease, now)) return null;
  return { ...wanted, until: now + LEASE_MS, runUntil: now + RUN_MS };
}

/** @returns null when it is over, or somebody else's by now. */
export function renewLease(lease: Lease | null, fence: number | null, now: number): Lease | null {
  if (lease?.fence !== fence || !isLive(lease, now)) return null;
  return { ...lease, until: Math.min(now + LEASE_MS, lease.runUntil) };
}

/** The same run, woken again, goes on under the same fence, for as long as a renewal would let it. */
export const resumeLease = (
  lease: Lease | null,
  holder: string,
  fence: number | null,
  now: number,
): Lease | null => (lease?.holder === holder ? renewLease(lease, fence, now) : null);
