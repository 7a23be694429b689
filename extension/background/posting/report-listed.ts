/**
 * Listings posted while the service was away: each becomes a job there that is done, under the same key as if it had been
 * registered in time. Nothing is opened and nothing is pressed.
 */
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { markListed } from "./judge.ts";
import { changePost, say } from "./post-store.ts";
import { PostFailed, TryLater } from "./problems.ts";
import { isRunning } from "./scheduler.ts";
import { claimTarget, registerPost } from "./server-target.ts";

const report = async (done: PostRow): Promise<void> => {
  const registered = await registerPost(done);
  if (registered.refusal) throw new PostFailed(registered.refusal);
  const post = await claimTarget(registered);
  if (!post.target?.fence || !post.externalId) return; // not reached, or an account it does not know: the next sync asks again
  await markListed(post, { externalId: post.externalId, url: post.listingUrl, title: post.item.title });
};

/** Safe to call at any time, any number of times. Call it after the items were sent. */
export const reportListed = async (): Promise<void> => {
  const unreported = await database.posts
    .where("state")
    .equals("done")
    .filter((post) => !post.reported && post.externalId !== null && !isRunning(post.id))
    .toArray();
  for (const post of unreported) {
    try {
      await report(post);
    } catch (error) {
      if (error instanceof TryLater) continue; // somebody drives the account: the next sync asks again
      if (!(error instanceof PostFailed)) throw error;
      await say(post, "warn", `Hawker's service did not take note of this listing: ${error.message}`);
      await changePost(post.id, post.fence, { reported: true });
    }
  }
};
