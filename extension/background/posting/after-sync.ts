/** What a sync means for posts: the service may have changed them, and may hear again what it missed. */
import { readSyncState } from "#extension/api/sync-state.ts";
import { database } from "#extension/store/database.ts";
import { tellOfTargets } from "#extension/background/tell-of-targets.ts";
import { drainAllPostings } from "./posting-outbox.ts";
import { keepPosting } from "./record.ts";
import { scheduleAll, schedulePosts } from "./scheduler.ts";

export const afterSync = async (): Promise<void> => {
  await drainAllPostings();
  await takeOverNews();
  await tellOfTargets();
  // What waits for the service waits on while it is away.
  await ((await isServiceThere()) ? scheduleAll() : schedulePosts());
};

const isServiceThere = async (): Promise<boolean> => {
  const { link } = await readSyncState();
  return link === "live" || link === "polling";
};

/** Answered, cancelled or settled elsewhere. What this browser still has to tell is ahead of it. */
const takeOverNews = async (): Promise<void> => {
  const posts = await database.posts.filter(({ target }) => target !== null).toArray();
  for (const { id, target, heardAt } of posts) {
    const told = await database.targets.get(target!.targetId);
    if (!told || (heardAt !== null && told.updatedAt <= heardAt)) continue;
    await keepPosting(id, { posting: told.posting, at: told.updatedAt }).catch((error: unknown) =>
      console.error("The service's word on a post could not be kept.", error),
    );
  }
};
