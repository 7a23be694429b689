/** What a post would publish, as one short text: a person agrees to exactly this. */
import { payloadHash } from "#core/posting/index.ts";
import type { PostRow } from "./rows.ts";

/** Null while no plan is made: the item as it was at the start is meant. */
export const payloadOf = async ({ plan, item }: Pick<PostRow, "plan" | "item">): Promise<string | null> =>
  plan ? payloadHash(plan, item) : null;
