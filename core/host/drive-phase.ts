/**
 * Drives the engine through one phase of a plan, over page loads. Invariants:
 * - a press is reported to `onStep` before it happens, so the step to go on with is known when the page is lost with it;
 * - a document lost before its first turn is no surprise; one lost in the middle of a step is, and its page is done again;
 * - once a permit was given nothing is started again, whatever the page does;
 * - what a page answers is a report, never an instruction: the plan stays the caller's.
 */
import type { PageReply, Told } from "../plan/page-protocol.ts";
import { submitPress, type PhaseResult, type Step, type StepReport } from "../plan/plan.ts";
import { answersOf, converse, type Answers, type Question } from "./answer.ts";
import { DocumentGone, type Host } from "./host.ts";
import type { PhaseEnd, PhaseEnding, PhaseInput, RefusedWhy } from "./phase.ts";
import { OutOfTime, timeLimit, type TimeLimit } from "./time-limit.ts";

const MAX_DOCUMENTS = 30;
const MAX_SURPRISES = 3;

/**
 * @throws what the host throws for a page that cannot be read or a browser that is gone, what `permit` and `onStep` throw, and
 * the signal's reason; none of them once a permit was given.
 */
export async function drivePhase<D>(host: Host<D>, input: PhaseInput): Promise<PhaseEnd<D>> {
  const drive = new Drive(host, input);
  try {
    return await drive.run();
  } catch (error) {
    return drive.endBy(error);
  } finally {
    await drive.close();
  }
}

class Drive<D> {
  readonly #host: Host<D>;
  readonly #input: PhaseInput;
  readonly #steps: readonly Step[];
  readonly #reports: Map<string, StepReport>;
  readonly #answers: Answers<D>;
  readonly #limit: TimeLimit;
  #permit: "not-asked" | "asked" | "refused" | "given" = "not-asked";
  #permitError: { cause: unknown } | null = null;
  #surprises = 0;
  /** Where the present document began, and where the next would. */
  #from: number;
  #resumeAt: number;
  #resumed: boolean;
  #document: D | null = null;
  /** It was given up from outside: whatever is answered now is too late. */
  #givenUp = false;
  /** What the present document was last heard of; null before its first turn. */
  #heard: "step" | "pressing" | null = null;

  constructor(host: Host<D>, input: PhaseInput) {
    this.#host = host;
    this.#input = input;
    this.#steps = input.plan[input.phase];
    this.#reports = new Map(input.reports?.map((report) => [report.id, report]));
    this.#answers = answersOf(host);
    this.#limit = timeLimit(input.deadlineMs, input.signal);
    this.#from = this.#resumeAt = input.from ?? 0;
    this.#resumed = input.phase === "submit" || this.#from > 0 || this.#reports.size > 0;
  }

  async run(): Promise<PhaseEnd<D>> {
    for (let documents = 0; documents < MAX_DOCUMENTS; documents += 1) {
      this.#heard = null;
      try {
        const end = await this.#inNextDocument();
        if (end) return end;
      } catch (error) {
        if (!(error instanceof DocumentGone)) throw error;
        const end = this.#afterLoss() ?? (await this.#resume());
        if (end) return end;
      }
      this.#resumed = true;
    }
    return this.#refused({ code: "too-many-pages" });
  }

