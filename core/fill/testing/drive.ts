/**
 * Drives the engine from Node the way a host does, in the main world (as the worker) or in an isolated world (as a
 * content script). Used by the tests and by `npm run inspect`.
 */
import type { CDPSession, Page } from "playwright-core";
import type {
  FoundControl,
  PagePhoto,
  PageReply,
  PageTurn,
  PhaseResult,
  StartPhase,
  StepReport,
} from "../../plan/index.ts";
import type { MeaningItem } from "../inspect/values.ts";

export type World = "main" | "isolated";
export type Answers = {
  photo?: (id: string) => Promise<PagePhoto>;
  permit?: boolean;
  trusted?: boolean;
  onTurn?: (turn: PageTurn) => void;
};
export type Driven = { result: PhaseResult; reports: StepReport[]; turns: PageTurn[] };

export class Driver {
  readonly #page: Page;
  readonly #bundle: string;
  readonly #world: World;
  #session: CDPSession | null = null;
  #context: number | null = null;

  constructor(page: Page, bundle: string, world: World = "main") {
    this.#page = page;
    this.#bundle = bundle;
    this.#world = world;
  }

  /** Puts the bundle into the document showing now. */
  async inject(): Promise<void> {
    if (this.#world === "isolated") {
      this.#session ??= await this.#page.context().newCDPSession(this.#page);
      const { frameTree } = await this.#session.send("Page.getFrameTree");
      const world = await this.#session.send("Page.createIsolatedWorld", {
        frameId: frameTree.frame.id,
        worldName: "hawker",
      });
      this.#context = world.executionContextId;
    }
    await this.evaluate(`${this.#bundle};undefined`);
  }

  async evaluate<T>(expression: string): Promise<T> {
    if (this.#world === "main") return this.#page.evaluate(expression);
    if (!this.#session || this.#context === null) throw new Error("inject() comes first.");
    const answer = await this.#session.send("Runtime.evaluate", {
      expression,
      contextId: this.#context,
      awaitPromise: true,
      returnByValue: true,
    });
    if (answer.exceptionDetails)
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value as T;
  }

  inspect(): Promise<FoundControl[]> {
    return this.evaluate("__hawkerPage.inspect()");
  }

  async run(input: StartPhase, answers: Answers = {}): Promise<Driven> {
    return this.#finish(
      await this.evaluate<PageTurn>(`__hawkerPage.start(${JSON.stringify(input)})`),
      answers,
    );
  }

  async fillByMeaning(
    item: MeaningItem,
    photoIds: readonly string[],
    answers: Answers = {},
    deadlineMs = 90_000,
  ): Promise<Driven & { controls: FoundControl[] }> {
    const first = await this.evaluate<PageTurn>(
      `__hawkerPage.startByMeaning(${JSON.stringify({ item, photoIds, deadlineMs })})`,
    );
    const driven = await this.#finish(first, answers);
    return { ...driven, controls: await this.evaluate("__hawkerPage.inspected()") };
  }

  async #finish(first: PageTurn, answers: Answers): Promise<Driven> {
    const turns: PageTurn[] = [];
    const reports = new Map<string, StepReport>();
    let turn = first;
    while (turn.kind !== "finished") {
      turns.push(turn);
      answers.onTurn?.(turn);
      if (turn.kind === "progress") reports.set(turn.step.id, turn.step);
      const reply = await this.#answer(turn, answers);
      turn = await this.evaluate<PageTurn>(`__hawkerPage.reply(${turn.id}, ${JSON.stringify(reply)})`);
    }
    return { result: turn.result, reports: [...reports.values()], turns };
  }

  async #answer(turn: Exclude<PageTurn, { kind: "finished" }>, answers: Answers): Promise<PageReply> {
    switch (turn.kind) {
      case "needPhoto":
        return answers.photo ? { photo: await answers.photo(turn.photoId) } : { ok: false };
      case "needPermit":
        return { ok: answers.permit ?? false };
      case "needTrusted":
        if (!answers.trusted) return { ok: false };
        if (turn.action === "click") await this.#page.mouse.click(turn.x, turn.y);
        else if (turn.action === "text") await this.#page.keyboard.insertText(turn.text);
        else await this.#page.keyboard.press(turn.key);
        return { ok: true };
      case "needVisible":
      case "progress":
        return { ok: true };
    }
  }
}
