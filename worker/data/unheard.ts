/**
 * What could not be told because the database was away: evidence, and leases given back. It is true however late it comes, so it is
 * kept and told once the database is heard of again, or when the worker ends. What this process takes with it when it dies is looked for in the account's own list.
 */
import type { Log } from "../log.ts";
import { DatabaseRefusal } from "./database.ts";

export type Unheard = {
  keep(tell: () => Promise<unknown>): void;
  /** Tells what is kept, in order; what still cannot be told stays. */
  flush(): Promise<void>;
  /** How much is kept. */
  waiting(): number;
};

export const createUnheard = (log: Log): Unheard => {
  const kept: (() => Promise<unknown>)[] = [];
  let flushing: Promise<void> | null = null;
  const flush = async (): Promise<void> => {
    for (let tell = kept[0]; tell; tell = kept[0]) {
      try {
        await tell();
      } catch (err) {
        if (!(err instanceof DatabaseRefusal))
          return log.debug({ err, waiting: kept.length }, "not told yet");
        log.warn({ err }, "told late, and not taken"); // the posting is gone, or this database knows no such event
      }
      kept.shift();
    }
  };
  return {
    keep: (tell) => void kept.push(tell),
    waiting: () => kept.length,
    flush: () => (flushing ??= flush().finally(() => (flushing = null))),
  };
};
