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
}

export const S = 1_000;
export const HOUR = 3_600 * S;
export const DAY = 24 * HOUR;

type Due = { at: number; order: number; run: () => void };

export class Sim {
  now = 0;
  readonly story: string[] = [];
  readonly #queue: Due[] = [];
  #order = 0;
  readonly #isTold: boolean;

  constructor(isTold: boolean) {
    this.#isTold = isTold;
  }

  say(who: string, what: string): void {
    if (this.#isTold) this.story.push(`${clock(this.now).padStart(9)}  ${who}: ${what}`);
  }

  at(ms: number, run: () => void): void {
    this.#queue.push({ at: this.now + Math.max(0, ms), order: this.#order++, run });
  }

  /** Runs until nothing is due before `until`; between two events every promise that can go on does. */
  async run(until: number, isOver: () => boolean): Promise<void> {
    for (let events = 0; events < 20_000 && !isOver(); events += 1) {
      const next = this.#earliest();
      if (!next || next.at > until) {
        this.now = until;
        return;
      }
      this.now = next.at;
      next.run();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #earliest(): Due | undefined {
    let best = 0;
    for (let i = 1; i < this.#queue.length; i += 1) {
      const [a, b] = [this.#queue[i]!, this.#queue[best]!];
      if (a.at < b.at || (a.at === b.at && a.order < b.order)) best = i;
    }
    return this.#queue.splice(best, 1)[0];
  }
}

const clock = (ms: number): string =>
  ms < HOUR ? `${(ms / S).toFixed(0)} s` : `${(ms / HOUR).toFixed(1)} h`;
