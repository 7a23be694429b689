/**
 * The form of a posting, filled where it stands or opened anew. A form that stands is gone on in: opened again it would lose
 * what a person set in it, and a site that writes a field over would only do so again.
 */
import type { FormState } from "../plan/page-protocol.ts";
import type { Plan, StepReport } from "../plan/plan.ts";
import { askAgain } from "./ask-again.ts";
import { drivePhase } from "./drive-phase.ts";
import type { Host } from "./host.ts";
import { FILL_MS } from "./phase-time.ts";
import type { PhaseEnd, PhaseInput } from "./phase.ts";

/** The form as it was left: the plan it was filled by, the last word on every step, and what in it is a person's. */
export type FormLeft = {
  plan: Plan;
  reports: readonly StepReport[];
  byHand?: readonly string[];
  /** They said since to go on with it as it stands: what they set in it is theirs. */
  keep?: boolean;
};

/** @returns null where it does not stand: it is another page, or a form as fresh. */
export const standingForm = async <D>(
  host: Host<D>,
  { plan, reports, byHand = [], keep = false }: FormLeft,
): Promise<FormState | null> => {
  const now = await askAgain(host, plan.frameHost, "formState", plan, reports, byHand, keep);
  return now.stands ? now : null;
};

type FillInput = Omit<FormLeft, "byHand" | "keep"> &
  Pick<PhaseInput, "signal" | "onStep"> & {
    /** How the form stands, as `standingForm` says; null opens it anew, with nothing known of it. */
    standing: FormState | null;
  };

/** @throws what `drivePhase` throws, and what the host throws for a page that does not open. */
export const fillForm = async <D>(host: Host<D>, input: FillInput): Promise<PhaseEnd<D>> => {
  const { plan, standing, reports, signal, onStep } = input;
  if (!standing) await host.open(plan.url);
  const known = standing ? { from: standing.from, reports, byHand: standing.byHand } : {};
  return drivePhase(host, { plan, phase: "fill", deadlineMs: FILL_MS, signal, onStep, ...known });
};
