/** Reads done steps again: sites overwrite fields by image recognition, restored drafts and defaults. */
import type { FillStep, Plan, StepReport } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { isOnPage } from "../read/page-mark.ts";
import { readsBack, writeValue } from "../write/write-value.ts";
import { isRefused } from "../write/written.ts";
import { baseReport } from "./base-report.ts";
import { findNow, type StepTools } from "./steps.ts";

export type Done = { step: FillStep; control: Control };

const ROUNDS = 3;

/** The control as it is on the page now: pages draw fields again. */
const present = (tools: StepTools, { step, control }: Done): Control | null => {
  if (control.element.isConnected && control.kind !== "radio") return control;
  const again = findNow(tools, step);
  return "target" in again ? again.target : null;
};

const reads = (tools: StepTools, step: FillStep, control: Control) =>
  readsBack(control, step.value, tools.photos.get(step.id));

/** Rewrites what the site changed since; reports only steps whose state changed. */
export async function rewriteChanged(
  tools: StepTools,
  reports: readonly StepReport[],
): Promise<StepReport[]> {
  const changed = new Map<string, StepReport>();
  for (let round = 0; round < ROUNDS; round++) {
    await tools.session.settled();
    let rewrote = false;
    for (const entry of tools.done.values()) {
      const { step } = entry;
      const control = present(tools, entry);
      if (!control || reads(tools, step, control) !== false) continue;
      const before = reports.find((one) => one.id === step.id) ?? baseReport(step);
      if (step.value.kind === "photos") {
        changed.set(step.id, { ...before, status: "refused", reason: "site-changed-it", verified: false });
        continue;
      }
      tools.session.stepId = step.id;
      const written = await writeValue(tools.session, control, step.value, tools.photos);
      rewrote = true;
      const verified = !isRefused(written) && written.verified;
      const attempts = before.attempts + written.attempts;
      changed.set(
        step.id,
        verified
          ? { ...before, status: "done", reason: undefined, verified, attempts }
          : { ...before, status: "refused", reason: "site-changed-it", verified: false, attempts },
      );
    }
    if (!rewrote) break;
  }
  return [...changed.values()];
}

/**
 * Before anything of `submit` is pressed: every fill step that can be found on the present page is read again. Steps of
 * pages that are gone cannot be read here; their own last read was before the press that left them.
 */
export async function submitCheck(tools: StepTools, plan: Plan): Promise<StepReport[]> {
  const { session } = tools;
  await session.settled();
  const differing: StepReport[] = [];
  for (const step of plan.fill) {
    if (step.kind !== "fill" || !isOnPage(session.document, step.when)) continue;
    const entry = tools.done.get(step.id);
    if (!entry && step.need === "optional") continue; // it may rightly have been refused
    const control = entry ? present(tools, entry) : presentNow(tools, step);
    if (!control) continue;
    if (reads(tools, step, control) === false)
      differing.push({ ...baseReport(step), status: "refused", reason: "site-changed-it" });
  }
  return differing;
}

const presentNow = (tools: StepTools, step: FillStep): Control | null => {
  const found = findNow(tools, step);
  return "target" in found ? found.target : null;
};
