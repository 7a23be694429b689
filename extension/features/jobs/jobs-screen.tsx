import { ListChecks, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { send } from "#extension/messages/send.ts";
import { Button, IconButton, buttonLook } from "#extension/ui/button.tsx";
import { classNames } from "#extension/ui/class-names.ts";
import { FilterChips } from "#extension/ui/filter-chips.tsx";
import { EmptyPlace, SkeletonRows, sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { useStaying } from "#extension/ui/use-staying.ts";
import { useAuth } from "../auth/use-auth.ts";
import { useRuns, waitsForPerson, type Line } from "../posts/use-posts.ts";
import { RunCard } from "./run-card.tsx";
import { words } from "./words.ts";

type Filter = keyof typeof words.filters;
const PAGE = 30;
/** Counted by post; a run shows whole when one of its posts passes. */
const passes: Record<Filter, (line: Line) => boolean> = {
  all: () => true,
  waiting: waitsForPerson,
  running: (l) => !l.settled && !waitsForPerson(l),
  done: (l) => l.state === "done",
  failed: (l) => l.state === "failed",
};

export function JobsScreen({ runId }: { runId: string | null }) {
  const runs = useRuns();
  const auth = useAuth();
  const [filter, setFilter] = useState<Filter>("all");
  const [shown, setShown] = useState(PAGE);
  const { busy, run } = useAction();
  const refresh = () =>
    run(() =>
      send("jobs.refresh", {}).catch((cause: unknown) =>
        toasts.show(sentenceOf(cause), { meaning: "failed" }),
      ),
    );
  useEffect(() => {
    if (auth)
      send("jobs.refresh", {}).catch((cause: unknown) =>
        console.info("Jobs are shown as last known.", cause),
      );
  }, [auth]);
  const lines = runs?.flatMap((r) => r.lines) ?? [];
  const passing = runs?.filter((r) => filter === "all" || r.lines.some(passes[filter])) ?? [];
  const staying = useStaying(
    passing.map(({ id }) => id),
    filter,
  );
  const found = runs?.filter(({ id }) => staying.has(id)) ?? [];
  return (
    <div className="flex w-full max-w-5xl flex-col gap-4 p-3 sm:p-6">
      <header className="flex items-start gap-2">
        <div className="flex-1">
          <h1 className="text-xl font-semibold">{words.title}</h1>
          <p className="text-ink-2">{words.lead}</p>
        </div>
        {auth ? (
          <IconButton label={words.refresh} disabled={busy} onClick={() => void refresh()}>
            <RefreshCw aria-hidden className={classNames("size-4", busy && "animate-spin-slow")} />
          </IconButton>
        ) : null}
      </header>
      {!runs ? (
        <SkeletonRows rows={5} height={120} />
      ) : runs.length === 0 ? (
        <EmptyPlace
          icon={<ListChecks aria-hidden />}
          title={words.emptyTitle}
          action={
            <a href="#/inventory" className={buttonLook("primary")}>
              {words.toInventory}
            </a>
          }
        >
          {words.emptyText}
        </EmptyPlace>
      ) : (
        <>
          <FilterChips
            label={words.filter}
            value={filter}
            onChange={setFilter}
            options={(Object.keys(words.filters) as Filter[]).map((name) => ({
              value: name,
              label: words.filters[name],
              count: lines.filter(passes[name]).length,
            }))}
          />
          {found.length === 0 ? <EmptyPlace title={words.noneTitle} /> : null}
          <div className="flex flex-col gap-3">
            {found.slice(0, shown).map((r) => (
              <RunCard key={r.id} run={r} startOpen={r.id === runId} />
            ))}
          </div>
          {found.length > shown ? <Button onClick={() => setShown(shown + PAGE)}>{words.more}</Button> : null}
        </>
      )}
    </div>
  );
}
