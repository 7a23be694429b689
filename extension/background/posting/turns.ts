/** One thing at a time per key, in order of asking. Lives in memory: whoever waited when the worker died starts over. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Waits for the turn; call what it resolves with to give it back. */
  async take(key: string): Promise<() => void> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const mine = before.then(() => promise);
    this.#last.set(key, mine);
    await before;
    return () => {
      resolve();
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
  }
}
