/** One limit for everything a phase waits for: its deadline, and the signal of whoever ordered it. */

/** The phase's time is over. */
export class OutOfTime extends Error {
  override name = "OutOfTime";
}

export type TimeLimit = {
  /** Milliseconds left of the deadline. */
  left(): number;
  /** What `work` gives, unless the time is over first. @throws OutOfTime, or the signal's reason */
  within<T>(work: Promise<T>): Promise<T>;
  end(): void;
};

/** The engine keeps the deadline itself; a page that hangs is given up this much later. */
const GRACE_MS = 5_000;

/** Without `ms` only the signal ends it. */
export function timeLimit(ms: number | null, signal?: AbortSignal): TimeLimit {
  const ends = ms === null ? Infinity : performance.now() + ms;
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => undefined); // raced by `within`; nobody may be waiting
  const giveUp = () => reject(new OutOfTime("The phase took too long."));
  const timer = ms === null ? undefined : setTimeout(giveUp, ms + GRACE_MS);
  const onAbort = () => reject(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    left: () => Math.max(0, ends - performance.now()),
    within: (work) => Promise.race([work, over]),
    end() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
