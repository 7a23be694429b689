/**
 * A value that does not print. Logs, errors, JSON and `console.log` show `[secret]`; only `.reveal()` opens it, so
 * every place that reads a secret can be found by searching for that word.
 */
export class Secret<T> {
  #held: { value: T } | null;

  constructor(value: T) {
    this.#held = { value };
  }

  /** @throws Error after `forget()`. */
  reveal(): T {
    if (!this.#held)
      throw new Error("This secret was forgotten. Open it again inside the task that needs it.");
    return this.#held.value;
  }

  /** Lets go of the value, so that it can be collected. JavaScript cannot promise more: strings are not erasable. */
  forget(): void {
    this.#held = null;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [Symbol.toPrimitive](): string {
    return "[secret]";
  }

  get [Symbol.toStringTag](): string {
    return "Secret";
  }

  /** Node's `util.inspect`, and through it `console.log`, asks for this symbol; it is registered, not Node's own. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}
