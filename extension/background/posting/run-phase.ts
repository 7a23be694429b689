/**
 * Drives the engine through one phase of a plan in the post's tab, over page loads. Invariants:
 * - the step to go on with is in the database before the press that leaves the page;
 * - once the permit was given nothing is started again, whatever the page does;
 * - what a page answers is a report, never an instruction: the plan is the one kept with the post.
 */
import { marketplaceOf } from "#marketplaces/index.ts";
import type { PageReply, PageTurn } from "#core/plan/page-protocol.ts";
import {
  unverifiedRequired,
  type PhaseResult,
  type Plan,
  type Step,
  type StepReport,
} from "#core/plan/plan.ts";
import { database } from "#extension/store/database.ts";
import type { PostRow } from "#extension/store/rows.ts";
import { outlineFilling } from "./outline.ts";
import { photoForPage } from "./photo-for-page.ts";
import { changePost, say } from "./post-store.ts";
import { NeedsPerson, stopped } from "./problems.ts";
import { showWhile } from "./show-while.ts";
import { askEngine, DocumentGone, loadedDocument, type TabDocument } from "./tab-document.ts";

const FILL_MS = 240_000;
const SUBMIT_MS = 60_000;
const MAX_DOCUMENTS = 30;
const MAX_SURPRISES = 3;

/** `permit` puts the submit on record, or throws; null where nothing may be submitted. */
export type PhaseHost = {
  post: PostRow & { tabId: number; plan: Plan };
  permit: (() => Promise<void>) | null;
};
type Run = {
  from: number;
  last: number;
  permitted: boolean;
  surprises: number;
  hide: (() => Promise<void>) | null;
};

const stepsOf = (plan: Plan, phase: "fill" | "submit"): readonly Step[] =>
  phase === "fill" ? plan.fill : plan.submit;

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

/** Keeps the report; after a press also where to go on, because the page may be gone with the next message. */
const note = async (
  host: PhaseHost,
  phase: "fill" | "submit",
  turn: Extract<PageTurn, { kind: "progress" }>,
): Promise<void> => {
  const { post } = host;
  const isPress = stepsOf(post.plan, phase)[turn.index]?.kind === "press";
  const percent = phase === "fill" ? Math.round(10 + (75 * (turn.index + 1)) / Math.max(1, turn.total)) : 90;
  await changePost(post.id, post.fence, (row) => ({
    stepReports: merged(row.stepReports, turn.step),
    progress: { percent, message: turn.step.label },
    ...(isPress && turn.step.status === "done" ? { nextIndex: turn.index + 1 } : {}),
  }));
  if (turn.step.status === "refused" || turn.step.status === "failed") {
    await say(post, "warn", `${turn.step.label}: ${turn.step.reason ?? turn.step.status}`, {
      step: turn.step.id,
      field: turn.step.field,
      status: turn.step.status,
      need: turn.step.need,
    });
  } else if (!isPressing(turn.step) && turn.step.status === "done") {
    await say(post, "info", `${turn.step.label}: done`, {
      step: turn.step.id,
      field: turn.step.field,
      verified: turn.step.verified,
    });
  }
};

const replyTo = async (
  host: PhaseHost,
  phase: "fill" | "submit",
  turn: Exclude<PageTurn, { kind: "finished" }>,
  run: Run,
): Promise<PageReply> => {
  const { post } = host;
  switch (turn.kind) {
    case "progress":
      run.last = turn.index;
      await note(host, phase, turn);
      await hideAgain(run);
      return { ok: true };
    case "needPhoto":
      return { photo: await photoForPage(post.item, turn.photoId, marketplaceOf(post.platform)) };
    case "needTrusted":
      return { ok: false }; // an extension without the debugger permission cannot press trusted
    case "needVisible":
      await hideAgain(run);
      run.hide = await showWhile(post.tabId);
      return { ok: true };
    case "needPermit":
      await host.permit?.();
      run.permitted = host.permit !== null;
      return { ok: run.permitted };
  }
};

const hideAgain = async (run: Run): Promise<void> => {
  const hide = run.hide;
  run.hide = null;
  await hide?.();
};

