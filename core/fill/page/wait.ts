/**
 * Waiting on the page, not the clock: mutations and events wake, a timer ends it, a signal cancels it. No waiting on
 * animation frames and no polling, because hidden tabs stop the first and slow the second to one tick a second. A turn of the
 * event loop is taken through a MessageChannel, which hidden tabs do not slow.
 */
class Aborted extends Error {
  override name = "Aborted";
}

export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });

/** Whether the page is being drawn: an animation frame comes within `ms`. Never waited on for anything else. */
export const frameWithin = (view: Window, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    view.requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });

const WATCH: MutationObserverInit = { subtree: true, childList: true, attributes: true, characterData: true };
const EVENTS = [
  "input",
  "change",
  "load",
  "click",
  "transitionend",
  "animationend",
  "toggle",
  "visibilitychange",
] as const;

/** Calls back on every change of the page. Open shadow roots and frames given in `roots` are watched too. */
export function watchPage(roots: readonly Node[], onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (const root of roots) {
    observer.observe(root, WATCH);
    for (const name of EVENTS) root.addEventListener(name, onChange, { capture: true, passive: true });
  }
  const view = roots[0] && ("defaultView" in roots[0] ? (roots[0] as Document).defaultView : null);
  for (const name of ["popstate", "hashchange", "pagehide"]) view?.addEventListener(name, onChange);
  return () => {
    observer.disconnect();
    for (const root of roots)
      for (const name of EVENTS) root.removeEventListener(name, onChange, { capture: true });
    for (const name of ["popstate", "hashchange", "pagehide"]) view?.removeEventListener(name, onChange);
  };
}

export type WaitInput<T> = {
  roots: () => readonly Node[];
  /** Looked at now and after every change; anything but null, undefined and false ends the wait. */
  look: () => T | null | undefined | false;
  ms: number;
  signal: AbortSignal;
};

/** A machine that stands still for longer than this uses up no more of a wait than this. */
const SLICE_MS = 1000;
/** Turns a page gets to finish what it has in hand before a wait is given up. */
const LAST_TURNS = 3;

/**
 * The first thing `look` sees, or null when the time is over. The time is counted in slices and ends with a few turns
 * of the page: while a laptop slept or a busy machine stood still the page could do nothing, and its answer is queued
 * behind our timer.
 */
export function waitFor<T>({ roots, look, ms, signal }: WaitInput<T>): Promise<T | null> {
  if (signal.aborted) return Promise.reject(new Aborted("The run was stopped."));
  const now = look();
  if (now !== null && now !== undefined && now !== false) return Promise.resolve(now);
  if (ms <= 0) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    let pending = false;
    const end = (act: () => void) => {
      ended = true;
      stop();
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const check = () => {
      pending = false;
      if (ended || signal.aborted) return;
      try {
        const seen = look();
        if (seen !== null && seen !== undefined && seen !== false) end(() => resolve(seen));
      } catch (cause) {
        end(() => reject(cause as Error));
      }
    };
    const onChange = () => {
      if (pending) return;
      pending = true; // many mutations in one task are looked at once, in the next
      void turn().then(() => pending && check());
    };
    const onAbort = () => end(() => reject(new Aborted("The run was stopped.")));
    const stop = watchPage(roots(), onChange);
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const giveUp = async () => {
      for (let turns = 0; turns < LAST_TURNS && !ended; turns++) {
        await turn();
        if (!ended) check();
      }
      if (!ended) end(() => resolve(null));
    };
    const count = (left: number) => {
      const slice = Math.min(left, SLICE_MS);
      // From a turn, not from the timer: hidden tabs slow chains of timers down to one a minute.
      timer = setTimeout(() => {
        if (left <= slice) void giveUp();
        else void turn().then(() => ended || count(left - slice));
      }, slice);
    };
    count(ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** Until the page has been quiet for a few turns of its event loop; bounded, because some pages never are. */
export async function settle(roots: readonly Node[], { turns = 4, limit = 60 } = {}): Promise<void> {
  let changed = false;
  const stop = watchPage(roots, () => (changed = true));
  let quiet = 0;
  for (let count = 0; count < limit && quiet < turns; count++) {
    await turn();
    quiet = changed ? 0 : quiet + 1;
    changed = false;
  }
  stop();
}
