/** The plan a post is filled by: made when filling begins, and kept until the form is filled anew. */
import { planOfItem } from "#core/marketplace/plan-of-item.ts";
import type { Plan } from "#core/plan/plan.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { changePost, readPost } from "./record.ts";

export const planOf = async (postId: string): Promise<PostRow & { plan: Plan }> => {
  const post = await readPost(postId);
  if (post.plan) return { ...post, plan: post.plan };
  const marketplace = marketplaceOf(post.platform);
  const plan = planOfItem(marketplace, post.item, post.city);
  return { ...(await changePost(postId, { plan })), plan };
};