const inDocument = async (
  host: PhaseHost,
  phase: "fill" | "submit",
  document: TabDocument,
  run: Run,
): Promise<PhaseResult> => {
  const { post } = host;
  const start = {
    plan: post.plan,
    phase,
    from: run.from,
    deadlineMs: phase === "fill" ? FILL_MS : SUBMIT_MS,
    taught: await taughtFor(post),
  };
  let turn: PageTurn = await askEngine(document, "start", start);
  while (turn.kind !== "finished")
    turn = await askEngine(document, "reply", turn.id, await replyTo(host, phase, turn, run));
  return turn.result;
};

/** Where to go on in the document that came: after the press that led there, or with this page's first step again. */
const resumeAt = (steps: readonly Step[], run: Run): number => {
  if (run.last >= 0 && steps[run.last]?.kind === "press") return run.last + 1;
  run.surprises += 1;
  if (run.surprises > MAX_SURPRISES)
    throw new NeedsPerson("field", "The page keeps reloading by itself. Look at its tab.");
  return run.from;
};

export type PhaseEnd = { kind: "complete"; document: TabDocument | null } | { kind: "submitted" };

/**
 * @returns `complete` with the document it ended in, or `submitted` when the permit was given: then only looking is left.
 * @throws NeedsPerson, StalePost, TabClosed, PageUnreadable
 */
export const runPhase = async (host: PhaseHost, phase: "fill" | "submit"): Promise<PhaseEnd> => {
  const { post } = host;
  const site = marketplaceOf(post.platform).identity.name;
  const steps = stepsOf(post.plan, phase);
  const run: Run = {
    from: phase === "fill" ? post.nextIndex : 0,
    last: -1,
    permitted: false,
    surprises: 0,
    hide: null,
  };
  let left: string | null = null;
  try {
    for (let documents = 0; documents < MAX_DOCUMENTS; documents += 1) {
      const document = await loadedDocument(post.tabId, { frameHost: post.plan.frameHost, not: left });
      run.last = -1;
      try {
        const stop = await askEngine(document, "stopSign", post.platform);
        if (stop) throw stopped(stop, site);
        if (phase === "fill") await outlineFilling(document);
        const result = await inDocument(host, phase, document, run);
        if (run.permitted) return { kind: "submitted" };
        if (result.kind === "stopped") throw stopped(result.stop, site);
        if (result.kind === "refused") throw refusal(site, result.steps);
        if (result.kind === "complete") return { kind: "complete", document };
        run.from = result.next;
        left = document.documentId;
      } catch (error) {
        if (!(error instanceof DocumentGone)) throw error;
        if (run.permitted) return { kind: "submitted" };
        run.from = resumeAt(steps, run);
        left = document.documentId;
      }
    }
    throw new NeedsPerson("field", `${site}'s form went through too many pages. Look at its tab.`);
  } catch (error) {
    if (run.permitted) return { kind: "submitted" };
    throw error;
  } finally {
    await hideAgain(run);
  }
};

/** The first required step that did not work, as a sentence. */
const refusal = (site: string, steps: readonly StepReport[]): NeedsPerson => {
  const stuck =
    unverifiedRequired(steps).at(-1) ??
    steps.findLast((step) => step.status === "refused" || step.status === "failed");
  if (!stuck)
    return new NeedsPerson(
      "field",
      `Hawker could not finish the form on ${site}. Look at its tab, then press Continue.`,
    );
  return new NeedsPerson(
    "field",
    `Hawker was not sure about "${stuck.label}" on ${site} (${REASONS[stuck.reason ?? "not-found"]}). Set it in the tab, then press Continue.`,
  );
};

const REASONS: Record<NonNullable<StepReport["reason"]>, string> = {
  "not-found": "the field was not found",
  ambiguous: "more than one field looks like it",
  "not-visible": "the field is hidden",
  "forbidden-control": "the field is one Hawker never fills",
  "option-missing": "the site does not offer this choice",
  "read-back-differs": "the site shows something else than was set",
  "site-changed-it": "the site changed it again",
  "photos-rejected": "the site did not take the photos",
  timeout: "the site took too long",
  "page-not-expected": "another page came than expected",
  "write-had-no-effect": "the field did not take the value",
};
