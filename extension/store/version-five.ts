/** From version 4 of the local database: a post keeps the city it is for, which was read from the settings when it was filled. */
import type { Transaction } from "dexie";
import type { PostRow, Preferences } from "./rows.ts";

type PostOfFour = Omit<PostRow, "city" | "asked"> & {
  city?: string | null;
  asked: { key: string; city?: string | null } | null;
};

/** The city that the service was asked with comes first: asked again it has to be the same request. */
export const toVersionFive = async (transaction: Transaction): Promise<void> => {
  const kept = (await transaction.table("settings").get("preferences")) as { value: Preferences } | undefined;
  await transaction
    .table<PostOfFour>("posts")
    .toCollection()
    .modify((post) => {
      post.city ??= (post.asked ? post.asked.city : kept?.value.city) || null;
    });
};
