/** Posts went over to the service (store/hand-over.ts): their runs begin anew under its leases, and it hears of them now. */
import { database } from "#extension/store/database.ts";
import { Ended } from "./endings.ts";
import { drainAllPostings } from "./posting-outbox.ts";
import { scheduleAll, stopRun } from "./scheduler.ts";

/** @param postIds of those that went over just now. */
export const afterHandOver = async (postIds: readonly string[]): Promise<void> => {
  if (postIds.length === 0) return;
  for (const post of await database.posts.bulkGet([...postIds])) {
    if (!post) continue;
    // What is on its way to be pressed reads the site's answer first.
    if (post.posting.unsettledAt === null) stopRun(post.id, new Ended({ code: "interrupted" }));
  }
  await drainAllPostings();
  await scheduleAll();
};
