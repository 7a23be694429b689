/** Notes in every page how much it was seen: put there before the page's own scripts, told to the test as it grows. */
import type { BrowserContext } from "@playwright/test";

export type Seen = {
  id: string;
  url: string;
  hiddenMs: number;
  shownMs: number;
  /** Animation frames the page got while hidden, and while shown. */
  hiddenFrames: number;
  shownFrames: number;
  /** How often a 50 ms timer fired while hidden: 20 a second in a tab nobody throttles. */
  hiddenTicks: number;
  /** Values that arrived in fields. */
  hiddenInputs: number;
  shownInputs: number;
};

/** @returns what each document said last; it keeps growing. */
export const watchVisibility = async (context: BrowserContext): Promise<Map<string, Seen>> => {
  const seen = new Map<string, Seen>();
  await context.exposeBinding("hawkerSeen", (_source, one: Seen) => void seen.set(one.id, one));
  await context.addInitScript(() => {
    const tell = (globalThis as unknown as { hawkerSeen: (one: Seen) => void }).hawkerSeen;
    const one: Seen = {
      id: String(Math.random()), url: location.href, hiddenMs: 0, shownMs: 0,
      hiddenFrames: 0, shownFrames: 0, hiddenTicks: 0, hiddenInputs: 0, shownInputs: 0,
    }; // oxfmt-ignore
    let since = performance.now();
    let wasHidden = document.hidden;
    const count = () => {
      const now = performance.now();
      if (wasHidden) one.hiddenMs += now - since;
      else one.shownMs += now - since;
      since = now;
      wasHidden = document.hidden;
      tell(one);
    };
    document.addEventListener("visibilitychange", count, true);
    window.addEventListener("pagehide", count, true);
    setInterval(() => {
      if (wasHidden && document.hidden) one.hiddenTicks += 1;
      count();
    }, 50);
    const frame = () => {
      if (document.hidden) one.hiddenFrames += 1;
      else one.shownFrames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    for (const name of ["input", "change"])
      document.addEventListener(
        name,
        () => {
          if (document.hidden) one.hiddenInputs += 1;
          else one.shownInputs += 1;
        },
        true,
      );
  });
  return seen;
};

export const total = (documents: readonly Seen[], what: Exclude<keyof Seen, "id" | "url">): number =>
  documents.reduce((sum, one) => sum + one[what], 0);
