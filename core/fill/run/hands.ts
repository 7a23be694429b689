/**
 * What other hands do in the page while a form is filled or waits: the person's, and a late trusted click of the host.
 * - The first press of the plan's submit control is the press, whoever makes it: the engine then adds none.
 * - A press is remembered over one page load (in the tab's own storage), because the page usually leaves with it.
 * - A trusted click that was meant for something else and comes when the submit control lies there is swallowed.
 */
import { submitPress, type Plan, type SubmitSeen, type TrustedPress } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { elementsAt } from "../find/locate.ts";
import { allRoots } from "../page/roots.ts";
import { isDisabled } from "../page/visible.ts";
import type { Ask } from "./conversation.ts";

const PARTS_OF_A_CLICK = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
const HEARD = [...PARTS_OF_A_CLICK, "input", "change", "submit"];
const PRESSABLE = "button,[role=button],a,input";

/** Tells one filled form from the next in the same tab; names nobody, since the page can see what is kept under it. */
const keyOf = (plan: Plan): string => {
  let hash = 0;
  for (const char of JSON.stringify(plan)) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return String(hash);
};

export class Hands {
  readonly #document: Document;
  readonly #touched = new Set<EventTarget>();
  readonly #waiting = new Set<(pressed: SubmitSeen) => void>();
  #plan: Plan | null = null;
  #key = "";
  #pressed: SubmitSeen | null = null;
  /** What the host was asked to do with its own mouse and keyboard and has not answered yet. */
  #asked: TrustedPress | null = null;
  /** It was asked for somewhere else than on the submit control. */
  #elsewhere = false;

  constructor(document: Document) {
    this.#document = document;
  }

  get pressed(): SubmitSeen | null {
    return this.#pressed;
  }

  /** Looks after this plan's submit control from now on. True: another plan was looked after before. */
  watch(plan: Plan): boolean {
    const key = keyOf(plan);
    const isOther = key !== this.#key;
    this.#plan = plan;
    this.#key = key;
    if (isOther) {
      this.#pressed = this.#recalled();
      this.#touched.clear();
    }
    for (const root of allRoots(this.#document)) {
      const view = "defaultView" in root ? root.defaultView : null;
      for (const type of HEARD) view?.addEventListener(type, this.#hear, { capture: true, passive: false });
    }
    return isOther;
  }

  forget(): void {
    this.#pressed = null;
    this.#store((storage) => storage.removeItem(this.#key));
  }

  /** Resolves with the first press, at once when there was one. */
  whenPressed(): Promise<SubmitSeen> {
    if (this.#pressed) return Promise.resolve(this.#pressed);
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** The engine's own press: the last moment at which somebody else's would have been the first. */
  press(act: () => void): void {
    this.#pressed = { by: "hawker", how: "click", at: Date.now() };
    act();
  }

  touched({ members }: Control): boolean {
    return [...this.#touched].some((one) =>
      members.some((member) => member === one || member.contains(one as Node)),
    );
  }

  /** Asks for the host's trusted clicks so that they are told from a person's, and reach only what they were meant for. */
  guarded(ask: Ask): Ask {
    return async (question) => {
      if (question.kind !== "needTrusted") return ask(question);
      this.#asked = question;
      if (question.action === "click") {
        const meant = this.#document.elementFromPoint(question.x, question.y);
        this.#elsewhere = !meant || !this.#isSubmit([meant]);
      }
      try {
        return await ask(question);
      } finally {
        this.#asked = null;
      }
    };
  }

  /** One function: a page it is given to twice calls it once. */
  readonly #hear = (event: Event): void => {
    if (!event.isTrusted) return;
    if (event.type === "submit") {
      if (this.#sendsForm(event as SubmitEvent)) this.#note("form");
      return;
    }
    const isHosts = this.#isHosts(event);
    const path = event.composedPath();
    if (!isHosts && path[0] && !/^(pointer|mouse)/.test(event.type)) this.#touched.add(path[0]);
    if (isHosts ? !this.#elsewhere || !PARTS_OF_A_CLICK.includes(event.type) : event.type !== "click") return;
    if (!this.#isSubmit(path)) return;
    if (!isHosts) return this.#note("click");
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  #isHosts(event: Event): boolean {
    const asked = this.#asked;
    if (!asked) return false;
    const isMouse = PARTS_OF_A_CLICK.includes(event.type);
    if (asked.action !== "click") return !isMouse;
    const { view, clientX, clientY } = event as MouseEvent;
    if (!isMouse || view !== this.#document.defaultView) return true; // a frame counts from its own corner
    return Math.abs(clientX - asked.x) < 2 && Math.abs(clientY - asked.y) < 2;
  }

  #note(how: SubmitSeen["how"]): void {
    if (this.#pressed) return;
    const pressed: SubmitSeen = { by: "person", how, at: Date.now() };
    this.#pressed = pressed;
    this.#store((storage) => storage.setItem(this.#key, `${how} ${pressed.at}`));
    for (const tell of this.#waiting) tell(pressed);
    this.#waiting.clear();
  }

  #controls(): HTMLElement[] {
    const step = this.#plan && submitPress(this.#plan);
    const found = step?.locators.flatMap((locator) => elementsAt(this.#document, locator)) ?? [];
    return found.flatMap((one) => [one, one.closest<HTMLElement>(PRESSABLE) ?? one]);
  }

  #isSubmit(path: readonly EventTarget[]): boolean {
    return this.#controls().some(
      (one) => !isDisabled(one) && path.some((at) => at === one || one.contains(at as Node)),
    );
  }

  /** Enter in a field, or a script, sends the form that the control sends. */
  #sendsForm({ target, submitter }: SubmitEvent): boolean {
    const controls = this.#controls();
    if (submitter && !controls.includes(submitter)) return false;
    return controls.some((one) => (one as HTMLButtonElement).form === target);
  }

  #recalled(): SubmitSeen | null {
    const [how, at] = this.#store((storage) => storage.getItem(this.#key))?.split(" ") ?? [];
    return at === undefined ? null : { by: "person", how: how === "form" ? "form" : "click", at: Number(at) };
  }

  /** A page may refuse its storage; then a press is remembered in this document only. */
  #store<T>(use: (storage: Storage) => T): T | null {
    try {
      const storage = this.#document.defaultView?.sessionStorage;
      return storage ? use(storage) : null;
    } catch (cause) {
      if (cause instanceof DOMException) return null;
      throw cause;
    }
  }
}
