/** Banner, empty place, skeleton rows, progress: what a list says when it has nothing or something went wrong. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { text } from "./messages.ts";

export type Meaning = "ok" | "working" | "attention" | "failed";

const ICONS = { ok: CircleCheck, working: Info, attention: TriangleAlert, failed: CircleAlert };
export const MEANING_TEXT: Record<Meaning, string> = {
  ok: "text-ok",
  working: "text-working",
  attention: "text-attention",
  failed: "text-failed",
};
const SOFT: Record<Meaning, string> = {
  ok: "bg-ok-soft",
  working: "bg-working-soft",
  attention: "bg-attention-soft",
  failed: "bg-failed-soft",
};

export function MeaningIcon({ meaning, className }: { meaning: Meaning; className?: string }) {
  const Icon = ICONS[meaning];
  return <Icon aria-hidden className={classNames("size-4 shrink-0", MEANING_TEXT[meaning], className)} />;
}

/** A sentence that matters, with what to do. Failures are announced at once. */
export function Banner({
  meaning,
  children,
  action,
}: {
  meaning: Meaning;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      role={meaning === "failed" ? "alert" : "status"}
      className={classNames("flex items-start gap-2 rounded px-3 py-2 text-base", SOFT[meaning])}
    >
      <MeaningIcon meaning={meaning} className="mt-0.5" />
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-40 flex-1 break-words">{children}</div>
        {action}
      </div>
    </div>
  );
}

export function EmptyPlace({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex w-full max-w-md flex-col items-center px-4 py-12 text-center sm:py-24">
      {icon ? (
        <div className="mb-4 rounded-full bg-accent-soft p-4 text-accent [&>svg]:size-6">{icon}</div>
      ) : null}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children ? <div className="mt-1 text-balance text-ink-2">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

export function SkeletonRows({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label={text.loading} className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="card flex items-center gap-3 px-3" style={{ height }}>
          <div className="skeleton size-8 shrink-0" />
          <div className="flex flex-1 flex-col gap-2">
            <div className="skeleton h-2.5" style={{ width: `${48 - ((i * 17) % 23)}%` }} />
            <div className="skeleton h-2" style={{ width: `${26 - ((i * 11) % 13)}%` }} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** What to show of anything thrown. The words of a TypeError are the engine's ("Failed to fetch"), not a sentence for a seller. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error && error.message && !(error instanceof TypeError)
    ? error.message
    : text.somethingFailed;

export function ProgressBar({
  percent,
  label,
  meaning = "working",
}: {
  percent: number;
  label: string;
  meaning?: Meaning;
}) {
  const colors: Record<Meaning, string> = {
    ok: "bg-ok",
    working: "bg-working",
    attention: "bg-attention",
    failed: "bg-failed",
  };
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className="h-1.5 w-full overflow-hidden rounded bg-sunken"
    >
      <div
        className={classNames("h-full rounded transition-[width] duration-100", colors[meaning])}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
