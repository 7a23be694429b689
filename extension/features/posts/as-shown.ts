/** Decisions about a post name what the person saw: if it asks, or would publish, something else by now, it is refused. */
import type { Posting } from "#core/posting/index.ts";
import { send } from "#extension/messages/send.ts";
import { payloadOf } from "#extension/store/payload-of.ts";
import type { PostRow } from "#extension/store/rows.ts";

/** As it was when the screen was drawn. */
export type ShownPost = {
  postId: string;
  posting: Pick<Posting, "question">;
  shown: Pick<PostRow, "plan" | "item"> | null;
};

/** @throws MessageError */
export const publishAsShown = async ({ postId, posting, shown }: ShownPost): Promise<unknown> =>
  send("post.publish", {
    postId,
    question: posting.question?.number ?? 0,
    payload: shown ? await payloadOf(shown) : null,
  });

/** @throws MessageError */
export const resumeAsShown = ({ postId, posting }: ShownPost): Promise<unknown> =>
  send("post.resume", { postId, question: posting.question?.number ?? null });
