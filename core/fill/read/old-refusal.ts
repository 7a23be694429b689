/**
 * What a form said of the press before and still says when it is pressed again. It is no answer to this press, until it has been
 * gone or something else since: a site that takes long would be taken to have refused what it then lists.
 */
import type { OutcomeSigns } from "../../marketplace/marketplace.ts";
import { anyVisible, elementsAt } from "../find/locate.ts";
import { allRoots } from "../page/roots.ts";
import { watchPage } from "../page/wait.ts";

/** The same words on another page may come after a commit: only the form's own error, in the form, is a refusal. */
export const refusalShown = (document: Document, signs: OutcomeSigns): HTMLElement | null =>
  (anyVisible(document, signs.form) &&
    signs.rejected.flatMap((locator) => elementsAt(document, locator))[0]) ||
  null;

export class OldRefusal {
  #old: { element: HTMLElement; text: string } | null = null;
  #stop = (): void => undefined;

  /** Right before a press. */
  note(document: Document, signs: OutcomeSigns | undefined): void {
    this.#stop();
    this.#old = null;
    const element = signs && refusalShown(document, signs);
    if (!element) return;
    this.#old = { element, text: element.innerText };
    this.#stop = watchPage(allRoots(document), () => {
      if (this.is(refusalShown(document, signs))) return;
      this.#old = null;
      this.#stop();
    });
  }

  is(shown: HTMLElement | null): boolean {
    return shown !== null && this.#old?.element === shown && this.#old.text === shown.innerText;
  }
}
