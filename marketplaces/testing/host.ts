/** Posts a plan in a page by the loop the worker and the extension run, and reads what came of it. */
import type { Page } from "playwright-core";
import { askAgain, drivePhase, type PhaseEnd } from "#core/host/index.ts";
import { testHost, type World } from "#core/fill/testing/drive.ts";
import type { Outcome, PagePhoto, PageTurn, Plan, StepReport, StopSign } from "#core/plan/index.ts";

export type { World };
export type HostOptions = {
  bundle: string;
  world: World;
  photo: (id: string) => Promise<PagePhoto>;
  /** Answers `needPermit`; without it nothing is ever submitted. */
  permit?: () => Promise<boolean>;
  /** Real mouse and keyboard, where the host has them. */
  trusted?: boolean;
  /** Hears every turn before it is answered: the page waits meanwhile. */
  onTurn?: (turn: PageTurn, page: Page) => void | Promise<void>;
  /** Between filling and submitting. */
  beforeSubmit?: (page: Page) => Promise<void>;
  deadlineMs?: number;
};
type HostOutcome = Outcome | { kind: "stopped"; stop: StopSign };
export type HostRun = {
  fill: PhaseEnd<unknown>;
  submit: PhaseEnd<unknown> | null;
  outcome: HostOutcome | null;
  /** Last word on every step, in the plan's order. */
  steps: StepReport[];
  ms: number;
};

const OUTCOME_MS = 10_000;

/** Opens the plan's page, fills, submits when allowed, and reads what came of it. */
export async function runPlanInPage(page: Page, plan: Plan, options: HostOptions): Promise<HostRun> {
  const began = performance.now();
  const { bundle, permit, deadlineMs = 90_000, onTurn, beforeSubmit, ...rest } = options;
  const host = testHost(page, bundle, { ...rest, onTurn: (turn) => onTurn?.(turn, page) });
  await host.open(plan.url);
  const fill = await drivePhase(host, { plan, phase: "fill", deadlineMs });
  const ran = (more: Pick<HostRun, "submit" | "outcome">): HostRun => ({
    fill,
    steps: more.submit?.steps ?? fill.steps,
    ms: performance.now() - began,
    ...more,
  });
  if (fill.kind !== "complete" || !permit) return ran({ submit: null, outcome: null });
  await beforeSubmit?.(page);
  const submit = await drivePhase(host, { plan, phase: "submit", deadlineMs, permit, reports: fill.steps });
  if (submit.kind !== "pressed") return ran({ submit, outcome: null });
  const outcome = await askAgain(host, plan.frameHost, "outcome", plan.marketplace, OUTCOME_MS);
  return ran({ submit, outcome });
}
