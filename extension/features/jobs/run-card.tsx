import { ChevronDown, ChevronRight, Cloud, MonitorUp } from "lucide-react";
import { useState } from "react";
import { isUnderWay } from "#core/posting/index.ts";
import { send } from "#extension/messages/send.ts";
import { Button } from "#extension/ui/button.tsx";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { ProgressBar, sentenceOf } from "#extension/ui/notices.tsx";
import { StateBadge } from "#extension/ui/state-badge.tsx";
import { useFocusStays } from "#extension/ui/use-focus-stays.ts";
import { TimeAgo } from "#extension/ui/time-ago.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { LineActions } from "../posts/line-actions.tsx";
import { Question } from "../posts/question.tsx";
import type { Line, Run } from "../posts/use-posts.ts";
import { words as postWords } from "../posts/words.ts";
import { RunDetails } from "./run-details.tsx";
import { words } from "./words.ts";

/** A bar is for what moves by itself; what waits for a person says so in words. */
const isMoving = (line: Line) => isUnderWay({ state: line.raw }) && line.state === line.raw;

function LineRow({ run, line }: { run: Run; line: Line }) {
  const note = line.reason ?? (line.settled ? null : line.message);
  const focusStays = useFocusStays<HTMLLIElement>();
  return (
    <li
      {...focusStays}
      aria-label={postWords.line(run.title, line.platform)}
      data-state={line.raw}
      className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2 px-4 py-3 lg:grid-cols-[24px_168px_136px_minmax(0,1fr)_auto]"
    >
      <ChannelTile channel={line.platform} />
      <span className="min-w-0">
        <span className="block truncate">{channelName(line.platform)}</span>
        {line.handle ? <span className="block truncate text-sm text-ink-3">{line.handle}</span> : null}
      </span>
      <StateBadge state={line.state} />
      <span className="text-sm text-ink-2 empty:hidden max-lg:col-span-2 max-lg:col-start-2 lg:empty:block">
        {note}
        {line.isEdited && line.raw !== "failed" && line.raw !== "cancelled" ? (
          <span className="block text-ink-3">{line.settled ? words.editedLive : words.editedOpen}</span>
        ) : null}
      </span>
      <div className="empty:hidden max-lg:col-span-2 max-lg:col-start-2 max-sm:col-span-full">
        <LineActions line={line} />
      </div>
      <div className="col-span-full empty:hidden">
        <Question line={line} />
      </div>
      {isMoving(line) ? (
        <div className="col-span-full">
          <ProgressBar percent={line.percent} label={postWords.progress(run.title, line.platform)} />
        </div>
      ) : null}
    </li>
  );
}

export function RunCard({ run, startOpen }: { run: Run; startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen);
  const Where = run.driver === "cloud" ? Cloud : MonitorUp;
  const Chevron = open ? ChevronDown : ChevronRight;
  const cancellable = !run.isHere && run.jobId !== null && run.lines.filter((l) => !l.settled).length > 1;
  const cancel = () =>
    send("jobs.cancel", { jobId: run.jobId ?? "" }).catch((cause: unknown) =>
      toasts.show(sentenceOf(cause), { meaning: "failed" }),
    );
  return (
    <article aria-label={run.title} className="card overflow-hidden">
      <header className="flex items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3 max-sm:flex-wrap">
        <PhotoThumb photoId={run.photoId} className="size-10" />
        <div className="min-w-40 flex-1">
          <h2 className="line-clamp-2 font-semibold wrap-anywhere sm:line-clamp-1" title={run.title}>
            {run.itemId ? (
              <a href={`#/inventory/${run.itemId}`} className="hover:underline">
                {run.title}
              </a>
            ) : (
              run.title
            )}
          </h2>
          <p className="text-sm text-ink-3">
            <Where aria-hidden className="mr-1.5 inline size-3.5 align-[-2px]" />
            {run.driver === "cloud" ? words.cloud : run.isHere ? words.tab : words.otherTab}
            {words.then}
            {words[run.mode]}
            {words.then}
            <TimeAgo iso={run.createdAt} />
            {run.runAt && Date.parse(run.runAt) > Date.now() ? (
              <>
                {words.then}
                {words.starts} <TimeAgo iso={run.runAt} />
              </>
            ) : null}
          </p>
        </div>
        {cancellable ? (
          <Button small kind="quiet" className="max-sm:order-last max-sm:ml-11" onClick={() => void cancel()}>
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
          <span className="max-sm:sr-only">{open ? words.hide : words.details}</span>
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
