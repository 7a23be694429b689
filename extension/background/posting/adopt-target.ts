/** A post of this browser for a target that another one, or the cloud, was asked for. */
import { z } from "zod";
import { itemSchema, type Item } from "#core/item/item.ts";
import { newPosting } from "#core/posting/index.ts";
import { supabase } from "#extension/auth/client.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { emptyPost } from "#extension/store/empty-post.ts";

/** `items`: by target, as it was when that was tried again. */
const payloadSchema = z.object({
  item: itemSchema,
  items: z.record(z.string(), z.unknown()).default({}),
});

const itemOf = (targetId: string, stored: unknown): Item | null => {
  const payload = payloadSchema.safeParse(stored);
  if (!payload.success) return null;
  const { item, items } = payload.data;
  return targetId in items ? (itemSchema.safeParse(items[targetId]).data ?? null) : item;
};

/** @throws MessageError when what is to be listed cannot be read. @returns the post's id */
export const adoptTarget = async (targetId: string): Promise<string> => {
  const target = await database.targets.get(targetId);
  const account = target ? await database.accounts.get(target.accountId) : undefined;
  if (!target || !account)
    throw new MessageError("not-found", "This job is not on this device yet. Refresh, then try again.");
  const { data, error } = await supabase()
    .from("listing_jobs")
    .select("payload")
    .eq("id", target.jobId)
    .maybeSingle();
  const item = itemOf(targetId, data?.payload);
  if (error || !item)
    throw new MessageError(
      "not-found",
      "What this job is to list could not be read. Try again when you are online.",
    );
  const post = {
    ...emptyPost(
      { item, platform: target.platform, account },
      newPosting({ id: targetId, itemId: item.id, driver: "tab", mode: target.posting.mode, at: Date.now() }),
    ),
    keeper: "service" as const,
    target: { jobId: target.jobId, targetId },
  };
  // Asked for twice at once, it is one post.
  return database.transaction("rw", database.posts, async () => {
    const known = await database.posts.where("target.targetId").equals(targetId).first();
    if (known) return known.id;
    await database.posts.add(post);
    return post.id;
  });
};
