/** What a post needs now, read from its row alone: the scheduler asks after every wake-up, whatever happened before. */
import type { PostRow } from "#extension/store/rows.ts";
import type { Part } from "./run-post.ts";

export type Next =
  | { kind: "run"; part: Part }
  | { kind: "verify" }
  | { kind: "lost" }
  | { kind: "wait"; until: string }
  | { kind: "rest" };

const REST: Next = { kind: "rest" };

/**
 * @param openSubmit a submit of this post may have happened and is not decided.
 * - `lost`: the worker died between the permit and the judgement; it becomes `unknown`, nothing is pressed.
 * - a form whose filling was cut short is filled anew; after a handoff of a field it goes on where it stopped.
 */
export const nextPart = (post: PostRow, openSubmit: boolean, now: number): Next => {
  if (post.paused && post.state !== "submitting" && post.state !== "unknown") return REST;
  if (post.state === "submitting") return { kind: "lost" };
  const due = post.verify?.dueAt ?? null;
  const waits = (until: string | null): Next | null =>
    until !== null && Date.parse(until) > now ? { kind: "wait", until } : null;
  if (post.state === "unknown" || (post.state === "claimed" && openSubmit))
    return waits(due) ?? { kind: "verify" };
  const goesOn = post.phase === "fill";
  switch (post.state) {
    case "queued":
    case "claimed":
      return (
        waits(post.notBefore) ?? {
          kind: "run",
          part: post.phase === "ready" ? "publish" : goesOn ? "go-on" : "start",
        }
      );
    case "filling":
      if (post.phase === "ready") return post.publishAsked ? { kind: "run", part: "publish" } : REST;
      return { kind: "run", part: "start" };
    case "needs_human":
    case "done":
    case "failed":
    case "cancelled":
      return REST;
  }
};
