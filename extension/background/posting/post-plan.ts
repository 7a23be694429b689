/** The plan a post is filled by: made when filling begins, and kept until the form is filled anew. */
import type { Plan } from "#core/plan/plan.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { chosenCity } from "#extension/store/settings.ts";
import { changePost, readPost } from "./record.ts";

export const planOf = async (postId: string): Promise<PostRow & { plan: Plan }> => {
  const post = await readPost(postId);
  if (post.plan) return { ...post, plan: post.plan };
  const marketplace = marketplaceOf(post.platform);
  const city = await chosenCity();
  const photoIds = post.item.photos.map((photo) => photo.id).slice(0, marketplace.photos.max);
  const plan = marketplace.planFor(post.item, { photoIds, ...(city ? { account: { city } } : {}) });
  return { ...(await changePost(postId, { plan })), plan };
};
