/**
 * What an event makes of a posting: the one state machine, for whoever keeps the record. The service has it in SQL
 * (`private.play_locked`), a test plays the same events to both. Pure; a refusal changes nothing.
 */
import { TARGET_STATES, type TargetState } from "../job/job.ts";
import { applyDriving } from "./apply-driving.ts";
import { applyEvidence } from "./apply-evidence.ts";
import { applyLook } from "./apply-look.ts";
import { applyPermit } from "./apply-permit.ts";
import { applyPerson } from "./apply-person.ts";
import type { PostingEvent } from "./events.ts";
import { isOpen, refuse, type Applied, type Keeper } from "./keeper.ts";
import { mayMove } from "./moves.ts";
import type { Posting } from "./posting.ts";

const play = (posting: Posting, event: PostingEvent, keeper: Keeper): Applied => {
  switch (event.kind) {
    case "claim":
    case "fill":
    case "looked":
    case "ready":
    case "requeue":
    case "fail":
    case "finish":
    case "ask":
    case "lapse":
    case "hour":
    case "taken-away":
    case "works-again":
      return applyDriving(posting, event, keeper);
    case "permit":
    case "unpressed":
    case "said-no":
      return applyPermit(posting, event, keeper);
    case "pressed":
    case "pressed-by-person":
    case "form-stands":
    case "said-listed":
    case "found":
    case "restored":
    case "row-lost":
    case "late-row":
      return applyEvidence(posting, event, keeper);
    case "absent":
    case "unreadable":
      return applyLook(posting, event, keeper);
    case "answer":
    case "cancel":
    case "retry":
    case "take-over":
      return applyPerson(posting, event, keeper);
  }
};

const canBegin = (state: TargetState, event: PostingEvent): boolean =>
  TARGET_STATES.some((to) => mayMove(event.kind, state, to));

export function apply(posting: Posting, event: PostingEvent, keeper: Keeper): Applied {
  if (!canBegin(posting.state, event)) return refuse("state");
  const applied = play(posting, event, keeper);
  if (applied.ok && !mayMove(event.kind, posting.state, applied.posting.state)) {
    throw new Error(
      `A posting cannot go from ${posting.state} to ${applied.posting.state} by ${event.kind}.`,
    );
  }
  if (applied.ok && isOpen(applied.posting) && !isOpen(posting) && keeper.isItemOpen)
    return refuse("superseded");
  return applied;
}
