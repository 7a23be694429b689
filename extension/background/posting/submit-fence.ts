/**
 * The local record of submits: written before a press, read before any other. Invariants:
 * - a permit is given once per run, and never while an earlier submit of the same operation may have happened;
 * - `submitting` is committed together with the post's state before the permit is answered.
 */
import { database, type HawkerDatabase } from "#extension/store/database.ts";
import type { PostRow, SubmitFenceRow } from "#extension/store/rows.ts";
import { changePost } from "./post-store.ts";

const now = (): string => new Date().toISOString();
const MAY_HAVE_HAPPENED: readonly SubmitFenceRow["state"][] = ["submitting", "unknown", "confirmed"];

/** The newest submit of this operation that may have happened, or null. */
export const earlierSubmit = async (
  opKey: string,
  db: HawkerDatabase = database,
): Promise<SubmitFenceRow | null> => {
  const rows = await db.submitFences.where("opKey").equals(opKey).toArray();
  return (
    rows.filter((row) => MAY_HAVE_HAPPENED.includes(row.state)).sort((a, b) => b.fence - a.fence)[0] ?? null
  );
};

/** True at most once: then the submit is on record and the post is `submitting`. */
export const permitSubmit = (
  post: Pick<PostRow, "id" | "opKey" | "fence">,
  db: HawkerDatabase = database,
): Promise<boolean> =>
  db.transaction("rw", db.posts, db.submitFences, async () => {
    if (await earlierSubmit(post.opKey, db)) return false;
    const current = await changePost(post.id, post.fence, (row) => {
      if (row.state !== "filling" || row.paused) throw new Error("This post is not being filled.");
      return { state: "submitting", phase: "submit", progress: { percent: 90, message: "Publishing" } };
    }, db); // prettier-ignore
    await db.submitFences.add({
      id: crypto.randomUUID(),
      postId: current.id,
      opKey: current.opKey,
      fence: current.fence,
      state: "submitting",
      createdAt: now(),
      resolvedAt: null,
    });
    return true;
  });

/** What became of the submits of this operation that were open. */
export const resolveSubmit = async (
  opKey: string,
  state: "confirmed" | "absent" | "unknown",
  db: HawkerDatabase = database,
): Promise<void> => {
  await db.submitFences
    .where("opKey")
    .equals(opKey)
    .filter((row) => row.state === "submitting" || row.state === "unknown" || row.state === "intent")
    .modify({ state, resolvedAt: state === "unknown" ? null : now() });
};
