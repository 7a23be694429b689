/**
 * Runs one phase of a plan in this document. Invariants:
 * - a press is reported before it happens, so that a host that loses the page knows where to go on;
 * - before any press, and at the end, everything filled on the page is read again and rewritten where the site changed it;
 *   then no required step may be unread, or nothing is pressed and filling is not complete;
 * - `submit` reads everything again before anything else; a difference refuses and nothing is pressed;
 * - the press that submits is made once, by submit-press.ts alone; what confirms it is pressed within a minute of it;
 * - stop signs are looked for before every step and whenever a step fails.
 */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import {
  submitPress,
  type PhaseResult,
  type PressStep,
  type StartPhase,
  type Step,
  type StepReport,
} from "../../plan/index.ts";
import { CONFIRM_MS } from "../../posting/limits.ts";
import { whyVoid } from "../../posting/own-clock.ts";
import type { PageSession } from "../page/session.ts";
import { anyVisible } from "../find/locate.ts";
import { isMet, isOnPage } from "../read/page-mark.ts";
import { stopSignOn } from "../read/stop-sign.ts";
import type { PhotoMemory } from "../write/write-value.ts";
import { baseReport } from "./base-report.ts";
import type { Gesture } from "./gesture.ts";
import type { Hands } from "./hands.ts";
import { pressStep } from "./press-step.ts";
import { readRight, rewriteChanged, unsettled } from "./recheck.ts";
import type { Done, StepTools } from "./step-tools.ts";
import { dismissStep, fillStep, gestureStep } from "./steps.ts";
import { clocksNow, submitStep } from "./submit-press.ts";

export type PhaseInput = {
  session: PageSession;
  start: StartPhase;
  signs: OutcomeSigns | undefined;
  gestures: Readonly<Record<string, Gesture>>;
  hands: Hands;
  /** What is known of this document, kept between phases. */
  photos: PhotoMemory;
  done: Map<string, Done>;
  shownFirst: Map<string, string>;
  /** This run's reports, in order: filled here, so that they are there when the run is cut short. */
  steps: StepReport[];
};

/** How long a page that has come may take to draw what was expected of it. */
const ARRIVE_MS = 15_000;
/** How often a page is gone over that keeps changing what was set. */
const REREADINGS = 3;

export const runPhase = (input: PhaseInput): Promise<PhaseResult> => new Phase(input).run();

class Phase {
  readonly #input: PhaseInput;
  readonly #tools: StepTools;
  readonly #steps: readonly Step[];
  /** The last word on every step, of this run and of those before it. */
  readonly #reports: Map<string, StepReport>;
  /** Overlays that stayed. */
  readonly #staying = new Set<string>();

  constructor(input: PhaseInput) {
    const { start } = input;
    const reports = start.reports ?? [];
    const byHand = new Set([
      ...(start.byHand ?? []),
      ...reports.filter((one) => one.byHand).map((one) => one.id),
    ]);
    this.#input = input;
    this.#tools = { ...input, byHand };
    this.#steps = start.phase === "fill" ? start.plan.fill : start.plan.submit;
    this.#reports = new Map(reports.map((report) => [report.id, report]));
  }

  async run(): Promise<PhaseResult> {
    const { start, session } = this.#input;
    const { plan, phase, from } = start;
    const { hostname } = session.document.location;
    const stop = this.#stopped();
    if (stop) return stop;
    if (!plan.hosts.includes(hostname) && plan.frameHost !== hostname)
      throw new Error(`The plan for ${plan.marketplace} may not run on ${hostname}.`);
    const before = this.#steps[from - 1];
    if (before?.kind === "press") {
      const arrived = await this.#arrived(before, from - 1);
      if (arrived) return arrived;
    }
    if (phase === "submit" && from === 0) {
      const refused = this.#refusedBy(await unsettled(this.#tools, plan, this.#reports));
      if (refused) return refused;
    }
    for (const [index, step] of this.#steps.entries()) {
      if (index < from) continue;
      const end = await this.#do(step, index);
      if (end) return end;
    }
    const end = phase === "fill" ? await this.#reread(this.#steps.length) : null;
    return end ?? this.#stopped() ?? { kind: "complete", steps: this.#input.steps };
  }

