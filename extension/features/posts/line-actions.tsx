/** The next click for a line, by its state: at most three, the likeliest first. */
import { ExternalLink } from "lucide-react";
import { send } from "#extension/messages/send.ts";
import { Button, buttonLook } from "#extension/ui/button.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import type { PostRow } from "#extension/store/rows.ts";
import type { Line } from "./use-posts.ts";
import { words } from "./words.ts";

type PostMessage =
  "post.publish" | "post.pause" | "post.resume" | "post.cancel" | "post.retry" | "post.openTab";

const isGoing = (line: Line) => ["queued", "claimed", "filling"].includes(line.state);

export function LineActions({
  line,
  jobId,
  handoff,
  compact = false,
}: {
  line: Line;
  jobId: string | null;
  handoff?: PostRow["handoff"];
  compact?: boolean;
}) {
  const { busy, run } = useAction();
  const attempt = async (action: () => Promise<unknown>) => {
    await run(async () => {
      await action().catch((cause: unknown) => {
        toasts.show(cause instanceof Error ? cause.message : String(cause), { meaning: "failed" });
      });
    });
  };
  const post = (type: PostMessage) => () => attempt(() => send(type, { postId: line.postId ?? "" }));
  const small = { small: true, busy } as const;
  const buttons = [];
  if (line.url) {
    buttons.push(
      <a
        key="view"
        href={line.url}
        target="_blank"
        rel="noreferrer"
        className={buttonLook("secondary", true)}
      >
        {words.view}
        <ExternalLink aria-hidden className="size-3.5" />
      </a>,
    );
  }
  if (line.postId) {
    if (line.state === "ready")
      buttons.push(
        <Button key="publish" kind="primary" {...small} onClick={post("post.publish")}>
          {words.publishOn(line.platform)}
        </Button>,
      );
    if (line.state === "needs_human" && handoff === "check-listing") {
      const settle = (isThere: boolean) => () =>
        attempt(() => send("post.settle", { postId: line.postId ?? "", isThere }));
      buttons.push(
        <Button key="there" kind="primary" {...small} onClick={settle(true)}>
          {words.itIsThere}
        </Button>,
      );
      buttons.push(
        <Button key="not" {...small} onClick={settle(false)}>
          {words.itIsNot}
        </Button>,
      );
    } else if (line.state === "needs_human" && handoff === "host-permission") {
      buttons.push(
        <a
          key="connect"
          href={`/dashboard.html#/connections/${line.platform}/connect`}
          target="_blank"
          rel="noreferrer"
          className={buttonLook("primary", true)}
        >
          {words.connect(line.platform)}
        </a>,
      );
    } else if (line.state === "needs_human") {
      buttons.push(
        <Button
          key="continue"
          kind="primary"
          {...small}
          onClick={() =>
            attempt(async () => {
              await send("post.openTab", { postId: line.postId ?? "" });
              await send("post.resume", { postId: line.postId ?? "" });
            })
          }
        >
          {words.continueInTab}
        </Button>,
      );
    }
    if (line.state === "paused")
      buttons.push(
        <Button key="resume" kind="primary" {...small} onClick={post("post.resume")}>
          {words.resume}
        </Button>,
      );
    if (!compact && isGoing(line))
      buttons.push(
        <Button key="pause" {...small} onClick={post("post.pause")}>
          {words.pause}
        </Button>,
      );
    if (line.state === "failed")
      buttons.push(
        <Button key="retry" {...small} onClick={post("post.retry")}>
          {words.retry}
        </Button>,
      );
    if (!compact && !line.settled)
      buttons.push(
        <Button key="tab" {...small} onClick={post("post.openTab")}>
          {words.openTab}
        </Button>,
      );
    if (!compact && !line.settled && !["submitting", "unknown"].includes(line.raw))
      buttons.push(
        <Button key="cancel" kind="quiet" {...small} onClick={post("post.cancel")}>
          {words.cancel}
        </Button>,
      );
  } else if (jobId) {
    if (line.state === "failed" || line.state === "needs_human")
      buttons.push(
        <Button key="retry" {...small} onClick={() => attempt(() => send("jobs.retry", { jobId }))}>
          {words.retry}
        </Button>,
      );
  }
  return buttons.length > 0 ? <div className="flex flex-wrap items-center gap-2">{buttons}</div> : null;
}
