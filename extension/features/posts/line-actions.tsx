/** The next clicks for a line: what core/posting says a person can do now, the likeliest first. */
import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { isBeforePress, waysOut, type Way } from "#core/posting/index.ts";
import { send } from "#extension/messages/send.ts";
import { Button, buttonLook } from "#extension/ui/button.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { publishAsShown, resumeAsShown, type ShownPost } from "./as-shown.ts";
import type { Line } from "./use-posts.ts";
import { words } from "./words.ts";

/** Answered in the question itself, where the rows are. */
const IN_QUESTION: readonly string[] = ["is-it", "not-there", "another-thing", "wait"];

const keyOf = (way: Way): string => (way.do === "answer" ? way.answer : way.do);

/** What a press of a way's button sends. */
const act = async (line: Line, way: Way): Promise<void> => {
  const { postId, targetId, posting } = line;
  const question = posting.question?.number ?? 0;
  if (postId) {
    if (way.do === "cancel") await send("post.cancel", { postId });
    else if (way.do === "retry") await send("post.retry", { postId });
    else if (way.do === "take-over" && targetId) await send("target.takeOver", { targetId });
    else if (way.do === "answer") await answerPost({ ...line, postId }, way.answer);
    return;
  }
  if (!targetId) return;
  if (way.do === "cancel") await send("target.cancel", { targetId });
  else if (way.do === "retry") await send("target.retry", { targetId });
  else if (way.do === "take-over") await send("target.takeOver", { targetId });
  else if (way.answer === "publish") await send("target.publish", { targetId, question });
  else if (way.answer === "go-on" || way.answer === "use-cloud")
    await send("target.answer", { targetId, question, answer: { kind: way.answer } });
};

const answerPost = async (line: ShownPost, answer: string): Promise<void> => {
  const { postId, posting } = line;
  const question = posting.question?.number ?? 0;
  if (answer === "publish") await publishAsShown(line);
  else if (answer === "use-cloud")
    await send("post.answer", { postId, question, answer: { kind: "use-cloud" } });
  else if (answer === "go-on") await goOnInTab(line);
};

const goOnInTab = async (line: ShownPost): Promise<void> => {
  await send("post.openTab", { postId: line.postId });
  await resumeAsShown(line);
};

/** What was to be published stands nowhere any more: it is filled anew, from the item, and shown again. */
const isFormGone = ({ why }: Line): boolean => why?.code === "tab-closed" || why?.code === "form-left";

const labelOf = (line: Line, way: Way): string => {
  if (way.do !== "answer") return words[way.do === "take-over" ? "takeOver" : way.do];
  if (way.answer === "publish")
    return isFormGone(line) ? words.fillAgainOn(line.platform) : words.publishOn(line.platform);
  if (way.answer === "use-cloud") return words.useCloud;
  if (line.state === "paused") return words.resume;
  return line.postId ? words.continueInTab : words.goOn;
};

/** At most three in a narrow place; the others are one click further, on the jobs page. */
const chosen = (line: Line, compact: boolean): Way[] => {
  // What waits for a tab of this very browser is nobody's to take over.
  const isOwn = line.postId !== null && line.posting.driver === "tab";
  return waysOut(line.posting).filter((way) => {
    // The service knows nothing of it, and so the cloud does not.
    if (way.do === "answer" && way.answer === "use-cloud" && line.targetId === null) return false;
    if (way.do === "answer") return !IN_QUESTION.includes(way.answer);
    if (way.do === "take-over") return !isOwn;
    return way.do !== "cancel" || !compact;
  });
};

export function LineActions({ line, compact = false }: { line: Line; compact?: boolean }) {
  const { busy, run } = useAction();
  const attempt = (action: () => Promise<unknown>) =>
    run(async () => {
      await action().catch((cause: unknown) => {
        toasts.show(cause instanceof Error ? cause.message : String(cause), { meaning: "failed" });
      });
    });
  const button = (key: string, label: string, action: () => Promise<unknown>, kind?: "primary" | "quiet") => (
    <Button key={key} small busy={busy} kind={kind ?? "secondary"} onClick={() => void attempt(action)}>
      {label}
    </Button>
  );
  const { postId, posting } = line;
  const needsHosts = line.why?.code === "host-permission";
  const buttons: ReactNode[] = [];
  if (line.url) buttons.push(<ListingLink key="view" url={line.url} />);
  if (needsHosts) buttons.push(<ConnectLink key="connect" line={line} />);
  const ways = chosen(line, compact);
  for (const way of ways.filter(({ do: what }) => what !== "cancel")) {
    const isFirst = !buttons.some(Boolean) || (way.do === "answer" && !needsHosts && buttons.length <= 1);
    const kind = way.do === "answer" && isFirst ? "primary" : undefined;
    buttons.push(button(keyOf(way), labelOf(line, way), () => act(line, way), kind));
  }
  if (postId && line.state === "paused" && posting.state !== "needs_human")
    buttons.push(button("resume", words.resume, () => resumeAsShown({ ...line, postId }), "primary"));
  else if (postId && line.isHeld && !needsHosts)
    buttons.push(button("resume", words.continueInTab, () => goOnInTab({ ...line, postId }), "primary"));
  if (postId && !compact && isBeforePress(line) && !posting.cancelAsked)
    buttons.push(button("pause", words.pause, () => send("post.pause", { postId })));
  if (postId && !compact && !line.settled && line.opens)
    buttons.push(button("tab", words.openTab, () => send("post.openTab", { postId })));
  // Last, and never between two that are pressed every day.
  for (const way of ways.filter(({ do: what }) => what === "cancel"))
    buttons.push(button("cancel", words.cancel, () => act(line, way), "quiet"));
  return buttons.length > 0 ? <div className="flex flex-wrap items-center gap-2">{buttons}</div> : null;
}

function ListingLink({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer" className={buttonLook("secondary", true)}>
      {words.view}
      <ExternalLink aria-hidden className="size-3.5" />
    </a>
  );
}

function ConnectLink({ line }: { line: Line }) {
  return (
    <a
      href={`/dashboard.html#/connections/${line.platform}/connect`}
      target="_blank"
      rel="noreferrer"
      className={buttonLook("primary", true)}
    >
      {words.connect(line.platform)}
    </a>
  );
}