  /** Null: go on with the next step. */
  async #do(step: Step, index: number): Promise<PhaseResult | null> {
    const { session, start } = this.#input;
    const stop = this.#stopped();
    if (stop) return stop;
    session.stepId = step.id;
    if (!isOnPage(session.document, step.when)) {
      await this.#passOver(step, index);
      return null;
    }
    if (step.kind === "press") {
      const isSubmit = start.phase === "submit" && step === submitPress(start.plan);
      return isSubmit ? this.#submit(step, index) : this.#press(step, index);
    }
    if (step.kind === "dismiss") {
      await this.#tell(index, await dismissStep(this.#tools, step));
      return null;
    }
    await this.#clear(index);
    const work = () => (step.kind === "fill" ? fillStep(this.#tools, step) : gestureStep(this.#tools, step));
    const isDone = ({ status }: StepReport) => status !== "failed" && status !== "refused";
    let report = await work();
    for (let again = 1; again < REREADINGS && !isDone(report) && (await this.#putRight(index)); again += 1)
      report = await work();
    await this.#tell(index, report);
    if (isDone(report)) return null;
    return this.#stopped() ?? (step.need === "required" ? this.#refused([step.id]) : null);
  }

  /**
   * What lies over a page mostly comes when it has been worked in for a while. What does not go when it is told to is left alone.
   * @returns whether something went.
   */
  async #clear(until: number): Promise<boolean> {
    const { document } = this.#input.session;
    let cleared = false;
    for (const [index, step] of this.#steps.slice(0, until).entries()) {
      if (step.kind !== "dismiss" || this.#staying.has(step.id) || !isOnPage(document, step.when)) continue;
      if (!anyVisible(document, step.overlay)) continue;
      const report = await dismissStep(this.#tools, step);
      if (report.verified) cleared = true;
      else this.#staying.add(step.id);
      await this.#tell(index, report);
    }
    return cleared;
  }

  /**
   * What kept a step from being done may lie over it, or be a field before it: of another category there are other sizes.
   * @returns whether something is otherwise now.
   */
  async #putRight(until: number): Promise<boolean> {
    const cleared = await this.#clear(until);
    const rewritten = await rewriteChanged(this.#tools, this.#steps.slice(0, until), this.#reports);
    for (const report of rewritten) await this.#news(report);
    return cleared || rewritten.some(({ verified }) => verified);
  }

  async #press(step: PressStep, index: number): Promise<PhaseResult | null> {
    const { session, done, start, steps } = this.#input;
    await this.#clear(index);
    const end = start.phase === "fill" ? await this.#reread(index) : null;
    if (end) return end;
    session.stepId = step.id;
    const pressed = await pressStep(this.#tools, step, (report) => this.#record(index, report));
    if (pressed === "navigating") return { kind: "navigating", next: index + 1, steps };
    if (pressed === "failed") return this.#stopped() ?? this.#refused([step.id]);
    if (pressed === "pressed") done.clear(); // another page of the wizard: its fields are gone
    return null;
  }

  async #submit(step: PressStep, index: number): Promise<PhaseResult> {
    const { start, steps } = this.#input;
    const record = (report: StepReport) => this.#record(index, report);
    const end = await submitStep(this.#tools, start.plan, step, this.#reports, record);
    if (end.kind === "void") return { kind: "void", why: end.why, steps };
    if (end.kind === "failed") return this.#stopped() ?? this.#refused([step.id]);
    if (end.kind === "unsettled") return this.#refusedBy(end.steps) ?? this.#refused([step.id]);
    const isTooLate = () => whyVoid(end.at, clocksNow(), CONFIRM_MS) !== null;
    for (const [at, more] of this.#steps.entries()) {
      if (at <= index || more.kind !== "press" || !more.confirms) continue;
      const tell = (said: StepReport) => this.#record(at, said);
      const confirmed = await pressStep(this.#tools, more, tell, isTooLate);
      if (confirmed !== "pressed" && confirmed !== "passed") break;
    }
    return { kind: "pressed", by: "hawker", steps };
  }

  /** After a page load: what the last press promised must hold on the page that came. */
  async #arrived(before: PressStep, index: number): Promise<PhaseResult | null> {
    const { session, signs } = this.#input;
    const { document } = session;
    const look = () =>
      isMet(document, before.expect, true) ? "met" : stopSignOn(document, signs) ? "stop" : null;
    if ((await session.until(look, ARRIVE_MS)) === "met") {
      await this.#tell(index, { ...baseReport(before), attempts: 1, verified: true });
      return null;
    }
    const stop = this.#stopped();
    if (stop) return stop;
    const detail = "the page that came is not the one expected";
    this.#keep({ ...baseReport(before), status: "failed", reason: "page-not-expected", detail });
    return this.#refused([before.id]);
  }

  /** Reads the steps before `until` again; null when nothing stands against going on. */
  async #reread(until: number): Promise<PhaseResult | null> {
    const { plan } = this.#input.start;
    const steps = plan.fill.slice(0, until);
    let left: StepReport[] = [];
    for (let round = 0; round < REREADINGS; round += 1) {
      for (const report of await rewriteChanged(this.#tools, steps, this.#reports)) await this.#news(report);
      left = await unsettled(this.#tools, plan, this.#reports, until);
      // What a slow server writes over the form may come while it is read.
      if (!left.some(({ reason }) => reason === "site-changed-it")) break;
    }
    const refused = this.#refusedBy(left);
    if (refused) return refused;
    // Once the page is left its reports are all there is: what reads right now is said to.
    for (const report of readRight(this.#tools, steps, this.#reports)) await this.#news(report);
    return null;
  }

  #news(report: StepReport): Promise<void> {
    return this.#tell(
      this.#steps.findIndex(({ id }) => id === report.id),
      report,
    );
  }

  async #passOver(step: Step, index: number): Promise<void> {
    const known = this.#reports.get(step.id);
    if (known?.status === "done") return; // done on its own page
    await this.#tell(index, { ...baseReport(step), status: "skipped", detail: "not on this page" });
  }

  #refusedBy(reports: readonly StepReport[]): PhaseResult | null {
    if (reports.length === 0) return null;
    for (const report of reports) this.#keep(report);
    return this.#stopped() ?? this.#refused(reports.map(({ id }) => id));
  }

  #refused(stuck: string[]): PhaseResult {
    return { kind: "refused", stuck, steps: this.#input.steps };
  }

  #stopped(): PhaseResult | null {
    const stop = stopSignOn(this.#input.session.document, this.#input.signs);
    return stop ? { kind: "stopped", stop, steps: this.#input.steps } : null;
  }

  #keep(report: StepReport): void {
    const { steps } = this.#input;
    const at = steps.findIndex((one) => one.id === report.id);
    if (at >= 0) steps[at] = report;
    else steps.push(report);
    this.#reports.set(report.id, report);
  }

  /** For a press: it is heard of before it happens, and once it has; by that a page that is lost meanwhile is understood. */
  #record(index: number, report: StepReport): Promise<void> {
    return this.#tell(index, report, true);
  }

  async #tell(index: number, report: StepReport, isAwaited = false): Promise<void> {
    const { session, start } = this.#input;
    this.#keep(report);
    session.tell({ index, total: this.#steps.length, step: report });
    if (isAwaited || start.stepByStep) await session.ask({ kind: "progress" });
  }
}
