/**
 * Browsers and the contexts in them.
 * - At most five live contexts a browser: past that pages starve each other (measured).
 * - A browser that died is forgotten at once; the next context starts another.
 * - A browser that has served many contexts is retired when its last one closes: what leaks, leaks for a while only.
 */
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core";
import type { Log } from "../log.ts";

type BrowserSource = { open(): Promise<Browser> };
export type Seating = {
  /** In a browser of its own: a page that takes its browser along takes nobody else's. */
  alone?: boolean;
};
export type BrowserPool = {
  /** @throws NoBrowserError before `use` was called. */
  withContext<T>(
    options: BrowserContextOptions,
    use: (context: BrowserContext) => Promise<T>,
    seating?: Seating,
  ): Promise<T>;
  /** Browsers and contexts alive now. */
  alive(): { browsers: number; contexts: number };
  /** Starts a browser ahead of the first job. */
  warm(): Promise<void>;
  /** Closes every browser there is now; the next context starts another. */
  closeAll(): Promise<void>;
  /** The same, for good. */
  close(): Promise<void>;
};

/** None could be started, or it ended before there was a page in it: no page's fault. */
export class NoBrowserError extends Error {
  override name = "NoBrowserError";
}

const CONTEXTS_PER_BROWSER = 5;
const RETIRE_AFTER = 200;
const CLOSE_MS = 5_000;
/** Opening takes tens of milliseconds, and seconds on a machine that has nothing left. */
const OPEN_MS = 30_000;

type BrowserChoice = {
  ws?: string | undefined;
  cdp?: string | undefined;
  executablePath?: string | undefined;
  args: string[];
};

export const browserSource = ({ ws, cdp, executablePath, args }: BrowserChoice): BrowserSource => ({
  open: () => {
    if (ws) return chromium.connect(ws);
    if (cdp) return chromium.connectOverCDP(cdp);
    // Signals are the worker's: it drains first and closes its browsers last.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    return chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args,
      headless: true,
      ...signals,
    });
  },
});

type Seat = { opening: Promise<Browser>; live: number; served: number; gone: boolean; alone: boolean };

export const createBrowserPool = (source: BrowserSource, log: Log): BrowserPool => {
  const seats = new Set<Seat>();
  let closed = false;

  const forget = (seat: Seat): void => {
    seat.gone = true;
    seats.delete(seat);
  };
  const openSeat = (alone = false): Seat => {
    const seat: Seat = { opening: source.open(), live: 0, served: 0, gone: false, alone };
    seats.add(seat);
    const onGone = () => {
      if (!seat.gone && !closed)
        log.warn({ contexts: seat.live }, "a browser is gone; the next job starts another");
      forget(seat);
    };
    seat.opening.then(
      (browser) => browser.on("disconnected", onGone),
      () => forget(seat),
    );
    return seat;
  };
  const hasRoom = (seat: Seat): boolean =>
    !seat.gone && !seat.alone && seat.live < CONTEXTS_PER_BROWSER && seat.served < RETIRE_AFTER;
  const takeSeat = ({ alone = false }: Seating): Seat => {
    if (closed) throw new Error("The worker is stopping: no more browser contexts.");
    const [fullest] = alone ? [] : [...seats].filter(hasRoom).sort((a, b) => b.live - a.live);
    const seat = fullest ?? openSeat(alone);
    seat.live += 1;
    seat.served += 1;
    return seat;
  };
  const leaveSeat = (seat: Seat): void => {
    seat.live -= 1;
    const spare = [...seats].some(
      (other) => other !== seat && !other.gone && !other.alone && other.live < CONTEXTS_PER_BROWSER,
    );
    if (seat.live > 0 || seat.gone || (seat.served < RETIRE_AFTER && !spare && !seat.alone)) return;
    forget(seat);
    seat.opening
      .then((browser) => browser.close())
      .catch((err: unknown) => log.debug({ err }, "closing a spare browser"));
  };

  const closeAll = async (): Promise<void> => {
    const open = [...seats];
    seats.clear();
    await Promise.allSettled(open.map(async (seat) => settleWithin((await seat.opening).close(), CLOSE_MS)));
  };

  return {
    async withContext(options, use, seating = {}) {
      const seat = takeSeat(seating);
      try {
        const context = await newContext(seat.opening, options);
        try {
          return await use(context);
        } finally {
          await settleWithin(context.close(), CLOSE_MS);
        }
      } catch (error) {
        // Whether or not it can still be closed: nobody else is seated there.
        if (error instanceof NoBrowserError) forget(seat);
        throw error;
      } finally {
        leaveSeat(seat);
      }
    },
    alive: () => ({ browsers: seats.size, contexts: [...seats].reduce((sum, seat) => sum + seat.live, 0) }),
    async warm() {
      if (seats.size === 0) await openSeat().opening;
    },
    closeAll,
    async close() {
      closed = true;
      await closeAll();
    },
  };
};

const newContext = async (
  opening: Promise<Browser>,
  options: BrowserContextOptions,
): Promise<BrowserContext> => {
  let browser: Browser | null = null;
  try {
    browser = await opening;
    return await opened(browser, browser.newContext(options), OPEN_MS);
  } catch (cause) {
    if (cause instanceof NoBrowserError) throw cause;
    if (browser?.isConnected()) throw cause; // it is there, and refuses these options
    throw new NoBrowserError("No browser could be had.", { cause });
  }
};

/** @throws NoBrowserError when none opens in time. */
export const newPage = (context: BrowserContext, ms = OPEN_MS): Promise<Page> =>
  opened(context.browser(), context.newPage(), ms);

/**
 * A browser can be there and open nothing any more: one of its processes died in the very moment it was needed. It is given up
 * whole, with all that is in it, and the next job starts another.
 */
const opened = async <T>(browser: Browser | null, opening: Promise<T>, ms: number): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new NoBrowserError("The browser opens nothing any more."));
    browser?.close().catch(() => undefined); // one that hangs may not even do that
  }, ms);
  opening.catch(() => undefined); // it may fail when nobody waits any more
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Closing a context of a browser that hangs or is gone must not hold up the job's end. */
const settleWithin = async (closing: Promise<void>, ms: number): Promise<void> => {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([closing.catch(() => undefined), late]);
  clearTimeout(timer);
};
