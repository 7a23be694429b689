/** What every task stands on. Made once by start-worker.ts; a test makes its own. */
import type { ChannelId, Marketplace } from "#core/marketplace/index.ts";
import type { WorkerKeys } from "#core/session/index.ts";
import type { BrowserPool } from "./browser/pool.ts";
import type { Database } from "./data/database.ts";
import type { Unheard } from "./data/unheard.ts";
import type { Log } from "./log.ts";
import type { PhotoStore } from "./photos/photo-store.ts";

/** Moments between which the outside world changes: where a kill must not make anything happen twice or get lost. */
export type Point =
  | "claimed"
  | "looked"
  | "filling"
  | "filled"
  | "permitted"
  | "pressed"
  | "judged"
  | "recorded"
  | "settling";

export type WorkerContext = {
  db: Database;
  keys: WorkerKeys;
  browsers: BrowserPool;
  photos: PhotoStore;
  /** The page engine as one string. */
  bundle: string;
  marketplaces: Readonly<Record<ChannelId, Marketplace>>;
  ignoreHttpsErrors: boolean;
  /** Milliseconds between two heartbeats. */
  pulseMs: number;
  settleScale: number;
  /** What the database could not be told: told with the next heartbeat that gets through. */
  unheard: Unheard;
  log: Log;
  /** Aborts when the worker must end at once: what is not submitted goes back to the queue. */
  stopNow: AbortSignal;
  now(): number;
  random(): number;
  /** Does nothing in a real worker; a kill test ends the process here. */
  reach(point: Point, targetId: string): void;
};
