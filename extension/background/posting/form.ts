/**
 * The form of a post in its tab: filling it, going on in one that stands, and what a person did in it meanwhile. Presses
 * nothing. Everything seen is kept with the post before the page goes on.
 */
import {
  askAgain,
  drivePhase,
  FILL_MS,
  phaseAsFilled,
  type Filled,
  type FormNow,
  type Host,
} from "#core/host/index.ts";
import type { Plan, StepReport } from "#core/plan/plan.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { Ended } from "./endings.ts";
import { planOf } from "./post-plan.ts";
import { tabOf } from "./post-tab.ts";
import { changePost, readPost, say } from "./record.ts";
import type { TabDocument } from "./tab-document.ts";
import { tabHost } from "./tab-host.ts";

/** @throws Ended where Hawker may not work on that site. */
export const checkHosts = async ({ platform }: Pick<PostRow, "platform">): Promise<void> => {
  const origins = marketplaceOf(platform).identity.hostPermissions;
  if (!(await chrome.permissions.contains({ origins }))) throw new Ended({ code: "host-permission" });
};

/** The post's own tab, opened when it has none. @throws Ended */
export const hostOf = async (postId: string): Promise<Host<TabDocument>> => {
  const post = await readPost(postId);
  await checkHosts(post);
  const { tabId, item, platform } = await tabOf(post);
  return tabHost(tabId, marketplaceOf(platform), item);
};

/** What can be asked of the page as it is, without opening any; null where there is nothing to ask. */
const asked = async <T>(
  postId: string,
  ask: (host: Host<TabDocument>, plan: Plan, reports: StepReport[]) => Promise<T>,
): Promise<T | null> => {
  const { plan, stepReports, tabId } = await readPost(postId);
  if (!plan || tabId === null) return null;
  try {
    return await ask(await hostOf(postId), plan, stepReports);
  } catch (error) {
    if (error instanceof Ended) throw error;
    console.info("There is no form to be read.", error);
    return null;
  }
};

const readForm = (postId: string) =>
  asked(postId, (page, plan, reports) => askAgain(page, plan.frameHost, "formState", plan, reports));

/** The page remembers a press of its submit control over one load. */
export const isPressedByHand = async (postId: string): Promise<boolean> =>
  (await asked(postId, (page, plan) => askAgain(page, plan.frameHost, "submitSeen", plan)))?.by === "person";

/** Once it is on record: until then every look at this page says it again. */
export const forgetPress = (postId: string) =>
  asked(postId, (page, plan) => askAgain(page, plan.frameHost, "forgetSubmit", plan));

/** Filled when every required field holds what it should: what Hawker set, or what the person set instead. */
export const formNow = async (postId: string): Promise<FormNow> => {
  if (await isPressedByHand(postId)) return "pressed";
  const form = await readForm(postId);
  if (!form?.stands) return "none";
  if (!(await readPost(postId)).isStanding) return "begun";
  await keepHands(postId, form);
  const { byHand } = await readPost(postId);
  const isFilled = form.steps.every(
    ({ id, need, reading }) =>
      need === "optional" ||
      reading === "same" ||
      reading === "earlier" ||
      reading === "unread" ||
      (byHand.includes(id) && reading === "other"),
  );
  return isFilled ? "filled" : "begun";
};

type Form = NonNullable<Awaited<ReturnType<typeof readForm>>>;

/** What the person set in the tab is theirs. */
const keepHands = async (postId: string, { steps }: Form): Promise<void> => {
  const touched = steps
    .filter((step) => step.touchedByHand && (step.reading === "other" || step.reading === "unread"))
    .map(({ id }) => id);
  if (touched.length === 0) return;
  await changePost(postId, (row) => ({ byHand: [...new Set([...row.byHand, ...touched])] }));
};

type FillFrom = { isFresh: boolean; from: number; reports: StepReport[]; byHand: string[] };

/** In the form that stands, from its page's first step; else from the beginning. */
const whereToFill = async (postId: string): Promise<FillFrom> => {
  const form = await readForm(postId);
  if (form?.stands) {
    await keepHands(postId, form);
    const { stepReports, byHand } = await readPost(postId);
    return { isFresh: false, from: form.from, reports: stepReports, byHand };
  }
  await changePost(postId, { stepReports: [], byHand: [], isStanding: false, plan: null });
  return { isFresh: true, from: 0, reports: [], byHand: [] };
};

const merged = (reports: readonly StepReport[], report: StepReport): StepReport[] => [
  ...reports.filter((one) => one.id !== report.id),
  report,
];

const isPressing = (step: StepReport): boolean => step.detail === "pressing" && !step.verified;

type Place = { index: number; total: number };

/** Kept with the post before the page goes on: after a press the page may be gone with the next message. */
const noteStep = async (postId: string, step: StepReport, { index, total }: Place): Promise<PostRow> => {
  const percent = Math.round(10 + (75 * (index + 1)) / Math.max(1, total));
  const post = await changePost(postId, (row) => ({
    stepReports: merged(row.stepReports, step),
    progress: { percent, message: step.label },
  }));
  const { id, field, status, need, verified } = step;
  if (status === "refused" || status === "failed")
    await say(post, "warn", `${step.label}: ${step.reason ?? status}`, { step: id, field, status, need });
  else if (status === "done" && !isPressing(step))
    await say(post, "info", `${step.label}: done`, { step: id, field, verified });
  return post;
};

type Filling = { signal: AbortSignal; onStep?: (post: PostRow) => void };

/**
 * Fills the form, or goes on with the one that stands.
 * @throws Ended when the item cannot be listed there as it is, or the network is gone.
 */
export const fillForm = async (postId: string, { signal, onStep }: Filling): Promise<Filled> => {
  const began = Date.now();
  const { item, platform } = await readPost(postId);
  const [problem] = marketplaceOf(platform)
    .problemsOf(item)
    .filter(({ severity }) => severity === "error");
  if (problem) throw new Ended({ code: "item", message: problem.message });
  const at = await whereToFill(postId);
  const { plan } = await planOf(postId);
  const host = await hostOf(postId);
  if (at.isFresh) await host.open(plan.url);
  const end = await drivePhase(host, {
    plan,
    phase: "fill",
    from: at.from,
    reports: at.reports,
    byHand: at.byHand,
    deadlineMs: FILL_MS,
    signal,
    onStep: async (step, place) => onStep?.(await noteStep(postId, step, place)),
  });
  const filled = phaseAsFilled(end);
  const isFilled = filled.kind === "filled";
  await changePost(postId, (row) => ({
    stepReports: end.steps,
    isStanding: isFilled,
    fillMs: (at.isFresh ? 0 : (row.fillMs ?? 0)) + Date.now() - began,
    ...(isFilled ? { progress: { percent: 88, message: "Filled" } } : {}),
  }));
  // A field that did not take its value while the network was gone says nothing of the field.
  if (filled.kind === "refused" && !navigator.onLine) throw new Ended({ code: "offline" });
  return filled;
};
