/** Everything Hawker keeps in this browser, gone. What would be lost by it, or could then be posted twice, is named first. */
import { isFinal, isWatched, type Posting } from "#core/posting/index.ts";
import { database } from "./database.ts";
import type { PostRow } from "./rows.ts";
import { writeSetting, type Settings } from "./settings.ts";

export type Keeps = {
  /** Typed here, and not at the service. */
  unsent: number;
  /** Posts of which this browser alone knows what was pressed. */
  open: number;
};

/** Whether forgetting it could make it be posted twice. */
export const isNeeded = (posting: Posting, now: number): boolean =>
  !isFinal(posting) || isWatched(posting, now);

/** Its record is this browser's, the service never heard of it, or it is being pressed in a tab of this browser. */
const isKnownHereAlone = ({ keeper, target, posting, isStanding }: PostRow): boolean =>
  keeper === "browser" || target === null || isStanding || posting.state === "submitting";

export const keepsDevice = async (): Promise<Keeps> => {
  const waiting = [database.outbox, database.drafts, database.postingOutbox].map((table) => table.count());
  const unsent = (await Promise.all(waiting)).reduce((sum, n) => sum + n, 0);
  const now = Date.now();
  const open = await database.posts
    .filter((post) => isNeeded(post.posting, now) && isKnownHereAlone(post))
    .count();
  return { unsent, open };
};

/**
 * After signing out.
 * @param agreed what the person was told of. @returns what was not named to them; then nothing is deleted.
 */
export const forgetDevice = (agreed: Keeps): Promise<Keeps | null> =>
  database.transaction("rw", database.tables, async () => {
    const keeps = await keepsDevice();
    if (keeps.open > 0 || keeps.unsent > agreed.unsent) return keeps;
    await Promise.all(database.tables.map((table) => table.clear()));
    return null;
  });

/** What another person's data leaves behind once all of it is at the service: nothing. @returns what is not there; then all is kept. */
export const clearForOwner = (owner: Settings["dataOwner"]): Promise<Keeps | null> =>
  database.transaction("rw", database.tables, async () => {
    const keeps = await keepsDevice();
    if (keeps.open > 0 || keeps.unsent > 0) return keeps;
    const tables = database.tables.filter(({ name }) => name !== "settings");
    await Promise.all(tables.map((table) => table.clear()));
    await writeSetting("dataOwner", owner);
    return null;
  });
