/**
 * The worker as the engine's host: starts a phase of a plan in a page, answers its turns, and follows it over page
 * loads. Invariants:
 * - after the permit was given nothing is started again, whatever the page does: `permitted` says so to the caller;
 * - a document that goes away is expected after a press; anywhere else the page's own steps are done again, a few times.
 */
import type { Frame, Page } from "playwright-core";
import type {
  PagePhoto,
  PageReply,
  PageTurn,
  PhaseResult,
  Plan,
  Step,
  StepReport,
  TrustedPress,
} from "#core/plan/index.ts";
import { callEngine, DocumentGoneError, engineFrame, evaluateIn } from "./engine-frame.ts";

export type Host = {
  page: Page;
  plan: Plan;
  bundle: string;
  deadlineMs: number;
  readPhoto(photoId: string): Promise<PagePhoto>;
  onStep(step: StepReport, index: number, total: number): void;
  /** Asked right before the very last press of `submit`. */
  permit(): Promise<boolean>;
};

export type PhaseEnd = {
  result: Exclude<PhaseResult, { kind: "navigating" }>;
  steps: StepReport[];
  /** The last press was allowed: it may have happened even if `result` says otherwise. */
  permitted: boolean;
};

const MAX_DOCUMENTS = 30;
const MAX_SURPRISES = 3;

export const runPhase = async (host: Host, phase: "fill" | "submit"): Promise<PhaseEnd> => {
  const steps = phase === "fill" ? host.plan.fill : host.plan.submit;
  const reports = new Map<string, StepReport>();
  const ends = performance.now() + host.deadlineMs;
  const run: Run = { from: 0, permitted: false, lastIndex: -1, surprises: 0 };
  const note = (report: StepReport) => reports.set(report.id, report);
  const end = (result: PhaseEnd["result"]): PhaseEnd => ({
    result,
    steps: [...reports.values()],
    permitted: run.permitted,
  });

  for (let documents = 0; documents < MAX_DOCUMENTS; documents += 1) {
    const frame = await engineFrame(host.page, host.plan.frameHost, 15_000);
    run.lastIndex = -1;
    try {
      const left = Math.max(1_000, ends - performance.now());
      const start = { plan: host.plan, phase, from: run.from, deadlineMs: left };
      let turn: PageTurn = await callEngine(frame, host.bundle, "start", start);
      while (turn.kind !== "finished") turn = await answer(host, frame, turn, run, note);
      const { result } = turn;
      result.steps.forEach(note);
      if (result.kind !== "navigating") return end(result);
      if (run.permitted) return end({ kind: "complete", steps: [...reports.values()] });
      run.from = result.next;
      run.lastIndex = -1;
      await nextDocument(frame);
    } catch (error) {
      if (!(error instanceof DocumentGoneError)) throw error;
      if (run.permitted) return end({ kind: "complete", steps: [...reports.values()] });
      run.from = resumeAt(steps, run);
    }
  }
  throw new Error(`The form went through more than ${MAX_DOCUMENTS} pages.`);
};

type Run = {
  from: number;
  permitted: boolean;
  /** The step last reported in this document, -1 before the first. */
  lastIndex: number;
  surprises: number;
};

/** The step to go on with in the document that came: after the press that led there, or from this page's first step. */
const resumeAt = (steps: readonly Step[], run: Run): number => {
  if (run.lastIndex < 0) return run.from; // the document went before anything was done in it
  if (steps[run.lastIndex]?.kind === "press") return run.lastIndex + 1;
  run.surprises += 1;
  if (run.surprises > MAX_SURPRISES) throw new Error("The page keeps reloading by itself.");
  return run.from;
};

const answer = async (
  host: Host,
  frame: Frame,
  turn: Exclude<PageTurn, { kind: "finished" }>,
  run: Run,
  note: (report: StepReport) => void,
): Promise<PageTurn> => {
  const reply = await replyTo(host, frame, turn, run, note);
  return callEngine(frame, host.bundle, "reply", turn.id, reply);
};

const replyTo = async (
  host: Host,
  frame: Frame,
  turn: Exclude<PageTurn, { kind: "finished" }>,
  run: Run,
  note: (report: StepReport) => void,
): Promise<PageReply> => {
  switch (turn.kind) {
    case "progress":
      run.lastIndex = turn.index;
      note(turn.step);
      host.onStep(turn.step, turn.index, turn.total);
      return { ok: true };
    case "needPhoto":
      return { photo: await host.readPhoto(turn.photoId) };
    case "needTrusted":
      await pressTrusted(host.page, frame, turn);
      return { ok: true };
    case "needVisible":
      await host.page.bringToFront();
      return { ok: true };
    case "needPermit":
      run.permitted = await host.permit();
      return { ok: run.permitted };
  }
};

const pressTrusted = async (page: Page, frame: Frame, press: TrustedPress): Promise<void> => {
  if (press.action === "text") return page.keyboard.insertText(press.text);
  if (press.action === "key") return page.keyboard.press(press.key);
  const element = frame === page.mainFrame() ? null : await frame.frameElement();
  const box = (await element?.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.click(box.x + press.x, box.y + press.y);
};

/** A press said the page is leaving: waits until the document with the engine in it is gone. */
const nextDocument = async (frame: Frame): Promise<void> => {
  await frame.waitForFunction("typeof __hawkerPage === 'undefined'", undefined, { timeout: 20_000 });
  await evaluateIn(frame, "document.readyState");
};
