/**
 * Which controls a person had their hands on. What stands in them then is their word, so only what nobody else can do counts:
 * - their own key, pointer, paste, drop or composition on that control, and then the browser's word that its text changed. An
 *   `input` the browser vouches for is not enough: the engine's and the site's own insert-text make them too;
 * - where no text is taken, in menus and switches, the key or the click itself.
 * Speech comes as `input` alone into the field they are in, so the pointer or key that brought them there makes it theirs. What
 * fills fields by itself (a password manager, the browser's autofill of a whole address) counts only in the one they were in:
 * the others nobody chose.
 */
import type { Control } from "../find/control.ts";

/** Keys that change nothing where they are pressed. */
const IDLE = /^(Tab|Escape|Shift|Control|Alt|Meta)$/;
const TEXT = /^(INPUT|TEXTAREA|SELECT)$/;
const takesText = (at: HTMLElement): boolean => TEXT.test(at.tagName) || at.isContentEditable;

export const TOUCHES = [
  ...["pointerdown", "mousedown", "click", "keydown", "keyup"],
  ...["paste", "drop", "compositionstart", "input"],
];

export class Touches {
  /** Where they were since the control was last set. */
  readonly #acted = new Set<EventTarget>();
  readonly #ever = new Set<EventTarget>();
  /** Since the control was last set. */
  readonly #since = new Set<EventTarget>();
  #isOwn = false;

  /** The engine writes: what the browser says of it meanwhile is not a person's. */
  readonly own = (write: () => void): void => {
    this.#isOwn = true;
    try {
      write();
    } finally {
      this.#isOwn = false;
    }
  };

  /** A trusted event that is not the host's. */
  hear(event: Event): void {
    const at = event.composedPath()[0] as HTMLElement | undefined;
    if (this.#isOwn || !at || !("tagName" in at)) return;
    if (event.type !== "input") this.#acted.add(at);
    const isChange =
      event.type === "input"
        ? among(this.#acted, [at])
        : !takesText(at) &&
          (event.type === "click" || (event.type === "keydown" && !IDLE.test((event as KeyboardEvent).key)));
    if (!isChange) return;
    this.#ever.add(at);
    this.#since.add(at);
  }

  ever = ({ members }: Control): boolean => among(this.#ever, members);
  /** A person had their hands on it since it was last set, or taken as theirs. */
  since = ({ members }: Control): boolean => among(this.#since, members);

  /** It was set just now, or taken as theirs. */
  settle({ members }: Control): void {
    for (const set of [this.#acted, this.#since])
      for (const one of set) if (among([one], members)) set.delete(one);
  }

  clear(): void {
    for (const set of [this.#acted, this.#ever, this.#since]) set.clear();
  }
}

const among = (all: Iterable<EventTarget>, members: readonly Element[]): boolean =>
  [...all].some((one) => members.some((member) => member.contains(one as Node)));
