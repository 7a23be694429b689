/** The service refuses a posting as a whole: what this browser knows of it is kept, and told when there is somebody to hear it. */
import { isOpenOrListed } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import { handedOverPost } from "#extension/store/hand-over.ts";
import type { PostRow } from "#extension/store/rows.ts";

const postOf = (targetId: string): Promise<PostRow | undefined> =>
  database.posts.where("target.targetId").equals(targetId).first();

/** Whoever is signed in may not act there now. It is asked again later: roles are given back. */
export const noteRefused = (targetId: string, message: string): Promise<void> =>
  database.transaction("rw", database.posts, async () => {
    const post = await postOf(targetId);
    if (!post) return;
    await database.posts.put({ ...post, note: { code: "refused-by-service", message } });
  });

/**
 * Its row is not there any more: deleted, or the database was put back to a time before it. It is asked for anew, as pressed if
 * it was; what is over stays on record here.
 */
export const tellAnew = async (targetId: string): Promise<void> => {
  const tables = [database.posts, database.postingOutbox];
  await database.transaction("rw", tables, async () => {
    const lost = await postOf(targetId);
    if (!lost) return;
    // All of it was played to the record here, and that is what is told.
    await database.postingOutbox.where("postId").equals(lost.id).delete();
    const { accountId, login } = lost;
    if (!isOpenOrListed(lost.posting) || !accountId || !login) {
      await database.posts.put({ ...lost, keeper: "browser", target: null, asked: null });
      return;
    }
    const account = { id: accountId, loginId: login.id, handle: login.name };
    const { post, tell } = handedOverPost(lost, account, Date.now());
    await database.posts.put(post);
    for (const event of tell)
      await database.postingOutbox.add({
        postId: post.id,
        eventId: crypto.randomUUID(),
        event,
        at: post.updatedAt,
      });
  });
};
