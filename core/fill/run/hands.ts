/**
 * What other hands do in the page while a form is filled or waits: the person's, the host's mouse and keyboard, the site's
 * scripts. A listing is published by the permitted press or by a person, and by nothing else that Hawker does:
 * - the first press of the plan's submit control is the press, whoever makes it: the engine then adds none;
 * - it is remembered over one page load (in the tab's own storage), because the page usually leaves with it;
 * - the host's mouse and keyboard reach what they were meant for, and never the submit control: what comes elsewhere is
 *   swallowed, because a page moves while a click is on its way;
 * - while a phase runs, the form that the control sends is sent by nobody else: a button without a type sends it when it is
 *   pressed to open a menu. A draft that a script saves that way waits until the form is filled.
 */
import { submitPress, type Plan, type SubmitSeen, type TrustedPress } from "../../plan/index.ts";
import { elementsAt } from "../find/locate.ts";
import { allRoots } from "../page/roots.ts";
import { isDisabled, isPartOf } from "../page/visible.ts";
import type { Ask } from "./conversation.ts";
import { TOUCHES, Touches } from "./touches.ts";

const PARTS_OF_A_CLICK = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
const HEARD = new Set([...PARTS_OF_A_CLICK, ...TOUCHES, "beforeinput", "submit"]);
const PRESSABLE = "button,[role=button],a,input";
/**
 * For how long what a page does may come of a person's click or Enter: it asks its server first. As long as browsers give it.
 * Typing is no such act: drafts are saved while one types.
 */
const ACT_MS = 5_000;

/** The host's own mouse or keyboard, on this element. */
export type Trusted = (meant: HTMLElement, press: TrustedPress) => Promise<boolean>;

/** Tells one filled form from the next in the same tab; names nobody, since the page can see what is kept under it. */
const keyOf = (plan: Plan): string => {
  let hash = 0;
  for (const char of JSON.stringify(plan)) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return String(hash);
};

export class Hands {
  readonly #document: Document;
  readonly #onPress: (plan: Plan) => void;
  readonly #waiting = new Set<(pressed: SubmitSeen) => void>();
  readonly touches = new Touches();
  #plan: Plan | null = null;
  #key = "";
  #pressed: SubmitSeen | null = null;
  /** What the host was asked to do with its own mouse and keyboard and has not answered yet. */
  #asked: { press: TrustedPress; meant: HTMLElement } | null = null;
  /** The phase that runs. */
  #run: object | null = null;
  /** What a person did last that may send a form: `path` of a click; null for Enter. */
  #act: { at: number; path: readonly EventTarget[] | null } | null = null;

  /** @param onPress hears of the press right before the page does. */
  constructor(document: Document, onPress: (plan: Plan) => void) {
    this.#document = document;
    this.#onPress = onPress;
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
      this.touches.clear();
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
    if (this.#plan) this.#onPress(this.#plan);
    act();
  }

  /** What is done in a phase. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const run = (this.#run = {});
    try {
      return await work();
    } finally {
      if (this.#run === run) this.#run = null;
    }
  }

  trusted(ask: Ask): Trusted {
    return async (meant, press) => {
      this.#asked = { press, meant };
      try {
        const reply = await ask({ kind: "needTrusted", ...press });
        return "ok" in reply && reply.ok;
      } finally {
        this.#asked = null;
      }
    };
  }

  /** One function: a page it is given to twice calls it once. */
  readonly #hear = (event: Event): void => {
    if (event.type === "submit") return this.#hearSubmit(event as SubmitEvent);
    const path = event.composedPath();
    if (!event.isTrusted) {
      if (event.type === "click" && this.#run && !this.#pressed && !this.#isActing() && this.#isSubmit(path))
        swallow(event);
    } else if (this.#isHosts(event)) this.#hearHost(event, path);
    else {
      this.touches.hear(event);
      const isClick = event.type === "click";
      const isEnter = event.type === "keydown" && (event as KeyboardEvent).key === "Enter";
      if (isClick || isEnter) this.#act = { at: performance.now(), path: isClick ? path : null };
      if (isClick && this.#isSubmit(path)) this.#note("click");
    }
  };

  #hearHost(event: Event, path: readonly EventTarget[]): void {
    const isMouse = PARTS_OF_A_CLICK.includes(event.type);
    if (!isMouse && event.type !== "beforeinput") return;
    const meant = this.#asked?.meant;
    if (!meant || !isPartOf(meant, path[0] as Element) || (isMouse && this.#isSubmit(path))) swallow(event);
  }

  #hearSubmit(event: SubmitEvent): void {
    if (this.#pressed) return;
    const { submitter } = event;
    const controls = this.#controls();
    if (!controls.some((one) => (one as HTMLButtonElement).form === event.target)) return;
    const isControls = !!submitter && controls.includes(submitter);
    const isTheirs = this.#isActing(submitter);
    // Sent by a script without anybody's act it may be a draft that is saved; in the submit control's name it is not.
    if (isTheirs ? !submitter || isControls : isControls && !this.#run) this.#note("form");
    else if (!isTheirs && this.#run) swallow(event);
  }

  /** @param submitter what a click must have been on. */
  #isActing(submitter?: HTMLElement | null): boolean {
    const act = this.#act;
    if (!act || performance.now() - act.at > ACT_MS) return false;
    return !submitter || !act.path || act.path.includes(submitter);
  }

  #isHosts(event: Event): boolean {
    const asked = this.#asked;
    if (!asked) return false;
    const isMouse = PARTS_OF_A_CLICK.includes(event.type);
    const { press } = asked;
    if (press.action !== "click") return !isMouse;
    const { view, clientX, clientY } = event as MouseEvent;
    if (!isMouse || view !== this.#document.defaultView) return true; // a frame counts from its own corner
    return Math.abs(clientX - press.x) < 2 && Math.abs(clientY - press.y) < 2;
  }

  #note(how: SubmitSeen["how"]): void {
    if (this.#pressed) return;
    const pressed: SubmitSeen = { by: "person", how, at: Date.now() };
    this.#pressed = pressed;
    if (this.#plan) this.#onPress(this.#plan);
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

const swallow = (event: Event): void => {
  event.preventDefault();
  event.stopImmediatePropagation();
};
