/** What a marketplace's own gesture (marketplaces/<id>/page) gets to work with. */
import type { ControlValue, GestureStep, Json, Locator, Reading } from "../../plan/index.ts";
import { controlAt, controlsOf } from "../find/controls.ts";
import { anyVisible, elementsAt, locateControl, locateElement } from "../find/locate.ts";
import { hover, key, pressOn } from "../page/events.ts";
import type { PageSession } from "../page/session.ts";
import { isDisabled, isReachable, isVisible } from "../page/visible.ts";
import { normalise } from "../page/text.ts";
import { isOn } from "../write/switch.ts";
import { shownBy } from "../write/shown.ts";
import { fits, readsBack, writeValue, type PhotoMemory } from "../write/write-value.ts";
import { refused, type Refused, type Written } from "../write/written.ts";

export type GestureTools = {
  document: Document;
  signal: AbortSignal;
  /** The one visible element the locators lead to, waited for; null when the time is over. */
  find(locators: readonly Locator[], ms?: number): Promise<HTMLElement | null>;
  /** All visible elements a locator means, now. */
  findAll(locator: Locator): HTMLElement[];
  /** Whether any of the locators shows something now. */
  visible(locators: readonly Locator[]): boolean;
  /** Hover, press and click, once the element is enabled; false when it stays disabled. */
  press(element: HTMLElement, ms?: number): Promise<boolean>;
  /** Presses an opener until what it opens is there: twice at most, because a busy page can lose the first press. */
  open(opener: HTMLElement, locators: readonly Locator[]): Promise<HTMLElement | null>;
  hover(element: HTMLElement): void;
  key(element: HTMLElement, name: string): void;
  /** Text into an input, textarea or editor, read back. */
  setText(element: HTMLElement, text: string): Promise<Written>;
  /** Any value on the control the locators lead to, with that kind's writer and read-back. */
  fill(locators: readonly Locator[], value: ControlValue, ms?: number): Promise<Written>;
  /** Any value on an element at hand. */
  fillElement(element: HTMLElement, value: ControlValue): Promise<Written>;
  /** Whether the element shows the value now. */
  readBack(element: HTMLElement, value: ControlValue): boolean;
  /** Texts the control shows as its value. */
  shown(element: HTMLElement): string[];
  isOn(element: HTMLElement): boolean | null;
  isVisible(element: Element): boolean;
  isReachable(element: Element): boolean;
  waitFor<T>(look: () => T | null | undefined | false, ms?: number): Promise<T | null>;
  settled(): Promise<void>;
  normalise(text: string): string;
  refuse: typeof refused;
};

/** A named, packaged way to work a widget only one marketplace has, and to read it again. */
export type Gesture = {
  /** `shown`: what the page shows for the value then, where the value itself does not say. */
  act(tools: GestureTools, value: Json): Promise<{ verified: boolean; shown?: string } | Refused>;
  /** What the widget says now, closed as it stands: presses nothing, waits for nothing. `shown` is what `act` gave. */
  read(tools: GestureTools, value: Json, shown: string | null): Reading;
};

export function gestureOf(gestures: Readonly<Record<string, Gesture>>, step: GestureStep): Gesture {
  const gesture = gestures[step.gesture];
  if (!gesture)
    throw new Error(
      `The plan names a gesture "${step.gesture}" that is not in this bundle; add it to marketplaces/page.ts.`,
    );
  return gesture;
}

/** Everything a gesture waits for must come; slow servers and busy machines get the time they need. */
const EXPECTED_MS = 15_000;
/** What a press opens is drawn by the page alone. */
const OPENED_MS = 6_000;
/** Then it is asked whether the page is being drawn at all. */
const UNSEEN_MS = 900;

export function gestureTools(session: PageSession, photos: PhotoMemory): GestureTools {
  const { document } = session;
  /** Dialogs that enter by animation frame never come where there are none: the host is asked to show the tab. */
  const untilShown = async <T>(look: () => T | null, ms: number): Promise<T | null> => {
    const seen = await session.until(look, Math.min(ms, UNSEEN_MS));
    if (seen !== null) return seen;
    await session.showPage();
    return session.until(look, ms);
  };
  const find = (locators: readonly Locator[], ms = EXPECTED_MS) =>
    untilShown(() => {
      const found = locateElement(document, locators);
      return "target" in found ? found.target : null;
    }, ms);
  const press = async (element: HTMLElement, ms = EXPECTED_MS) => {
    if (!(await session.until(() => !isDisabled(element), ms))) return false;
    pressOn(element);
    await session.settled();
    return true;
  };
  const controlOf = (element: HTMLElement) => controlAt(element, controlsOf(document));
  const fillElement = async (element: HTMLElement, value: ControlValue): Promise<Written> => {
    const control = controlOf(element);
    if (!control || !fits(value, control)) return refused("not-found", "the element takes no such value", 0);
    return writeValue(session, control, value, photos);
  };
  return {
    document,
    signal: session.signal,
    find,
    findAll: (locator) => elementsAt(document, locator),
    visible: (locators) => anyVisible(document, locators),
    press,
    async open(opener, locators) {
      if (!(await press(opener))) return null;
      const opened = await find(locators, OPENED_MS);
      if (opened || !isVisible(opener) || !(await press(opener))) return opened;
      return find(locators);
    },
    hover,
    key,
    isOn,
    isVisible,
    isReachable,
    normalise,
    fillElement,
    setText: (element, text) => fillElement(element, { kind: "text", text }),
    async fill(locators, value, ms = EXPECTED_MS) {
      const found = await untilShown(() => {
        const one = locateControl(document, locators, (control) => fits(value, control));
        return "target" in one ? one : null;
      }, ms);
      return found ? writeValue(session, found.target, value, photos) : refused("not-found", undefined, 0);
    },
    readBack(element, value) {
      const control = controlOf(element);
      return control !== null && readsBack(control, value, undefined) === true;
    },
    shown(element) {
      const control = controlOf(element);
      return control ? shownBy(control) : [];
    },
    waitFor: (look, ms = EXPECTED_MS) => session.until(look, ms),
    settled: () => session.settled(),
    refuse: refused,
  };
}
