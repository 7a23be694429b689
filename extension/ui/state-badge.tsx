/** Target states in words, icons and one of the four meanings. */
import {
  Ban,
  CircleAlert,
  CircleCheck,
  Clock,
  Hand,
  Hourglass,
  LoaderCircle,
  Pause,
  SearchCheck,
} from "lucide-react";
import type { JobState, TargetState } from "#core/job/job.ts";
import { classNames } from "./class-names.ts";
import { text } from "./messages.ts";
import { MEANING_TEXT, type Meaning } from "./notices.tsx";

export type ShownState = TargetState | "ready" | "paused" | "in_review" | JobState;

const LOOKS: Record<ShownState, { meaning: Meaning | null; icon: typeof Clock; spin?: boolean }> = {
  queued: { meaning: null, icon: Clock },
  claimed: { meaning: "working", icon: LoaderCircle, spin: true },
  filling: { meaning: "working", icon: LoaderCircle, spin: true },
  running: { meaning: "working", icon: LoaderCircle, spin: true },
  submitting: { meaning: "working", icon: LoaderCircle, spin: true },
  unknown: { meaning: "working", icon: SearchCheck },
  ready: { meaning: "attention", icon: Hand },
  paused: { meaning: null, icon: Pause },
  done: { meaning: "ok", icon: CircleCheck },
  in_review: { meaning: "working", icon: Hourglass },
  partial: { meaning: "attention", icon: CircleAlert },
  needs_human: { meaning: "attention", icon: Hand },
  failed: { meaning: "failed", icon: CircleAlert },
  cancelled: { meaning: null, icon: Ban },
};

export const stateWord = (state: ShownState): string => text.states[state];

export function StateIcon({ state, className = "size-4" }: { state: ShownState; className?: string }) {
  const { icon: Icon, meaning, spin } = LOOKS[state];
  return (
    <Icon
      aria-hidden
      className={classNames(
        "shrink-0",
        meaning ? MEANING_TEXT[meaning] : "text-ink-2",
        spin && "animate-spin-slow",
        className,
      )}
    />
  );
}

export function StateBadge({ state }: { state: ShownState }) {
  const { meaning } = LOOKS[state];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap",
        meaning ? MEANING_TEXT[meaning] : "text-ink-2",
      )}
    >
      <StateIcon state={state} />
      {text.states[state]}
    </span>
  );
}
