/**
 * A condition in the words of sellers, of exports and of other sites -> ours, or null when they say something else or less:
 * "Not new" is not new, and "Renewed" or "New (other)" is the seller's to judge. Whole phrases only, and nothing is made to
 * sound better than it is.
 */
import type { Condition } from "./item.ts";

const PHRASES: Record<Condition, string> = {
  new_with_tags:
    "new with tags|brand new with tags|new with tag|new w tags|nwt|bnwt|new with box|new with tags or box|new with tags box|new in box|brand new in box|nib|bnib|nwb",
  new: "new|brand new|new without tags|brand new without tags|nwot|bnwot|new without box|new never worn|new never used|never used|never worn|unused|unworn|factory sealed|sealed|new sealed|new old stock|nos",
  like_new:
    "like new|as new|almost new|nearly new|excellent|excellent used|mint|near mint|near mint or better|open box|open box like new",
  good: "used|good|very good|great|gently used|gently worn|lightly used|good used|very good used|pre loved|preloved|second hand|secondhand|pre owned|preowned",
  fair: "fair|acceptable|satisfactory|ok|well used|well worn|worn|used worn|moderately used|average",
  poor: "poor|for parts|parts|for parts or repair|for parts or not working|parts only|for parts only|not working|salvage|damaged|broken|heavily used|heavily worn|very worn|needs repair",
};
const KNOWN = new Map(
  Object.entries(PHRASES).flatMap(([condition, phrases]) =>
    phrases.split("|").map((phrase) => [phrase, condition as Condition] as const),
  ),
);
/** A word before the grade that only says that it is not new: "Used - Very Good", "Pre-owned, excellent". */
const USED = /^(used|pre ?owned|second ?hand) /;

export function conditionIn(text: string): Condition | null {
  const words = text
    .replace(/^https?:\/\/schema\.org\//i, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2") // NewCondition
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/^\s*in\b|\b(item|condition)\b/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const grade = words.replace(USED, "");
  const found = KNOWN.get(words) ?? KNOWN.get(grade) ?? null;
  // "Used, new" says two things.
  return grade !== words && (found === "new" || found === "new_with_tags") ? null : found;
}
