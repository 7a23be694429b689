import { useLiveQuery } from "dexie-react-hooks";
import { ChevronDown, ChevronRight, Cloud, MonitorUp } from "lucide-react";
import { useState } from "react";
import { send } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { Button } from "#extension/ui/button.tsx";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { ProgressBar, sentenceOf } from "#extension/ui/notices.tsx";
import { StateBadge } from "#extension/ui/state-badge.tsx";
import { TimeAgo } from "#extension/ui/time-ago.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { LineActions } from "../posts/line-actions.tsx";
import type { Line, Run } from "../posts/use-posts.ts";
import { words as postWords } from "../posts/words.ts";
import { RunDetails } from "./run-details.tsx";
import { words } from "./words.ts";

function LineRow({ run, line }: { run: Run; line: Line }) {
  const handoff = useLiveQuery(
    async () => (line.postId ? ((await database.posts.get(line.postId))?.handoff ?? null) : null),
    [line.postId],
  );
  const note = line.reason ?? (line.settled ? null : line.message);
  return (
    <li
      aria-label={postWords.line(run.title, line.platform)}
      data-state={line.raw}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3"
    >
      <ChannelTile channel={line.platform} />
      <span className="w-40 min-w-0 truncate lg:w-56">
        {channelName(line.platform)} {line.handle ? <span className="text-ink-3">{line.handle}</span> : null}
      </span>
      <StateBadge state={line.state} />
      <span className="min-w-40 flex-1 text-sm text-ink-2">{note}</span>
      <LineActions line={line} jobId={run.jobId} handoff={handoff} />
      {line.settled || line.raw === "queued" ? null : (
        <div className="basis-full">
          <ProgressBar
            percent={line.percent}
            label={postWords.progress(run.title, line.platform)}
            meaning={line.state === "ready" || line.state === "needs_human" ? "attention" : "working"}
          />
        </div>
      )}
    </li>
  );
}

export function RunCard({ run, startOpen }: { run: Run; startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen);
  const Where = run.driver === "cloud" ? Cloud : MonitorUp;
  const Chevron = open ? ChevronDown : ChevronRight;
  const cancellable =
    run.jobId !== null && run.lines.some((l) => !l.settled && !["submitting", "unknown"].includes(l.raw));
  const cancel = () =>
    send("jobs.cancel", { jobId: run.jobId ?? "" }).catch((cause: unknown) =>
      toasts.show(sentenceOf(cause), { meaning: "failed" }),
    );
  return (
    <article aria-label={run.title} className="card overflow-hidden">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
        <PhotoThumb photoId={run.photoId} className="size-10" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold" title={run.title}>
            {run.title}
          </h2>
          <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-3">
            <Where aria-hidden className="size-3.5" />
            {run.driver === "cloud" ? words.cloud : words.tab} · {words[run.mode]} ·{" "}
            <TimeAgo iso={run.createdAt} />
            {run.runAt && Date.parse(run.runAt) > Date.now() ? (
              <span>
                · {words.starts} <TimeAgo iso={run.runAt} />
              </span>
            ) : null}
          </p>
        </div>
        {cancellable ? (
          <Button small kind="quiet" onClick={() => void cancel()}>
            {words.cancelJob}
          </Button>
        ) : null}
        <Button
          small
          kind="quiet"
          aria-expanded={open}
          icon={<Chevron aria-hidden className="size-4" />}
          onClick={() => setOpen(!open)}
        >
          {open ? words.hide : words.details}
        </Button>
      </header>
      <ul className="divide-y divide-line">
        {run.lines.map((line) => (
          <LineRow key={line.id} run={run} line={line} />
        ))}
      </ul>
      {open ? <RunDetails run={run} /> : null}
    </article>
  );
}
