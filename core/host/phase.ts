/** What a phase is given and how it ends. Endings are codes and reports; the sentences are whoever's shows them. */
import type { Plan, StepReport, StopSign, VoidReason } from "../plan/plan.ts";

export type PhaseInput = {
  plan: Plan;
  phase: "fill" | "submit";
  /** Index of the step to begin with; more than 0 only when the pages before it were left. */
  from?: number;
  /** The last word on every step so far, also of earlier runs: past a required step nobody read back nothing is pressed. */
  reports?: readonly StepReport[];
  /** Steps a person answered: read, never written. */
  byHand?: readonly string[];
  /** For the whole phase, over all its documents. */
  deadlineMs: number;
  /** Puts the submit on record and says whether it may happen. Absent: nothing is submitted. */
  permit?: () => Promise<boolean>;
  /** Awaited before the page goes on: for a press, before it happens. */
  onStep?: (step: StepReport, at: StepPlace) => void | Promise<void>;
  /** Ends the phase with the signal's reason; once a permit was given it ends as `pressed` instead. */
  signal?: AbortSignal;
};

export type StepPlace = { index: number; total: number };

export type RefusedWhy =
  /** These steps keep it from going on; each report says why. */
  | { code: "steps"; stuck: StepReport[] }
  /** The page reloads by itself, over and over. */
  | { code: "keeps-reloading" }
  | { code: "too-many-pages" }
  | { code: "deadline" };

export type PhaseEnding<D> =
  | { kind: "complete"; document: D }
  | { kind: "stopped"; stop: StopSign }
  | { kind: "refused"; why: RefusedWhy }
  /**
   * The permit was asked for and not used: Hawker pressed nothing, and a permit that was given can be returned. `page-left`: the
   * page went while it was asked for, so in a seller's tab a person may have pressed.
   */
  | { kind: "void"; why: VoidReason | "page-left" }
  /** Somebody pressed. `unknown`: the page was lost after the permit was given, so it may have happened. */
  | { kind: "pressed"; by: "hawker" | "person" | "unknown" };

/** `steps`: the last word on every step, in the plan's order. */
export type PhaseEnd<D> = PhaseEnding<D> & { steps: StepReport[] };
