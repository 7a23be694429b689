import type { Color, Condition } from "#core/item/item.ts";

/** Four words for six of ours: nothing is made to sound better than it is. Some locales print "Used – like new". */
export const CONDITIONS: Record<Condition, readonly [string, ...string[]]> = {
  new_with_tags: ["New"],
  new: ["New"],
  like_new: ["Used - Like New"],
  good: ["Used - Good"],
  fair: ["Used - Fair"],
  poor: ["Used - Fair"],
};

export const COLORS: Record<Color, readonly [string, ...string[]]> = {
  beige: ["Beige"],
  black: ["Black"],
  blue: ["Blue"],
  brown: ["Brown"],
  clear: ["Clear"],
  gold: ["Gold"],
  gray: ["Gray", "Grey"],
  green: ["Green"],
  multicolor: ["Multi-Color", "Multicolor"],
  orange: ["Orange"],
  pink: ["Pink"],
  purple: ["Purple"],
  red: ["Red"],
  silver: ["Silver"],
  white: ["White"],
  yellow: ["Yellow"],
};
