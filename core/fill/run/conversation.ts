/**
 * Request and reply between the page and its host: a phase runs until it needs the host, hands out a turn, and goes on
 * when the answer comes. What it only has to tell waits for nobody: it goes with the next question, or soon by itself. One
 * phase at a time.
 */
import type { PageReply, PageTurn, PhaseResult, Told } from "../../plan/index.ts";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Turn = Without<PageTurn, "id" | "told">;
export type Ask = (question: Exclude<Turn, { kind: "finished" }>) => Promise<PageReply>;
/** The host hears it before anything that is asked later, and before the end. Lost with the page, as the step itself is. */
export type Tell = (told: Told) => void;
export type Line = { ask: Ask; tell: Tell };

/** Where nothing is asked for long, somebody who looks on sees it going on. */
const TELL_MS = 100;

type Answer = (reply: PageReply) => void;
type Next = { turn: Turn; answer: Answer | null } | { failure: unknown };

export class Conversation {
  #nextId = 1;
  #told: Told[] = [];
  #soon: ReturnType<typeof setTimeout> | null = null;
  /** The host waits for a turn. */
  #hearer: PromiseWithResolvers<PageTurn> | null = null;
  /** The host has a turn, and is to answer it. */
  #heard: { id: number; answer: Answer | null } | null = null;
  /** What comes next, while the host still thinks about a turn. */
  #next: Next | null = null;
  #isOver = false;

  start(work: (line: Line) => Promise<PhaseResult>): Promise<PageTurn> {
    const first = this.#listen();
    const ask: Ask = (question) =>
      new Promise((answer) => {
        if (!this.#isOver) this.#hand({ turn: question, answer });
      });
    const tell: Tell = (told) => {
      this.#told.push(told);
      this.#tellSoon();
    };
    work({ ask, tell }).then(
      (result) => this.#end({ turn: { kind: "finished", result }, answer: null }),
      (failure: unknown) => this.#end({ failure }),
    );
    return first;
  }

  reply(id: number, reply: PageReply): Promise<PageTurn> {
    const heard = this.#heard;
    if (!heard || heard.id !== id) throw new Error(`No turn ${id} is waiting for an answer in this page.`);
    this.#heard = null;
    const next = this.#listen();
    this.#deliver();
    this.#tellSoon();
    heard.answer?.(reply);
    return next;
  }

  #listen(): Promise<PageTurn> {
    this.#hearer = Promise.withResolvers<PageTurn>();
    return this.#hearer.promise;
  }

  /** A host that still thinks about a turn hears it after its answer. */
  #tellSoon(): void {
    if (this.#told.length === 0) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      if (this.#hearer && this.#told.length > 0) this.#hand({ turn: { kind: "progress" }, answer: null });
    }, TELL_MS);
  }

  /** Whatever was still being asked is not waited for any more. */
  #end(last: Next): void {
    this.#isOver = true;
    this.#hand(last);
  }

  #hand(next: Next): void {
    this.#next = next;
    this.#deliver();
  }

  #deliver(): void {
    const [hearer, next] = [this.#hearer, this.#next];
    if (!hearer || !next) return;
    this.#hearer = this.#next = null;
    if ("failure" in next) {
      hearer.reject(next.failure as Error);
      return;
    }
    const id = this.#nextId++;
    this.#heard = { id, answer: next.answer };
    hearer.resolve({ ...next.turn, id, told: this.#told.splice(0) });
  }
}
