/** A post of this browser for a target that another one, or the cloud, was asked for. */
import { jobPayloadOf, type Payload } from "#core/job/payload.ts";
import { newPosting } from "#core/posting/index.ts";
import { supabase } from "#extension/auth/client.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { emptyPost } from "#extension/store/empty-post.ts";

const readable = (stored: unknown, targetId: string): Payload | null => {
  try {
    return jobPayloadOf(stored, targetId);
  } catch (error) {
    console.warn("What a job kept cannot be read by this version.", error);
    return null;
  }
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
  const { item = null, city = null } = data ? (readable(data.payload, targetId) ?? {}) : {};
  if (error || !item)
    throw new MessageError(
      "not-found",
      "What this job is to list could not be read. Try again when you are online.",
    );
  const post = {
    ...emptyPost(
      { item, city, platform: target.platform, account },
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
