import type { Condition } from "#core/item/item.ts";

/** "new" is for what has its tags or its sealed box; the site's own words, best first. */
export const CONDITIONS: Record<Condition, readonly [string, ...string[]]> = {
  new_with_tags: ["new"],
  new: ["like new"],
  like_new: ["excellent", "like new"],
  good: ["good"],
  fair: ["fair"],
  poor: ["salvage"],
};
