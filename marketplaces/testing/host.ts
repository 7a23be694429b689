/**
 * Runs a plan in a Playwright page the way a product host does: puts the bundle into each document of the form's frame,
 * answers the page's turns, and goes on where it was when a press loads another page. Works in the page's own world (as
 * the worker) and in an isolated one (as a content script). Invariants:
 * - documents are told apart by the browser's own loader id, never by address: wizards rewrite that without loading;
 * - a document that is lost in the middle of a turn goes on after the press it reported last, or else is an error;
 * - submit runs only when every required step of fill is done and verified.
 */
import type { CDPSession, Frame, Page } from "playwright-core";
import {
  unverifiedRequired,
  type Outcome,
  type PagePhoto,
  type PageReply,
  type PageTurn,
  type PhaseResult,
  type Plan,
  type StepReport,
  type StopSign,
} from "#core/plan/index.ts";

export type World = "main" | "isolated";
export type HostOptions = {
  bundle: string;
  world: World;
  photo: (id: string) => Promise<PagePhoto>;
  /** Answers `needPermit`; without it nothing is ever submitted. */
  permit?: () => Promise<boolean>;
  /** Real mouse and keyboard, where the host has them. */
  trusted?: boolean;
  onTurn?: (turn: PageTurn) => void;
  deadlineMs?: number;
};
export type HostOutcome = Outcome | { kind: "stopped"; stop: StopSign };
export type HostRun = {
  fill: PhaseResult;
  submit: PhaseResult | null;
  outcome: HostOutcome | null;
  /** Last word on every step, in the plan's order. */
  steps: StepReport[];
  ms: number;
};

type Phase = "fill" | "submit";
const LOST =
  /context was destroyed|cannot find context|frame was detached|target closed|inspected target navigated|uniquecontextid not found/i;

/** Opens the plan's page, fills, submits when allowed, and reads what came of it. */
export async function runPlanInPage(page: Page, plan: Plan, options: HostOptions): Promise<HostRun> {
  const began = performance.now();
  const host = new Host(page, plan, options);
  await host.open();
  try {
    const fill = await host.phase("fill");
    if (fill.kind !== "complete" || unverifiedRequired(host.steps()).length > 0 || !options.permit) {
      return { fill, submit: null, outcome: null, steps: host.steps(), ms: performance.now() - began };
    }
    const submit = await host.phase("submit");
    const outcome = submit.kind === "complete" ? await host.outcome() : null;
    return { fill, submit, outcome, steps: host.steps(), ms: performance.now() - began };
  } finally {
    await host.close();
  }
}

