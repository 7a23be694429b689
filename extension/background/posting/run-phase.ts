/**
 * One phase of a post in its tab, by the loop all drivers share. What the loop reports is kept with the post before the page
 * goes on, so the step to go on with is in the database before the press that leaves the page.
 */
import { drivePhase, type PhaseEnd, type RefusedWhy } from "#core/host/index.ts";
import type { Plan, StepReport } from "#core/plan/plan.ts";
import { REASONS } from "#core/posting/sentences.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { changePost, say } from "./post-store.ts";
import { NeedsPerson, stopped } from "./problems.ts";
import type { TabDocument } from "./tab-document.ts";
import { tabHost } from "./tab-host.ts";

const FILL_MS = 240_000;
const SUBMIT_MS = 60_000;

/** `permit` puts the submit on record, or throws; null where nothing may be submitted. */
export type PhasePost = {
  post: PostRow & { tabId: number; plan: Plan };
  permit: (() => Promise<void>) | null;
};

const taughtFor = async (post: PostRow) =>
  Object.fromEntries(
    (await database.taught.where("platform").equals(post.platform).toArray()).map((row) => [
      row.stepId,
      row.locator,
    ]),
  );

const merged = (reports: readonly StepReport[], report: StepReport): StepReport[] => [
  ...reports.filter((one) => one.id !== report.id),
  report,
];

const isPressing = (step: StepReport): boolean => step.detail === "pressing" && !step.verified;

const tell = async (post: PostRow, step: StepReport): Promise<void> => {
  const { id, field, status, need, verified } = step;
  if (status === "refused" || status === "failed")
    await say(post, "warn", `${step.label}: ${step.reason ?? status}`, { step: id, field, status, need });
  else if (status === "done" && !isPressing(step))
    await say(post, "info", `${step.label}: done`, { step: id, field, verified });
};

/**
 * @returns every ending but those that ask for a person.
 * @throws NeedsPerson, StalePost, BrowserGone, PageUnreadable, and what `permit` throws
 */
export const runPhase = async (
  { post, permit }: PhasePost,
  phase: "fill" | "submit",
): Promise<Extract<PhaseEnd<TabDocument>, { kind: "complete" | "void" | "pressed" }>> => {
  const marketplace = marketplaceOf(post.platform);
  const { name } = marketplace.identity;
  const end = await drivePhase(tabHost(post.tabId, marketplace, post.item), {
    plan: post.plan,
    phase,
    from: phase === "fill" ? post.nextIndex : 0,
    reports: post.stepReports,
    taught: await taughtFor(post),
    deadlineMs: phase === "fill" ? FILL_MS : SUBMIT_MS,
    ...(permit ? { permit: () => permit().then(() => true) } : {}),
    async onStep(step, { index, total, resumeAt }) {
      const percent = phase === "fill" ? Math.round(10 + (75 * (index + 1)) / Math.max(1, total)) : 90;
      await changePost(post.id, post.fence, (row) => ({
        stepReports: merged(row.stepReports, step),
        progress: { percent, message: step.label },
        ...(phase === "fill" ? { nextIndex: resumeAt } : {}),
      }));
      await tell(post, step);
    },
  });
  if (end.kind === "stopped") throw stopped(end.stop, name);
  if (end.kind === "refused") throw refusal(name, end.why);
  return end;
};

const refusal = (site: string, why: RefusedWhy): NeedsPerson => {
  switch (why.code) {
    case "keeps-reloading":
      return new NeedsPerson("field", "The page keeps reloading by itself. Look at its tab.");
    case "too-many-pages":
      return new NeedsPerson("field", `${site}'s form went through too many pages. Look at its tab.`);
    case "deadline":
      return new NeedsPerson("field", `${site}'s form took too long. Look at its tab, then press Continue.`);
    case "steps":
      return stuckAt(site, why.stuck[0]);
  }
};

const stuckAt = (site: string, step: StepReport | undefined): NeedsPerson =>
  step
    ? new NeedsPerson(
        "field",
        `Hawker was not sure about "${step.label}" on ${site} (${REASONS[step.reason ?? "not-verified"]}). Set it in the tab, then press Continue.`,
      )
    : new NeedsPerson(
        "field",
        `Hawker could not finish the form on ${site}. Look at its tab, then press Continue.`,
      );
