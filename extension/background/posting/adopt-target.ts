/** A post of this browser for a target that another one, or the cloud, was asked for. */
import { z } from "zod";
import { itemSchema } from "#core/item/item.ts";
import { newPosting } from "#core/posting/index.ts";
import { supabase } from "#extension/auth/client.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { emptyPost } from "./start-posts.ts";

const payloadSchema = z.object({ item: itemSchema });

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
  const payload = payloadSchema.safeParse(data?.payload);
  if (error || !payload.success)
    throw new MessageError(
      "not-found",
      "What this job is to list could not be read. Try again when you are online.",
    );
  const { item } = payload.data;
  const post = {
    ...emptyPost(
      { item, platform: target.platform, account },
      newPosting({ id: targetId, itemId: item.id, driver: "tab", mode: target.posting.mode, at: Date.now() }),
    ),
    keeper: "service" as const,
    target: { jobId: target.jobId, targetId },
  };
  await database.posts.add(post);
  return post.id;
};
