/**
 * Each key is written down in the turn it is pressed: a database write begun while a page is going away may be dropped, one to
 * localStorage is not. An entry lasts until the database has it; what a page leaves behind is brought in by the next one.
 */
import type { Raw } from "./rows.ts";

const PREFIX = "hawker-typed";
const pageId: string = crypto.randomUUID();

export type Entry = { itemId: string; key: string; raw: Raw; at: string; over: string };

const placeOf = (page: string, itemId: string, key: string) => [PREFIX, page, itemId, key].join(" ");

export const noteTyped = (entry: Entry): void => {
  try {
    localStorage.setItem(placeOf(pageId, entry.itemId, entry.key), JSON.stringify(entry));
  } catch (cause) {
    console.warn("The last moment before this page closes is not covered: no room to note it.", cause);
  }
};

/** The database has this. What was typed since stays noted. */
export const forgetTyped = (itemId: string, key: string, raw: Raw): void => {
  const place = placeOf(pageId, itemId, key);
  const noted = localStorage.getItem(place);
  if (noted && JSON.stringify((JSON.parse(noted) as Entry).raw) === JSON.stringify(raw))
    localStorage.removeItem(place);
};

const lockOf = (page: string) => `${PREFIX} ${page}`;

/** Held as long as this page lives, and let go however it ends. */
const liveOn = (): void => void navigator.locks.request(lockOf(pageId), () => new Promise(() => undefined));

const placesOf = (page: string): string[] =>
  Object.keys(localStorage).filter((place) => place.startsWith(`${PREFIX} ${page} `));

/** Pages whose end is waited for already. */
const awaited = new Set([pageId]);

const bringFrom = (page: string, bring: (left: Entry[]) => Promise<void>): Promise<void> =>
  navigator.locks.request(lockOf(page), async () => {
    awaited.delete(page);
    const places = placesOf(page);
    if (places.length === 0) return;
    const left = places.map((place) => JSON.parse(localStorage.getItem(place) ?? "null") as Entry);
    await bring(left.sort((a, b) => a.at.localeCompare(b.at)));
    for (const place of places) localStorage.removeItem(place);
  });

/**
 * Hands over what pages that are gone left behind, in the order it was typed: now, when a page ends, and when this one is
 * looked at again. @param bring resolves when the database has the entries
 */
export const bringWhatWasLeft = (bring: (left: Entry[]) => Promise<void>): void => {
  liveOn();
  const look = () => {
    for (const place of Object.keys(localStorage)) {
      const [prefix, page] = place.split(" ");
      if (prefix !== PREFIX || !page || awaited.has(page)) continue;
      awaited.add(page);
      bringFrom(page, bring).catch((cause: unknown) =>
        console.error("What was typed last waits for the next time this page opens.", cause),
      );
    }
  };
  look();
  document.addEventListener("visibilitychange", look);
};
