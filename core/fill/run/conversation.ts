/**
 * Request and reply between the page and its host: a phase runs until it needs the host, hands out a turn, and goes on
 * when the answer comes. One phase at a time.
 */
import type { PageReply, PageTurn, PhaseResult } from "../../plan/index.ts";

type Question = PageTurn extends infer T
  ? T extends { kind: "finished" }
    ? never
    : T extends { id: number }
      ? Omit<T, "id">
      : never
  : never;
export type Ask = (question: Question) => Promise<PageReply>;

export class Conversation {
  #nextId = 1;
  #deliver: ((turn: PageTurn) => void) | null = null;
  #fail: ((cause: unknown) => void) | null = null;
  #waiting: { id: number; answer: (reply: PageReply) => void } | null = null;
  /** The work has ended while the host was still thinking about a question. */
  #over: Promise<PageTurn> | null = null;

  start(work: (ask: Ask) => Promise<PhaseResult>): Promise<PageTurn> {
    const first = this.#nextTurn();
    const ask: Ask = (question) => {
      const id = this.#nextId++;
      return new Promise<PageReply>((answer) => {
        this.#waiting = { id, answer };
        this.#deliver?.({ ...question, id } as PageTurn);
      });
    };
    const over = work(ask).then((result): PageTurn => ({ kind: "finished", id: this.#nextId++, result }));
    over.then(
      (turn) => {
        if (this.#waiting) this.#over = over;
        else this.#deliver?.(turn);
      },
      (cause: unknown) => {
        if (this.#waiting) this.#over = over;
        else this.#fail?.(cause);
      },
    );
    return first;
  }

  reply(id: number, reply: PageReply): Promise<PageTurn> {
    const waiting = this.#waiting;
    if (!waiting || waiting.id !== id)
      throw new Error(`No turn ${id} is waiting for an answer in this page.`);
    this.#waiting = null;
    if (this.#over) return this.#over;
    const next = this.#nextTurn();
    waiting.answer(reply);
    return next;
  }

  #nextTurn(): Promise<PageTurn> {
    return new Promise((resolve, reject) => {
      this.#deliver = resolve;
      this.#fail = reject;
    });
  }
}
