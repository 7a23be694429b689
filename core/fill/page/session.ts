/** What everything in one run shares: the document, the abort signal, the deadline, and the line to the host. */
import { allRoots, type Root } from "./roots.ts";
import { frameWithin, settle, turn, waitFor } from "./wait.ts";
import type { Ask, Tell } from "../run/conversation.ts";
import type { Hands, Trusted } from "../run/hands.ts";
import type { Control } from "../find/control.ts";

export type PageSession = {
  document: Document;
  signal: AbortSignal;
  /** Milliseconds left of the phase. */
  left(): number;
  ask: Ask;
  tell: Tell;
  trusted: Trusted;
  /** Writes what the browser tells of as if a person had: insert-text, presses of boxes. */
  own(write: () => void): void;
  /** Waits for the page; `ms` is capped by what is left of the phase. */
  until<T>(look: () => T | null | undefined | false, ms: number): Promise<T | null>;
  settled(): Promise<void>;
  turn(): Promise<void>;
  /** The step being done, for turns that name it. Setting it forgets what belongs to the step before. */
  stepId: string;
  /** Popups that were there before an opener was first pressed in this step: what came since, its press opened. */
  popupsBefore: Map<HTMLElement, ReadonlySet<Element>>;
  /**
   * Asks the host to show the tab, once per step and only when the page is not being drawn: it is hidden, or the browser
   * gives it no frames although it is not. True: try again.
   */
  showPage(): Promise<boolean>;
  /** Photos handed over already in this document, so that a second attempt asks for none again. */
  photos: Map<string, File>;
  /** Controls found for steps in this run. */
  taken: Map<string, Control>;
};

export type SessionInput = {
  document: Document;
  signal: AbortSignal;
  deadlineMs: number;
  ask: Ask;
  tell: Tell;
  hands: Hands;
  photos?: Map<string, File>;
};

/** Browsers draw pages nobody looks at once a second, or not at all. */
const DRAWN_MS = 600;
/** A busy browser takes its time to bring a tab to the front. */
const SHOWN_MS = 4000;

export function createSession({
  document,
  signal,
  deadlineMs,
  ask,
  tell,
  hands,
  photos = new Map(),
}: SessionInput): PageSession {
  const end = performance.now() + deadlineMs;
  const roots = (): readonly Root[] => allRoots(document);
  let stepId = "";
  let asked = false;
  const session: PageSession = {
    document, signal, ask, tell, photos, turn,
    trusted: hands.trusted(ask),
    own: hands.touches.own,
    popupsBefore: new Map(),
    get stepId() {
      return stepId;
    },
    set stepId(id) {
      stepId = id;
      asked = false;
      session.popupsBefore.clear();
    },
    taken: new Map(),
    left: () => Math.max(0, end - performance.now()),
    until: (look, ms) => waitFor({ roots, look, ms: Math.min(ms, Math.max(0, end - performance.now())), signal }),
    settled: () => settle(roots()),
    async showPage() {
      const view = document.defaultView;
      if (!view || asked) return false;
      if (!document.hidden && (await frameWithin(view, DRAWN_MS))) return false;
      asked = true;
      const reply = await ask({ kind: "needVisible", stepId });
      if (!("ok" in reply && reply.ok)) return false;
      await frameWithin(view, SHOWN_MS); // the answer may be here before the tab is
      return true;
    },
  }; // oxfmt-ignore
  return session;
}
