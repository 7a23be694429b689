/** The controls for all posts of the panel's item at once. */
import { useState } from "react";
import { isBeforePress, isFinal } from "#core/posting/index.ts";
import { send } from "#extension/messages/send.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { Button } from "#extension/ui/button.tsx";
import { sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { publishAsShown, resumeAsShown, type ShownPost } from "../posts/as-shown.ts";
import { shownPost } from "../posts/use-posts.ts";
import { words } from "./words.ts";

const asShown = ({ id, posting, plan, item }: PostRow): ShownPost => ({
  postId: id,
  posting,
  shown: { plan, item },
});

const forEach = async (posts: PostRow[], act: (post: ShownPost) => Promise<unknown>): Promise<void> => {
  for (const post of posts)
    await act(asShown(post)).catch((cause: unknown) => toasts.show(sentenceOf(cause), { meaning: "failed" }));
};

/** While a hand is on it, it is about the posts it was about when the hand came: none joins, and none takes their place. */
function PublishAll({ ready }: { ready: PostRow[] }) {
  const [held, setHeld] = useState<PostRow[] | null>(null);
  const { busy, run } = useAction();
  const offered = held ?? ready;
  const left = offered.filter(({ id }) => ready.some((one) => one.id === id));
  if (offered.length === 0) return null;
  return (
    <span
      className="col-span-2 grid"
      onPointerEnter={() => setHeld(ready)}
      onPointerLeave={() => setHeld(null)}
    >
      <Button
        kind="primary"
        busy={busy}
        disabled={left.length === 0}
        onClick={() => void run(() => forEach(left, publishAsShown))}
      >
        {words.publishAll(left.length || offered.length)}
      </Button>
    </span>
  );
}

/** Each control has a place of its own: none comes up where another one was. */
export function Footer({ posts }: { posts: PostRow[] }) {
  const open = posts.filter((p) => !isFinal(p.posting));
  const ready = open.filter((p) => shownPost(p) === "ready");
  const paused = open.filter((p) => shownPost(p) === "paused");
  const going = open.filter((p) => isBeforePress({ state: shownPost(p) }));
  return (
    <footer
      role="group"
      aria-label={words.footer}
      className="grid grid-cols-2 gap-2 border-t border-line bg-surface p-3 empty:hidden"
    >
      <PublishAll ready={ready} />
      {going.length > 0 ? (
        <Button
          className="col-start-1"
          onClick={() => void forEach(going, ({ postId }) => send("post.pause", { postId }))}
        >
          {words.pauseAll}
        </Button>
      ) : null}
      {paused.length > 0 ? (
        <Button className="col-start-2" onClick={() => void forEach(paused, resumeAsShown)}>
          {words.resumeAll}
        </Button>
      ) : null}
    </footer>
  );
}
