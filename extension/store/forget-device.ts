/** Everything Hawker keeps in this browser, gone. What would be lost by it, or could then be posted twice, is named first. */
import { isFinal, isWatched, type Posting } from "#core/posting/index.ts";
import { database } from "./database.ts";

export type Keeps = {
  /** Typed here, and not at the service. */
  unsent: number;
  /** Posts of which this browser alone knows what was pressed. */
  open: number;
};

/** Whether forgetting it could make it be posted twice. */
export const isNeeded = (posting: Posting, now: number): boolean =>
  !isFinal(posting) || isWatched(posting, now);

export const keepsDevice = async (): Promise<Keeps> => {
  const waiting = [database.outbox, database.drafts, database.postingOutbox].map((table) => table.count());
  const unsent = (await Promise.all(waiting)).reduce((sum, n) => sum + n, 0);
  const now = Date.now();
  const posts = await database.posts.filter(({ posting }) => isNeeded(posting, now)).toArray();
  return { unsent, open: posts.filter(({ keeper }) => keeper === "browser").length };
};

/** After signing out. */
export const forgetDevice = (): Promise<void> =>
  database.transaction("rw", database.tables, async () => {
    await Promise.all(database.tables.map((table) => table.clear()));
  });
