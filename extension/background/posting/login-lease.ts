/** Who drives a login of which this browser keeps the record: one post at a time, and never two runs of one. */
import { isLive, renewLease, resumeLease, takeLease, type Lease, type Posting } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import { browserStart } from "./browser-start.ts";
import { sessionNow } from "./session-clock.ts";

/** Taken, or taken up again by the run that has it. @returns null while another post has it. */
export const takeLoginLease = async (login: string, posting: Posting): Promise<Lease | null> => {
  const [now, start] = await Promise.all([sessionNow(), browserStart()]);
  return database.transaction("rw", database.loginLeases, database.settings, async () => {
    const known = (await database.loginLeases.get(login)) ?? null;
    // Another start's lease ended with that start: there is one browser here.
    const current = known?.holder === start ? known : null;
    const resumed = resumeLease(current, start, posting.fence, now);
    if (resumed) {
      await database.loginLeases.put({ login, ...resumed });
      return resumed;
    }
    // An earlier run of this very post died before it gave it back: no other can be under way here.
    const others = current?.posting === posting.id ? null : current;
    const fence = ((await readSetting("fence")) ?? 0) + 1;
    const lease = takeLease(others, { holder: start, posting: posting.id, fence }, now);
    if (!lease) return null;
    await writeSetting("fence", fence);
    await database.loginLeases.put({ login, ...lease });
    return lease;
  });
};

/** @returns false when it is over, or another run's by now. */
export const renewLoginLease = async (login: string, fence: number): Promise<boolean> => {
  const now = await sessionNow();
  return database.transaction("rw", database.loginLeases, async () => {
    const renewed = renewLease((await database.loginLeases.get(login)) ?? null, fence, now);
    if (renewed) await database.loginLeases.put({ login, ...renewed });
    return renewed !== null;
  });
};

/**
 * A page has shown whose login it is: the lease goes by its name from now on.
 * @returns false while another post has that login.
 */
export const renameLoginLease = async (from: string, to: string, fence: number): Promise<boolean> => {
  const [now, start] = await Promise.all([sessionNow(), browserStart()]);
  return database.transaction("rw", database.loginLeases, async () => {
    const [mine, theirs] = await database.loginLeases.bulkGet([from, to]);
    if (mine?.fence !== fence) return false;
    // This very post's own was renamed before, by a run that died before the post knew its login.
    const isOthers = theirs && theirs.holder === start && theirs.posting !== mine.posting;
    if (isOthers && isLive(theirs, now)) return false;
    await database.loginLeases.delete(from);
    await database.loginLeases.put({ ...mine, login: to });
    return true;
  });
};

export const giveLoginLeaseBack = (login: string, fence: number): Promise<void> =>
  database.transaction("rw", database.loginLeases, async () => {
    if ((await database.loginLeases.get(login))?.fence === fence) await database.loginLeases.delete(login);
  });
