import type { Color, Condition } from "#core/item/item.ts";

/** First is what the form says today; the rest are wordings seen before. */
export const CONDITIONS: Record<Condition, readonly [string, ...string[]]> = {
  new_with_tags: ["New", "New with tags"],
  new: ["New", "New with tags"],
  like_new: ["Like new"],
  good: ["Good"],
  fair: ["Fair"],
  poor: ["Poor"],
};

/** Null where Mercari has no such colour: then none is chosen. */
export const COLORS: Record<Color, readonly [string, ...string[]] | null> = {
  beige: ["Beige"],
  black: ["Black"],
  blue: ["Blue"],
  brown: ["Brown"],
  clear: null,
  gold: ["Gold"],
  gray: ["Gray", "Grey"],
  green: ["Green"],
  multicolor: ["Multicolor", "Multi-color"],
  orange: ["Orange"],
  pink: ["Pink"],
  purple: ["Purple"],
  red: ["Red"],
  silver: ["Silver"],
  white: ["White"],
  yellow: ["Yellow"],
};
