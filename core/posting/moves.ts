/**
 * The state machine as data: which event may take a posting from which states to which. The service holds the same table
 * (`private.posting_moves`), a test compares them, and both refuse any other move.
 */
import { TARGET_STATES, type TargetState } from "../job/job.ts";
import type { EventKind } from "./events.ts";

type Moves = { from: readonly TargetState[]; to: readonly TargetState[] };

/** `to` is where it may end; staying where it is needs to be named as well. */
export const MOVES: Record<EventKind, readonly Moves[]> = {
  claim: [
    { from: ["queued", "needs_human"], to: ["claimed", "cancelled"] },
    { from: ["queued"], to: ["needs_human"] },
    { from: ["unknown"], to: ["unknown"] },
  ],
  fill: [{ from: ["claimed", "filling"], to: ["filling"] }],
  looked: [
    { from: ["claimed"], to: ["claimed"] },
    { from: ["filling"], to: ["filling"] },
  ],
  ready: [{ from: ["filling"], to: ["needs_human", "cancelled"] }],
  permit: [{ from: ["filling"], to: ["submitting"] }],
  requeue: [
    { from: ["claimed", "filling"], to: ["queued", "failed", "needs_human", "cancelled"] },
    { from: ["unknown"], to: ["unknown"] },
  ],
  fail: [{ from: ["claimed", "filling"], to: ["failed", "cancelled"] }],
  finish: [{ from: ["claimed", "filling"], to: ["done"] }],
  ask: [
    { from: ["claimed", "filling"], to: ["needs_human", "cancelled"] },
    { from: ["unknown"], to: ["needs_human", "unknown"] },
  ],
  lapse: [
    { from: ["claimed", "filling"], to: ["queued", "cancelled"] },
    { from: ["submitting"], to: ["unknown"] },
    { from: ["unknown"], to: ["unknown"] },
  ],
  unpressed: [
    { from: ["submitting"], to: ["filling"] },
    { from: ["unknown", "needs_human"], to: ["queued", "cancelled", "needs_human"] },
  ],
  pressed: [
    {
      from: ["queued", "claimed", "filling", "submitting", "needs_human", "failed", "cancelled"],
      to: ["unknown"],
    },
  ],
  "pressed-by-person": [
    {
      from: ["queued", "claimed", "filling", "submitting", "unknown", "needs_human", "failed", "cancelled"],
      to: ["unknown"],
    },
  ],
  "form-stands": [
    { from: ["queued"], to: ["queued"] },
    { from: ["claimed"], to: ["claimed"] },
    { from: ["filling"], to: ["filling"] },
    { from: ["submitting"], to: ["submitting"] },
    { from: ["unknown"], to: ["unknown"] },
    { from: ["needs_human"], to: ["needs_human"] },
    { from: ["failed"], to: ["failed"] },
    { from: ["cancelled"], to: ["cancelled"] },
  ],
  "said-listed": [
    {
      from: [
        "queued",
        "claimed",
        "filling",
        "submitting",
        "unknown",
        "needs_human",
        "failed",
        "cancelled",
        "done",
      ],
      to: ["unknown"],
    },
  ],
  "said-no": [{ from: ["submitting"], to: ["needs_human", "cancelled"] }],
  found: [
    {
      from: [
        "queued",
        "claimed",
        "filling",
        "submitting",
        "unknown",
        "needs_human",
        "failed",
        "cancelled",
        "done",
      ],
      to: ["done"],
    },
    { from: ["failed", "cancelled"], to: ["needs_human"] },
  ],
  "row-lost": [{ from: ["done"], to: ["unknown"] }],
  "late-row": [{ from: ["failed", "cancelled"], to: ["needs_human"] }],
  absent: [{ from: ["unknown"], to: ["unknown", "queued", "needs_human", "cancelled"] }],
  unreadable: [{ from: ["unknown"], to: ["unknown"] }],
  answer: [{ from: ["needs_human"], to: ["queued", "unknown", "done", "failed"] }],
  cancel: [
    { from: ["queued", "needs_human"], to: ["cancelled"] },
    { from: ["claimed"], to: ["claimed"] },
    { from: ["filling"], to: ["filling"] },
    { from: ["submitting"], to: ["submitting"] },
    { from: ["unknown", "needs_human"], to: ["unknown"] },
  ],
  retry: [{ from: ["failed"], to: ["queued"] }],
  "take-over": [{ from: ["queued", "needs_human"], to: ["queued", "unknown"] }],
  restored: [
    { from: ["queued", "claimed", "filling", "submitting", "unknown", "needs_human"], to: ["unknown"] },
  ],
  hour: [{ from: ["queued", "unknown"], to: ["needs_human"] }],
  "taken-away": [{ from: ["queued"], to: ["needs_human"] }],
  "works-again": [{ from: ["queued"], to: ["queued"] }],
};

export function mayMove(event: EventKind, from: TargetState, to: TargetState): boolean {
  return MOVES[event].some((moves) => moves.from.includes(from) && moves.to.includes(to));
}

/** All moves, one a row, in a fixed order: what the database's table is compared with. */
export function allMoves(): { event: EventKind; from: TargetState; to: TargetState }[] {
  const kinds = Object.keys(MOVES) as EventKind[];
  return kinds
    .flatMap((event) =>
      TARGET_STATES.flatMap((from) =>
        TARGET_STATES.filter((to) => mayMove(event, from, to)).map((to) => ({ event, from, to })),
      ),
    )
    .sort((a, b) => `${a.event} ${a.from} ${a.to}`.localeCompare(`${b.event} ${b.from} ${b.to}`, "en"));
}
