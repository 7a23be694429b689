/**
 * Posts in the local database. A run writes under the fence it claimed with: once another run (or the person) took the post,
 * its writes fail and it stops. State is only ever read from here, because the service worker may die at any await.
 */
import { mayMove, type TargetState } from "#core/job/job.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import type { PostEventRow, PostRow } from "#extension/store/rows.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";

/** Another run or the person took this post over: stop, touch nothing. */
export class StalePost extends Error {
  override name = "StalePost";
}

const now = (): string => new Date().toISOString();

export const readPost = async (postId: string, db: HawkerDatabase = database): Promise<PostRow> => {
  const post = await db.posts.get(postId);
  if (!post) throw new StalePost("This post is no longer here.");
  return post;
};

/** A number no earlier claim of this browser had. Call inside a transaction over `settings`. */
export const nextFence = async (db: HawkerDatabase): Promise<number> => {
  const fence = ((await readSetting("fence", db)) ?? 0) + 1;
  await writeSetting("fence", fence, db);
  return fence;
};

const SETTLED: readonly TargetState[] = ["done", "failed", "cancelled", "needs_human"];

const applied = (post: PostRow, change: Partial<PostRow>): PostRow => {
  const to = change.state ?? post.state;
  if (to !== post.state && !mayMove(post.state, to))
    throw new Error(`A post cannot go from ${post.state} to ${to}.`);
  const settledAt = to === post.state ? post.settledAt : SETTLED.includes(to) ? now() : null;
  return { ...post, ...change, settledAt, updatedAt: now() };
};

/** @throws StalePost when the fence is not the post's own any more. */
export const changePost = (
  postId: string,
  fence: number,
  change: Partial<PostRow> | ((post: PostRow) => Partial<PostRow>),
  db: HawkerDatabase = database,
): Promise<PostRow> =>
  db.transaction("rw", db.posts, async () => {
    const post = await readPost(postId, db);
    if (post.fence !== fence) throw new StalePost("Another run carries this post now.");
    const changed = applied(post, typeof change === "function" ? change(post) : change);
    await db.posts.put(changed);
    return changed;
  });

/**
 * Takes a post away from whoever runs it: a new fence, and the change. `allow` looks at the post inside the transaction and
 * gives null to leave it alone.
 */
export const takePost = (
  postId: string,
  allow: (post: PostRow) => Partial<PostRow> | null,
  db: HawkerDatabase = database,
): Promise<PostRow | null> =>
  db.transaction("rw", db.posts, db.settings, async () => {
    const post = await db.posts.get(postId);
    const change = post ? allow(post) : null;
    if (!post || !change) return null;
    const changed = applied(post, { ...change, fence: await nextFence(db) });
    await db.posts.put(changed);
    return changed;
  });

export const say = async (
  post: Pick<PostRow, "id" | "platform">,
  level: PostEventRow["level"],
  message: string,
  data: Record<string, unknown> | null = null,
  db: HawkerDatabase = database,
): Promise<void> => {
  await db.postEvents.add({ postId: post.id, platform: post.platform, ts: now(), level, message, data });
};
