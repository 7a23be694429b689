/** Handoffs first, then what runs. */
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { ProgressBar } from "#extension/ui/notices.tsx";
import { StateBadge } from "#extension/ui/state-badge.tsx";
import { Button } from "#extension/ui/button.tsx";
import { useStaying } from "#extension/ui/use-staying.ts";
import { LineActions } from "../posts/line-actions.tsx";
import { useRuns, waitsForPerson, type Line, type Run } from "../posts/use-posts.ts";
import { words as postWords } from "../posts/words.ts";
import { openDashboard } from "./open-dashboard.ts";
import { words } from "./words.ts";

const isRunning = (line: Line) => !line.settled && !waitsForPerson(line);

function Row({ run, line }: { run: Run; line: Line }) {
  return (
    <li
      aria-label={postWords.line(run.title, line.platform)}
      data-state={line.raw}
      className="flex flex-col gap-2 p-3"
    >
      <div className="flex items-center gap-3">
        <ChannelTile channel={line.platform} size={32} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium" title={run.title}>
            {run.title}
          </p>
          <p className="flex items-center justify-between gap-2 text-sm text-ink-2">
            <span className="truncate">{channelName(line.platform)}</span>
            <StateBadge state={line.state} />
          </p>
        </div>
      </div>
      {waitsForPerson(line) || line.settled ? (
        <>
          {line.reason ? <p className="text-sm text-ink-2">{line.reason}</p> : null}
          <LineActions line={line} compact />
        </>
      ) : (
        <ProgressBar percent={line.percent} label={postWords.progress(run.title, line.platform)} />
      )}
    </li>
  );
}

function Section({ title, rows, rest }: { title: string; rows: { run: Run; line: Line }[]; rest: number }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1 text-sm font-semibold text-ink-2">{title}</h2>
      <ul className="card divide-y divide-line">
        {rows.map(({ run, line }) => (
          <Row key={line.id} run={run} line={line} />
        ))}
      </ul>
      {rest > 0 ? (
        <Button kind="quiet" small onClick={() => openDashboard("/jobs")} className="mt-1">
          {words.jobs} (+{rest})
        </Button>
      ) : null}
    </section>
  );
}

/** @param orNothing says nothing where nothing is going on. */
export function RunsNow({ orNothing = false }: { orNothing?: boolean }) {
  const runs = useRuns();
  const all = (runs ?? []).flatMap((run) => run.lines.map((line) => ({ run, line })));
  const staying = useStaying(all.flatMap(({ line }) => (waitsForPerson(line) ? line.id : [])));
  if (!runs) return null;
  const waiting = all.filter(({ line }) => staying.has(line.id));
  // What waits for its hour is not running; the jobs page has it.
  const running = all.filter(
    ({ run, line }) =>
      isRunning(line) && !staying.has(line.id) && !(run.runAt && Date.parse(run.runAt) > Date.now()),
  );
  return (
    <>
      {waiting.length > 0 ? (
        <Section title={words.needsYou} rows={waiting.slice(0, 3)} rest={Math.max(0, waiting.length - 3)} />
      ) : null}
      {running.length > 0 ? (
        <Section title={words.running} rows={running.slice(0, 4)} rest={Math.max(0, running.length - 4)} />
      ) : waiting.length === 0 && !orNothing ? (
        <p className="flex items-center justify-between text-sm text-ink-3">
          {words.nothingRuns}
          <Button kind="quiet" small onClick={() => openDashboard("/jobs")}>
            {words.jobs}
          </Button>
        </p>
      ) : null}
    </>
  );
}
