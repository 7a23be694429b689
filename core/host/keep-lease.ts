/** The right to drive a login is kept for as long as its run lasts. */
import { LEASE_MS } from "../posting/index.ts";

/** A quarter of the lease: three renewals may fail before another driver can take the login. */
const RENEW_MS = LEASE_MS / 4;

type LeaseKeeper = {
  /** False: the lease is over, or somebody else's by now. What it throws may pass. */
  renew(): Promise<boolean>;
  /** The run has to end: nothing it decides is heard any more. */
  lost(): void;
  failed(error: unknown): void;
};

/** @returns what ends it. */
export const keepLease = ({ renew, lost, failed }: LeaseKeeper): (() => void) => {
  const once = (): void => {
    renew().then((isKept) => {
      if (!isKept) lost();
    }, failed);
  };
  // A lease is a promise about time: renewing it is the one thing that has to follow the clock.
  const timer = setInterval(once, RENEW_MS);
  return () => clearInterval(timer);
};
