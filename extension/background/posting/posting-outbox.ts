/** Tells the service, in order, what happened to posts while it was not heard. Safe to call at any time. */
import { database } from "#extension/store/database.ts";
import { changePost, keepPosting, readPost, say } from "./record.ts";
import { registerPost } from "./register-post.ts";
import { tellService, type Heard } from "./service.ts";

const draining = new Map<string, Promise<boolean>>();

const drain = async (postId: string): Promise<boolean> => {
  for (;;) {
    const next = await database.postingOutbox.where("postId").equals(postId).first();
    if (!next) return true;
    if ((await registerPost(await readPost(postId))) !== "registered") return false;
    const { target } = await readPost(postId);
    if (!target) return false;
    const heard = await tellService(target.targetId, next.event, next.eventId);
    if (heard === null) return false;
    await keepHeard(postId, next.seq, heard);
  }
};

const keepHeard = async (postId: string, seq: number, { applied, heard }: Heard): Promise<void> => {
  const tables = [database.posts, database.postingOutbox];
  await database.transaction("rw", tables, async () => {
    await database.postingOutbox.delete(seq);
    if (heard) await keepPosting(postId, heard);
    const { note } = await readPost(postId);
    if (note?.code === "refused-by-service") await changePost(postId, { note: null }); // it is heard again
  });
  if (!applied.ok && applied.code !== "already-known" && applied.code !== "other-attempt") {
    const post = await readPost(postId);
    await say(post, "info", "The service knew more of this already", { code: applied.code });
  }
};

/** @returns whether all of it was heard. */
export const drainPostingOutbox = (postId: string): Promise<boolean> => {
  const running = draining.get(postId);
  if (running) return running.then((all) => all && drainPostingOutbox(postId));
  const mine = drain(postId).finally(() => draining.delete(postId));
  draining.set(postId, mine);
  return mine;
};

/** Everything that waits, of every post. What one post has to tell keeps no other waiting. */
export const drainAllPostings = async (): Promise<void> => {
  const waiting = await database.postingOutbox.orderBy("seq").toArray();
  for (const postId of new Set(waiting.map((row) => row.postId)))
    await drainPostingOutbox(postId).catch((error: unknown) =>
      console.error("What happened to a post could not be told; it is told again later.", error),
    );
};
