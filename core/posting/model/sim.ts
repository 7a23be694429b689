/**
 * A world without clocks: time is a number, whatever waits is resolved by the queue. A history is a tape of small numbers, 0
 * the harmless choice each time, so that shrinking a failure is zeroing and cutting its tape.
 */

export class Tape {
  #at = 0;
  readonly #numbers: readonly number[];
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  draw(choices: number): number {
    return choices <= 1 ? 0 : (this.#numbers[this.#at++] ?? 0) % choices;
  }
  pick<T>(options: readonly T[]): T {
    return options[this.draw(options.length)]!;
  }
  /** Once in so many times. */
  is(once: number): boolean {
    return this.draw(once) === 1;
  }
}

export const S = 1_000;
export const HOUR = 3_600 * S;
export const DAY = 24 * HOUR;
/** Noon of a day: no time of a record is near zero, and none is a time of the simulation's. */
export const EPOCH = Date.UTC(2026, 5, 1, 12);

type Due = { at: number; order: number; run: () => void };
const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A heap: the earliest is at its top. */
class Queue {
  readonly #heap: Due[] = [];

  push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(due, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = due;
  }

  pop(): Due | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
      if (!isBefore(heap[below]!, last)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return top;
  }
}

/** Runs after every promise that could go on has gone on: Node takes its ticks once the microtasks are through. */
const everythingWaits = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const MOST_EVENTS = 20_000;

export class Sim {
  /** True time, since the beginning. */
  now = 0;
  readonly story: string[] = [];
  /** What this history had in it, for who counts what was tried. */
  readonly happened = new Set<string>();
  readonly #queue = new Queue();
  readonly #isTold: boolean;
  #order = 0;

  constructor(isTold: boolean) {
    this.#isTold = isTold;
  }

  say(who: string, what: string): void {
    if (this.#isTold) this.story.push(`${clock(this.now).padStart(9)}  ${who}: ${what}`);
  }

  note(what: string): void {
    this.happened.add(what);
  }

  at(ms: number, run: () => void): void {
    this.#queue.push({ at: this.now + Math.max(0, ms), order: this.#order++, run });
  }

  /** Runs until nothing is due before `until`. @returns false when that never came. */
  async run(until: number, isOver: () => boolean): Promise<boolean> {
    for (let events = 0; events < MOST_EVENTS && !isOver(); events += 1) {
      const next = this.#queue.pop();
      if (!next || next.at > until) {
        this.now = until;
        return true;
      }
      this.now = next.at;
      next.run();
      await everythingWaits();
    }
    return isOver();
  }
}

const clock = (ms: number): string =>
  ms < 2 * HOUR ? `${(ms / S).toFixed(0)} s` : `${(ms / HOUR).toFixed(1)} h`;
