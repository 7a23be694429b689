/** Keys as fingers press them: unevenly, so that whatever the page does a moment after a key falls between two of them. */
import type { Locator, Page } from "@playwright/test";

/** The same pauses in every run (mulberry32), so that a failure can be run again. */
const pausesFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export class Hands {
  readonly #page: Page;
  readonly #next: () => number;

  constructor(page: Page, seed = 1) {
    this.#page = page;
    this.#next = pausesFrom(seed);
  }

  /** 50 to 800 ms: the key is down that long, its letter is there from the beginning. */
  #pause(): number {
    return 50 + Math.round(this.#next() * 750);
  }

  /** Types where the caret is. */
  async type(text: string): Promise<void> {
    for (const letter of text)
      await this.#page.keyboard.press(letter === " " ? "Space" : letter, { delay: this.#pause() });
  }

  /** Empties the field as a person does, then types. */
  async retype(field: Locator, text: string): Promise<void> {
    await field.click();
    await this.#page.keyboard.press("ControlOrMeta+a");
    await this.#page.keyboard.press("Delete", { delay: this.#pause() });
    await this.type(text);
  }

  /** Puts the caret behind these words, which the field has, and types there. */
  async typeAfter(field: Locator, words: string, text: string): Promise<void> {
    await field.click();
    await field.evaluate((control: HTMLInputElement | HTMLTextAreaElement, before) => {
      const at = control.value.indexOf(before) + before.length;
      control.setSelectionRange(at, at);
    }, words);
    await this.type(text);
  }
}
