import { useLiveQuery } from "dexie-react-hooks";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { isUnderWay } from "#core/posting/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { formatSeconds } from "#extension/ui/format.ts";
import { IconButton } from "#extension/ui/button.tsx";
import { Banner, ProgressBar, type Meaning } from "#extension/ui/notices.tsx";
import { StateBadge } from "#extension/ui/state-badge.tsx";
import { LineActions } from "../posts/line-actions.tsx";
import { Question } from "../posts/question.tsx";
import { lineOfPost, type Line } from "../posts/use-posts.ts";
import { words as postWords } from "../posts/words.ts";
import { FieldLines, fieldLinesOf, markOf } from "./field-lines.tsx";
import { words } from "./words.ts";

/** Seconds since the post began; stands still once it is settled. */
function Elapsed({ post }: { post: PostRow }) {
  const running = post.startedAt !== null && post.settledAt === null && isUnderWay(post.posting);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    // It shows the time that passes: the clock is the event.
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  if (!post.startedAt) return null;
  const end = running ? now : Date.parse(post.settledAt ?? post.updatedAt);
  return (
    <span className="tabular text-sm text-ink-3">
      {formatSeconds(Math.max(0, end - Date.parse(post.startedAt)))}
    </span>
  );
}

const meaningOf = (line: Line): Meaning => {
  if (line.state === "failed") return "failed";
  return line.state === "needs_human" || line.posting.state === "unknown" ? "attention" : "working";
};

export function ChannelPanel({ post, startOpen }: { post: PostRow; startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen);
  const handle = useLiveQuery(
    async () => (post.accountId ? ((await database.accounts.get(post.accountId))?.handle ?? null) : null),
    [post.accountId],
  );
  const line = lineOfPost(post, handle ?? null);
  const site = channelName(post.platform);
  const lines = fieldLinesOf(post.plan, post.stepReports);
  const marks = lines.map(({ report }) => markOf(report));
  const filled = marks.filter((mark) => mark === "readBack" || mark === "set").length;
  const wanted = marks.filter((mark) => mark !== "skipped").length;
  const isSettled = line.settled;
  const waitsForHelp = line.state === "needs_human";
  const waits = waitsForHelp || line.state === "ready";
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section aria-label={site} data-state={post.posting.state} className="card overflow-hidden">
      <div className="flex flex-col gap-2 p-3">
        <div className="flex items-center gap-3">
          <ChannelTile channel={post.platform} size={32} />
          <div className="min-w-0 flex-1">
            <h2 className="truncate font-semibold">
              {site} {line.handle ? <span className="font-normal text-ink-3">{line.handle}</span> : null}
            </h2>
            <StateBadge state={line.state} />
          </div>
          <IconButton
            label={`${open ? words.hideFields : words.showFields}: ${site}`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <Chevron aria-hidden className="size-4" />
          </IconButton>
        </div>
        {isSettled || waits ? null : (
          <ProgressBar percent={line.percent} label={postWords.progress(post.item.title, post.platform)} />
        )}
        {lines.length > 0 || post.startedAt ? (
          <p className="tabular flex justify-between gap-3 text-sm text-ink-2">
            <span>{lines.length > 0 ? words.fields(filled, wanted) : null}</span>
            <Elapsed post={post} />
          </p>
        ) : null}
        {isSettled || waitsForHelp || !line.message ? null : <p className="text-sm">{line.message}</p>}
        {line.reason ? <Banner meaning={meaningOf(line)}>{line.reason}</Banner> : null}
        <Question line={line} />
        <LineActions line={line} />
      </div>
      {open ? (
        <div className="border-t border-line">
          {lines.length > 0 ? (
            <FieldLines post={post} />
          ) : (
            <p className="p-3 text-sm text-ink-2">{words.waitingFields}</p>
          )}
        </div>
      ) : null}
    </section>
  );
}
