/** A line per field of a post: its label, what is sent, and what the page said back. */
import { CheckCheck, Check, CircleDashed, CircleHelp, CircleSlash, Minus, PencilLine } from "lucide-react";
import type { ControlValue, Plan, StepReport } from "#core/plan/plan.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { formatSeconds } from "#extension/ui/format.ts";
import { classNames } from "#extension/ui/class-names.ts";
import { words } from "./words.ts";

type Mark = keyof typeof words.marks;
const MARKS: Record<Mark, { icon: typeof Check; color: string }> = {
  readBack: { icon: CheckCheck, color: "text-ok" },
  set: { icon: Check, color: "text-working" },
  changed: { icon: PencilLine, color: "text-attention" },
  yours: { icon: PencilLine, color: "text-attention" },
  unsure: { icon: CircleHelp, color: "text-attention" },
  missing: { icon: CircleSlash, color: "text-failed" },
  skipped: { icon: Minus, color: "text-ink-3" },
  waiting: { icon: CircleDashed, color: "text-ink-3" },
};

export const markOf = (report: StepReport | undefined): Mark => {
  if (!report) return "waiting";
  if (report.status === "done") return report.verified ? "readBack" : "set";
  if (report.status === "skipped") return "skipped";
  switch (report.reason) {
    case "not-found":
    case "not-visible":
    case "option-missing":
    case "photos-rejected":
    case "write-had-no-effect":
      return "missing";
    case "changed-by-hand":
      return "yours";
    case "site-changed-it":
    case "read-back-differs":
      return "changed";
    default:
      return "unsure";
  }
};

const valueText = (value: ControlValue): string => {
  switch (value.kind) {
    case "text":
    case "money":
    case "richText":
      return value.text;
    case "choice":
      return value.accept[0] ?? "";
    case "search":
      return value.accept[0] ?? value.query;
    case "path":
      return value.path.join(" > ");
    case "switch":
      return value.on ? words.on : words.off;
    case "chips":
      return value.texts.join(", ");
    case "photos":
      return words.photos(value.photoIds.length);
  }
};

type FieldLine = { id: string; label: string; value: string; report: StepReport | undefined };

export const fieldLinesOf = (plan: Plan | null, reports: readonly StepReport[]): FieldLine[] => {
  const byId = new Map(reports.map((r) => [r.id, r]));
  return (plan?.fill ?? []).flatMap((step) => {
    if (step.kind !== "fill" && step.kind !== "gesture") return [];
    const value =
      step.kind === "fill" ? valueText(step.value) : typeof step.value === "string" ? step.value : "";
    return [{ id: step.id, label: step.label, value, report: byId.get(step.id) }];
  });
};

export function FieldLines({ post }: { post: Pick<PostRow, "plan" | "stepReports"> }) {
  return (
    <ul className="divide-y divide-line text-sm">
      {fieldLinesOf(post.plan, post.stepReports).map(({ id, label, value, report }) => {
        const mark = markOf(report);
        const { icon: Icon, color } = MARKS[mark];
        return (
          <li
            key={id}
            className="grid grid-cols-[minmax(84px,20%)_minmax(0,1fr)_auto] items-start gap-x-2 px-3 py-1.5"
          >
            <span className="break-words text-ink-2">{label}</span>
            <span className="line-clamp-2 min-w-0 break-words" title={value}>
              {value || "–"}
            </span>
            <span
              className={classNames("inline-flex items-center gap-1 whitespace-nowrap", color)}
              title={report ? formatSeconds(report.ms) : undefined}
            >
              <Icon aria-hidden className="size-3.5" />
              {words.marks[mark]}
            </span>
            {report?.detail && mark !== "readBack" ? (
              <span className="col-span-2 col-start-2 break-words text-ink-2">{report.detail}</span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