class Host {
  readonly #page: Page;
  readonly #plan: Plan;
  readonly #options: HostOptions;
  readonly #reports = new Map<string, StepReport>();
  #cdp!: CDPSession;
  /** Per frame id, the document it holds. */
  readonly #loaders = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  constructor(page: Page, plan: Plan, options: HostOptions) {
    this.#page = page;
    this.#plan = plan;
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#cdp = await this.#page.context().newCDPSession(this.#page);
    this.#cdp.on("Page.frameNavigated", ({ frame }) => {
      this.#loaders.set(frame.id, frame.loaderId);
      for (const wake of this.#waiting) wake();
    });
    await this.#cdp.send("Page.enable");
    await this.#page.goto(this.#plan.url, { waitUntil: "domcontentloaded" });
  }

  close(): Promise<void> {
    return this.#cdp.detach();
  }

  steps(): StepReport[] {
    const order = [...this.#plan.fill, ...this.#plan.submit].map(({ id }) => id);
    return order.flatMap((id) => this.#reports.get(id) ?? []);
  }

  async phase(phase: Phase): Promise<PhaseResult> {
    let from = 0;
    for (;;) {
      const realm = await this.#realm();
      let pressed: number | null = null;
      try {
        const input = { plan: this.#plan, phase, from, deadlineMs: this.#options.deadlineMs ?? 90_000 };
        let turn = await realm.run<PageTurn>(`__hawkerPage.start(${JSON.stringify(input)})`);
        while (turn.kind !== "finished") {
          this.#options.onTurn?.(turn);
          if (turn.kind === "progress") {
            this.#reports.set(turn.step.id, turn.step);
            if (turn.step.detail === "pressing") pressed = turn.index;
          }
          const reply = await this.#answer(turn);
          turn = await realm.run<PageTurn>(`__hawkerPage.reply(${turn.id}, ${JSON.stringify(reply)})`);
        }
        const { result } = turn;
        for (const step of result.steps) this.#reports.set(step.id, step);
        if (result.kind !== "navigating") return result;
        from = result.next;
      } catch (cause) {
        if (!LOST.test(String(cause)) || pressed === null) throw cause;
        from = pressed + 1;
      }
      await this.#otherDocument(realm);
      if (phase === "submit" && from >= this.#plan.submit.length)
        return { kind: "complete", steps: this.steps() };
    }
  }

  async outcome(): Promise<HostOutcome> {
    for (;;) {
      const realm = await this.#realm();
      try {
        return await realm.run<HostOutcome>(
          `__hawkerPage.outcome(${JSON.stringify(this.#plan.marketplace)}, 10000)`,
        );
      } catch (cause) {
        if (!LOST.test(String(cause))) throw cause;
      }
    }
  }

  async #answer(turn: Exclude<PageTurn, { kind: "finished" }>): Promise<PageReply> {
    switch (turn.kind) {
      case "needPhoto":
        return { photo: await this.#options.photo(turn.photoId) };
      case "needPermit":
        return { ok: (await this.#options.permit?.()) ?? false };
      case "needTrusted":
        if (!this.#options.trusted) return { ok: false };
        if (turn.action === "click") await this.#page.mouse.click(turn.x, turn.y);
        else if (turn.action === "text") await this.#page.keyboard.insertText(turn.text);
        else await this.#page.keyboard.press(turn.key);
        return { ok: true };
      case "needVisible":
        await this.#page.bringToFront();
        return { ok: true };
      case "progress":
        return { ok: true };
    }
  }

  /** Resolves when the frame holds another document than the realm's. */
  #otherDocument(realm: Realm): Promise<void> {
    return this.#until(
      () => this.#loaders.get(realm.frameId) !== realm.loaderId,
      30_000,
      "the page that should follow a press did not load",
    );
  }

  #until(holds: () => boolean, ms: number, problem: string): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (act: () => void) => {
        this.#waiting.delete(check);
        clearTimeout(timer);
        act();
      };
      const check = () => {
        if (holds()) end(resolve);
      };
      const timer = setTimeout(
        () => end(() => reject(new Error(`${problem} within ${ms / 1000} s (${this.#page.url()})`))),
        ms,
      );
      this.#waiting.add(check);
    });
  }

  /** The form's document now, parsed, with the bundle in it. */
  async #realm(): Promise<Realm> {
    for (let attempt = 0; ; attempt++) {
      try {
        const { frameId, loaderId, frame } = await this.#formFrame();
        const realm = new Realm(this.#cdp, frameId, loaderId, this.#options.world === "main" ? frame : null);
        await realm.enter();
        await realm.run(
          `new Promise((done) => document.readyState === "loading" ? addEventListener("DOMContentLoaded", () => done(true)) : done(true))`,
        );
        await realm.run(`${this.#options.bundle};true`);
        return realm;
      } catch (cause) {
        if (!LOST.test(String(cause)) || attempt > 5) throw cause;
      }
    }
  }

  async #formFrame(): Promise<{ frameId: string; loaderId: string; frame: Frame }> {
    const { frameHost } = this.#plan;
    const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : "");
    const look = async () => {
      const { frameTree } = await this.#cdp.send("Page.getFrameTree");
      const nodes = [frameTree, ...(frameTree.childFrames ?? [])];
      const node = frameHost ? nodes.find((each) => hostOf(each.frame.url) === frameHost) : frameTree;
      const frame = frameHost
        ? this.#page.frames().find((each) => hostOf(each.url()) === frameHost)
        : this.#page.mainFrame();
      return node && frame ? { frameId: node.frame.id, loaderId: node.frame.loaderId, frame } : null;
    };
    const now = await look();
    if (now) {
      this.#loaders.set(now.frameId, now.loaderId);
      return now;
    }
    await this.#page.waitForEvent("framenavigated", {
      predicate: (frame) => hostOf(frame.url()) === frameHost,
      timeout: 20_000,
    });
    const later = await look();
    if (!later) throw new Error(`The page has no frame of ${frameHost ?? "its own"}.`);
    return later;
  }
}

/** One document in one world. */
class Realm {
  readonly frameId: string;
  readonly loaderId: string;
  readonly #cdp: CDPSession;
  /** Set in the main world: Playwright evaluates there. */
  readonly #frame: Frame | null;
  #context = 0;

  constructor(cdp: CDPSession, frameId: string, loaderId: string, frame: Frame | null) {
    this.#cdp = cdp;
    this.frameId = frameId;
    this.loaderId = loaderId;
    this.#frame = frame;
  }

  async enter(): Promise<void> {
    if (this.#frame) return;
    const { executionContextId } = await this.#cdp.send("Page.createIsolatedWorld", {
      frameId: this.frameId,
      worldName: "hawker",
    });
    this.#context = executionContextId;
  }

  async run<T>(expression: string): Promise<T> {
    if (this.#frame) return this.#frame.evaluate<T>(expression);
    const { result, exceptionDetails } = await this.#cdp.send("Runtime.evaluate", {
      expression,
      contextId: this.#context,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }
}
