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
  #running = false;

  get running(): boolean {
    return this.#running;
  }

  start(work: (ask: Ask) => Promise<PhaseResult>): Promise<PageTurn> {
    if (this.#running) throw new Error("A phase is already running in this page; abort it first.");
    this.#running = true;
    const first = this.#nextTurn();
    const ask: Ask = (question) => {
      const id = this.#nextId++;
      return new Promise<PageReply>((answer) => {
        this.#waiting = { id, answer };
        this.#deliver?.({ ...question, id } as PageTurn);
      });
    };
    work(ask).then(
      (result) => {
        this.#running = false;
        this.#deliver?.({ kind: "finished", id: this.#nextId++, result });
      },
      (cause: unknown) => {
        this.#running = false;
        this.#fail?.(cause);
      },
    );
    return first;
  }

  reply(id: number, reply: PageReply): Promise<PageTurn> {
    const waiting = this.#waiting;
    if (!waiting || waiting.id !== id)
      throw new Error(`No turn ${id} is waiting for an answer in this page.`);
    this.#waiting = null;
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
