/** Turns "post these items there" into posts. The same item going to the same account twice at once is one post. */
import type { Item } from "#core/item/item.ts";
import type { Mode } from "#core/job/job.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";

const OVER = ["done", "failed", "cancelled"];

/** What a person can change about an item decides its revision; bookkeeping does not. */
export const revisionOf = async (item: Item): Promise<string> => {
  const {
    fieldTimes: _times,
    createdAt: _created,
    updatedAt: _updated,
    deletedAt: _deleted,
    labels: _labels,
    notes: _notes,
    ...content
  } = item;
  const ordered = JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ordered));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const newPost = (item: Item, opKey: string, platform: ChannelId, accountId: string | null, mode: Mode, at: string): PostRow => ({
  id: crypto.randomUUID(), opKey, itemId: item.id, item, platform, accountId, mode, target: null, state: "queued", phase: "queued",
  paused: false, publishAsked: mode === "publish", tabId: null, documentId: null, windowId: null, fence: 0, attempt: 0, retries: 0, notBefore: null, plan: null,
  nextIndex: 0, stepReports: [], progress: { percent: 0, message: "Waiting" }, stateReason: null, handoff: null, before: [], refusal: null,
  verify: null, listingUrl: null, externalId: null, reported: false, fillMs: null, createdAt: at, updatedAt: at, startedAt: null, settledAt: null,
}); // prettier-ignore

type Channel = { platform: ChannelId; accountId?: string | undefined };

const accountFor = async (db: HawkerDatabase, { platform, accountId }: Channel): Promise<string | null> => {
  if (accountId) return accountId;
  const accounts = await db.accounts.where("platform").equals(platform).toArray();
  return (
    (
      accounts.find((one) => one.status === "connected") ??
      accounts.find((one) => one.status !== "disconnected")
    )?.id ?? null
  );
};

/** @throws MessageError when an item is gone. @returns ids of the posts, in order of items and channels. */
export const startPosts = async (
  input: { itemIds: readonly string[]; channels: readonly Channel[]; mode: Mode },
  db: HawkerDatabase = database,
): Promise<string[]> => {
  const postIds: string[] = [];
  for (const itemId of input.itemIds) {
    const item = await db.items.get(itemId);
    if (!item || item.deletedAt)
      throw new MessageError("not-found", "One of these items is no longer here. Reload the inventory.");
    const revision = await revisionOf(item);
    for (const channel of input.channels) {
      const accountId = await accountFor(db, channel);
      const opKey = `${itemId}|${channel.platform}|${accountId ?? "-"}|${revision}`;
      const post = await db.transaction("rw", db.posts, async () => {
        const open = await db.posts
          .where("opKey")
          .equals(opKey)
          .filter((one) => !OVER.includes(one.state))
          .first();
        if (open) return open;
        const made = newPost(item, opKey, channel.platform, accountId, input.mode, new Date().toISOString());
        await db.posts.add(made);
        return made;
      });
      postIds.push(post.id);
    }
  }
  return postIds;
};
