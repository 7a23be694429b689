/**
 * The form of a post in its tab: filling it, going on in one that stands, and what a person did in it meanwhile. Presses
 * nothing. Everything seen is kept with the post before the page goes on.
 */
import {
  askAgain,
  fillForm,
  logLineOf,
  phaseAsFilled,
  progressAt,
  standingForm,
  type Filled,
  type FormLeft,
  type FormNow,
  type Host,
  type StepPlace,
} from "#core/host/index.ts";
import { errorsAmong } from "#core/marketplace/checks.ts";
import type { FormState, SubmitSeen } from "#core/plan/page-protocol.ts";
import type { StepReport } from "#core/plan/plan.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { Ended } from "./endings.ts";
import { planOf } from "./post-plan.ts";
import { hasTab, tabOf } from "./post-tab.ts";
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
  ask: (host: Host<TabDocument>, left: FormLeft) => Promise<T>,
): Promise<T | null> => {
  const post = await readPost(postId);
  const { plan, stepReports: reports, byHand, posting, keptAt } = post;
  if (!plan || !(await hasTab(post))) return null;
  try {
    const keep = posting.questions > (keptAt ?? 0);
    return await ask(await hostOf(postId), { plan, reports, byHand, keep });
  } catch (error) {
    if (error instanceof Ended) throw error;
    console.info("There is no form to be read.", error);
    return null;
  }
};

/**
 * Null where none stands. What the person set in it is kept as theirs only after an answer of theirs: a price that is being typed
 * is nobody's word yet.
 */
const standingNow = async (postId: string): Promise<FormState | null> => {
  const { posting } = await readPost(postId);
  const form = await asked(postId, standingForm);
  await changePost(postId, { keptAt: posting.questions, ...(form ? { byHand: form.byHand } : {}) });
  return form;
};

/** The page remembers a person's press of its submit control over one load, and Hawker's as long as it stands. */
const pressSeen = (postId: string): Promise<SubmitSeen | null> =>
  asked(postId, (page, { plan }) => askAgain(page, plan.frameHost, "submitSeen", plan));

export const isPressedByHand = async (postId: string): Promise<boolean> =>
  (await pressSeen(postId))?.by === "person";

/** Once it is on record: until then every look at this page says it again. */
export const forgetPress = (postId: string) =>
  asked(postId, (page, { plan }) => askAgain(page, plan.frameHost, "forgetSubmit", plan));

/** Where nothing is unproven: a press of Hawker's that the page still tells of was refused there, and is on record. */
export const formNow = async (postId: string): Promise<FormNow> => {
  const press = await pressSeen(postId);
  if (press?.by === "person") return "pressed";
  if (press) await forgetPress(postId);
  const form = await standingNow(postId);
  const { isStanding, isLost, byHand } = await readPost(postId);
  if (isLost) return "lost";
  if (form) return form.isWhole && isStanding ? "filled" : "begun";
  if (byHand.length === 0) return "none";
  await loseForm(postId);
  return "lost";
};

export const loseForm = (postId: string): Promise<PostRow> => changePost(postId, { isLost: true });

const merged = (reports: readonly StepReport[], report: StepReport): StepReport[] => [
  ...reports.filter((one) => one.id !== report.id),
  report,
];

/** Kept with the post before the page goes on: after a press the page may be gone with the next message. */
const noteStep = async (postId: string, step: StepReport, place: StepPlace): Promise<PostRow> => {
  const post = await changePost(postId, (row) => ({
    stepReports: merged(row.stepReports, step),
    progress: progressAt(place),
  }));
  const line = logLineOf(step);
  if (line) await say(post, line.level, line.message, line.data);
  return post;
};

type Filling = { signal: AbortSignal; onStep?: (post: PostRow) => void };

/**
 * Fills the form, or goes on with the one that stands.
 * @throws Ended when the item cannot be listed there as it is, or the network is gone.
 */
export const fillPost = async (postId: string, { signal, onStep }: Filling): Promise<Filled> => {
  const began = Date.now();
  const { item, platform } = await readPost(postId);
  const [problem] = errorsAmong(marketplaceOf(platform).problemsOf(item));
  if (problem) throw new Ended({ code: "item", message: problem.message });
  const standing = await standingNow(postId);
  // Whoever was asked first looked at the lists meanwhile.
  if (!standing && (await isPressedByHand(postId))) return { kind: "pressed" };
  // The item may be another by now, and so the plan.
  if (!standing)
    await changePost(postId, { stepReports: [], byHand: [], isStanding: false, fillMs: 0, plan: null });
  const { plan, stepReports } = await planOf(postId);
  const end = await fillForm(await hostOf(postId), {
    plan,
    reports: stepReports,
    standing,
    signal,
    onStep: async (step, place) => onStep?.(await noteStep(postId, step, place)),
  });
  const filled = phaseAsFilled(end);
  const isFilled = filled.kind === "filled";
  await changePost(postId, (row) => ({
    stepReports: end.steps,
    isStanding: isFilled,
    fillMs: (row.fillMs ?? 0) + Date.now() - began,
    ...(isFilled ? { progress: { percent: 88, message: "Filled" } } : {}),
  }));
  // A field that did not take its value while the network was gone says nothing of the field.
  if (filled.kind === "refused" && !navigator.onLine) throw new Ended({ code: "offline" });
  return filled;
};
