/**
 * The events a person's hand makes, as far as script may make them. They are untrusted; what libraries do with them was
 * measured (core/fill/README.md). Hover comes before every press: some menus lose a pick that was not hovered first.
 */
import { centreOf, hitAtCentre } from "./visible.ts";
import { windowOf } from "./roots.ts";

const pointer = (element: Element, type: string, more: PointerEventInit = {}) => {
  const { x, y } = centreOf(element);
  const enter = /enter|leave/.test(type);
  const down = /down/.test(type);
  const common: PointerEventInit = {
    bubbles: !enter, cancelable: !enter, composed: true, view: windowOf(element), clientX: x, clientY: y, screenX: x, screenY: y,
    button: /move|over|enter/.test(type) ? (type.startsWith("pointer") ? -1 : 0) : 0, buttons: down ? 1 : 0,
    detail: /down|up|click/.test(type) ? 1 : 0, ...more,
  }; // oxfmt-ignore
  const event = type.startsWith("pointer")
    ? new PointerEvent(type, {
        ...common,
        pointerId: 1,
        pointerType: "mouse",
        isPrimary: true,
        width: 1,
        height: 1,
        pressure: down ? 0.5 : 0,
      })
    : new MouseEvent(type, common);
  return element.dispatchEvent(event);
};

export const hover = (element: Element): void => {
  for (const type of ["pointerover", "pointerenter", "pointermove", "mouseover", "mouseenter", "mousemove"])
    pointer(element, type);
};

/** Focus with its events even where the window itself has no focus (background tabs get none from the browser). */
export function focusOn(element: HTMLElement): void {
  if (element.ownerDocument.activeElement === element && element.ownerDocument.hasFocus()) return;
  let told = false;
  const heard = () => (told = true);
  element.addEventListener("focus", heard, { once: true });
  element.focus({ preventScroll: true });
  element.removeEventListener("focus", heard);
  if (told) return;
  element.dispatchEvent(new FocusEvent("focus", { composed: true }));
  element.dispatchEvent(new FocusEvent("focusin", { bubbles: true, composed: true }));
}

/** What is typed or inserted goes to it: it has the focus of its tree, and so have the frames and shadow trees around it. */
export function hasFocus(element: Element): boolean {
  const root = element.getRootNode() as Document | ShadowRoot;
  const { activeElement } = root;
  if (!activeElement || !element.contains(activeElement)) return false;
  const around = "host" in root ? root.host : root.defaultView?.frameElement;
  return !around || hasFocus(around);
}

export function leave(element: HTMLElement): void {
  let told = false;
  const heard = () => (told = true);
  element.addEventListener("blur", heard, { once: true });
  element.blur();
  element.removeEventListener("blur", heard);
  if (told) return;
  element.dispatchEvent(new FocusEvent("blur", { composed: true }));
  element.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
}

const FOCUSABLE =
  "a[href],button,input,select,textarea,[tabindex],[contenteditable=''],[contenteditable=true]";

/** Hover, press, release, click at the element's centre: on what really lies there when it is inside the element. */
export function pressOn(element: HTMLElement): void {
  const hit = hitAtCentre(element);
  const target = hit && element.contains(hit) ? (hit as HTMLElement) : element;
  hover(target);
  pointer(target, "pointerdown");
  const goOn = pointer(target, "mousedown");
  const focusable = target.closest<HTMLElement>(FOCUSABLE);
  if (goOn && focusable && target.isConnected) focusOn(focusable);
  pointer(target, "pointerup");
  pointer(target, "mouseup");
  if (target.isConnected) pointer(target, "click");
  else if (element.isConnected) pointer(element, "click"); // the press redrew what lay inside
}

export function key(element: Element, name: string): boolean {
  const code = name === " " ? "Space" : name;
  const keyCode =
    ({ Enter: 13, " ": 32, ",": 188, ArrowDown: 40, Tab: 9, Backspace: 8 } as Record<string, number>)[name] ??
    0;
  const init: KeyboardEventInit & { keyCode: number; which: number } =
    { key: name, code, keyCode, which: keyCode, bubbles: true, cancelable: true, composed: true, view: windowOf(element) }; // oxfmt-ignore
  const handled = !element.dispatchEvent(new KeyboardEvent("keydown", init));
  if (name === "Enter" || name.length === 1) element.dispatchEvent(new KeyboardEvent("keypress", init));
  element.dispatchEvent(new KeyboardEvent("keyup", init));
  return handled;
}

export const tellInput = (
  element: Element,
  data: string | null = null,
  inputType = "insertReplacementText",
): void => {
  element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data, inputType }));
};
export const tellChange = (element: Element): void => {
  element.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
};

/** Sets a value past a framework's own setter, so that its state hears of it. */
export function setNativeValue(
  element: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  value: string,
): void {
  const view = windowOf(element);
  const tag = element.tagName.toUpperCase();
  const owner =
    tag === "TEXTAREA"
      ? view.HTMLTextAreaElement
      : tag === "SELECT"
        ? view.HTMLSelectElement
        : view.HTMLInputElement;
  const set = Object.getOwnPropertyDescriptor(owner.prototype, "value")?.set;
  if (!set) throw new Error(`This browser has no value setter on <${tag.toLowerCase()}>.`);
  set.call(element, value);
}