  /** Before the permit an error is the caller's; after it, it hides what became of the press. */
  endBy(error: unknown): PhaseEnd<D> {
    this.#givenUp = true;
    // It may be gone already.
    if (this.#document) this.#host.ask(this.#document, "abort").catch(() => undefined);
    if (this.#permit === "given") return this.#end({ kind: "pressed", by: "unknown" });
    if (!(error instanceof OutOfTime)) throw error;
    return this.#permit === "not-asked"
      ? this.#refused({ code: "deadline" })
      : this.#end({ kind: "void", why: "aged" });
  }

  async close(): Promise<void> {
    this.#limit.end();
    await this.#answers.hide();
  }

  /** Null: go on in the document that follows. */
  async #inNextDocument(): Promise<PhaseEnd<D> | null> {
    const { plan, phase, byHand } = this.#input;
    const left = this.#document;
    const stop = plan.frameHost === undefined ? null : await this.#limit.within(this.#stopAround());
    if (stop) return stop;
    const document = await this.#limit.within(this.#host.document({ frameHost: plan.frameHost, not: left }));
    this.#document = document;
    const first = this.#host.ask(document, "start", {
      plan,
      phase,
      from: this.#from,
      deadlineMs: this.#limit.left(),
      reports: [...this.#reports.values()],
      resumed: this.#resumed,
      ...(byHand ? { byHand } : {}),
    });
    const talk = converse(this.#host, document, first, {
      hear: async (told) => {
        await this.#note(told);
        this.#heed();
      },
      replyTo: async (question) => {
        const reply = await this.#replyTo(document, question);
        this.#heed();
        return reply;
      },
    });
    const result = await this.#limit.within(talk);
    for (const step of result.steps) this.#reports.set(step.id, step);
    if (result.kind !== "navigating") return this.#ended(document, result);
    this.#from = this.#resumeAt = result.next;
    return null;
  }

  #heed(): void {
    if (this.#givenUp) throw new OutOfTime("The phase was given up.");
  }

  /** A form in a frame: the page around it may be the one that stops. */
  async #stopAround(): Promise<PhaseEnd<D> | null> {
    const around = await this.#host.document();
    const stop = await this.#host.ask(around, "stopSign", this.#input.plan.marketplace);
    return stop ? this.#end({ kind: "stopped", stop }) : null;
  }

  async #replyTo(document: D, question: Question): Promise<PageReply> {
    return question.kind === "needPermit"
      ? { ok: await this.#permitted() }
      : this.#answers.to(document, question);
  }

  async #note({ step: report, index, total }: Told): Promise<void> {
    const step = this.#steps[index];
    const isPress =
      step !== undefined && step.id === report.id && this.#leavesPage(step) && report.status === "done";
    // Seen to have worked in this document, it is not what the document is lost by.
    this.#heard = isPress && !report.verified ? "pressing" : "step";
    this.#reports.set(report.id, report);
    if (isPress) this.#resumeAt = index + 1;
    await this.#input.onStep?.(report, { index, total });
    await this.#answers.hide();
  }

  #leavesPage(step: Step): boolean {
    return step.kind === "press" && step !== submitPress(this.#input.plan);
  }

  /** The page is told in any case, so that it stops waiting and says whether somebody else pressed. */
  async #permitted(): Promise<boolean> {
    this.#permit = "asked";
    try {
      const given = (await this.#input.permit?.()) ?? false;
      this.#permit = given ? "given" : "refused";
    } catch (cause) {
      this.#permit = "refused";
      this.#permitError = { cause };
    }
    return this.#permit === "given";
  }

  /** What a lost document means once the permit was asked for. */
  #afterLoss(): PhaseEnd<D> | null {
    if (this.#permitError) throw this.#permitError.cause;
    if (this.#permit === "given") return this.#end({ kind: "pressed", by: "unknown" });
    return this.#permit === "not-asked" ? null : this.#end({ kind: "void", why: "page-left" });
  }

  /** Sets where to go on in the document that came: after the press that led there, or with this page's first step again. */
  async #resume(): Promise<PhaseEnd<D> | null> {
    if (!this.#heard) return null;
    if (this.#heard === "pressing") {
      this.#from = this.#resumeAt;
      return null;
    }
    this.#surprises += 1;
    if (this.#surprises > MAX_SURPRISES) return this.#refused({ code: "keeps-reloading" });
    // What this page held is gone with it.
    for (const step of this.#steps.slice(this.#from)) this.#reports.delete(step.id);
    this.#resumeAt = this.#from;
    const { plan, phase } = this.#input;
    if (phase === "fill" && this.#from === 0) await this.#limit.within(this.#host.open(plan.url));
    return null;
  }

  #ended(document: D, result: Exclude<PhaseResult, { kind: "navigating" }>): PhaseEnd<D> {
    switch (result.kind) {
      case "pressed":
        return this.#end({ kind: "pressed", by: result.by });
      case "void":
        if (this.#permitError) throw this.#permitError.cause;
        return this.#end({ kind: "void", why: result.why });
      case "stopped":
        return this.#end({ kind: "stopped", stop: result.stop });
      case "refused": {
        const stuck = result.stuck.flatMap((id) => this.#reports.get(id) ?? []);
        return this.#refused({ code: "steps", stuck });
      }
      case "complete":
        return this.#end({ kind: "complete", document });
    }
  }

  #refused(why: RefusedWhy): PhaseEnd<D> {
    return this.#end({ kind: "refused", why });
  }

  #end(end: PhaseEnding<D>): PhaseEnd<D> {
    const { fill, submit } = this.#input.plan;
    return { ...end, steps: [...fill, ...submit].flatMap(({ id }) => this.#reports.get(id) ?? []) };
  }
}
