/** What a person can see and reach. Layout works in hidden tabs too; animation frames do not, so none are used. */
import { tagOf } from "./roots.ts";

type WithCheck = Element & { checkVisibility?: (options: object) => boolean };

/** Rendered, not `visibility: hidden`, not faded out, with a size. */
export const isVisible = (element: Element): boolean => isShown(element, true);

/** As visible, or still faded out: menus that are just fading in, which in a hidden tab they never finish. */
export const isDrawn = (element: Element): boolean => isShown(element, false);

function isShown(element: Element, checkOpacity: boolean): boolean {
  if (!element.isConnected) return false;
  const check = (element as WithCheck).checkVisibility;
  if (check && !check.call(element, { checkOpacity, checkVisibilityCSS: true })) return false;
  const box = element.getBoundingClientRect();
  if (box.width > 1 && box.height > 1) return !isOffPage(element, box);
  // `display: contents` and inline wrappers have no box of their own.
  return [...element.children].some((child) => isShown(child, checkOpacity));
}

/** Pushed far out of the page, or clipped to nothing: how traps and screen-reader copies are hidden. */
export function isOffPage(element: Element, box = element.getBoundingClientRect()): boolean {
  const view = element.ownerDocument.defaultView;
  if (!view) return true;
  let left = box.right + view.scrollX;
  let top = box.bottom + view.scrollY;
  // Scrolled away inside a box of its own is not hidden.
  for (
    let at = element.parentElement;
    (left < -50 || top < -50) && at?.parentElement;
    at = at.parentElement
  ) {
    left += at.scrollLeft;
    top += at.scrollTop;
  }
  if (left < -50 || top < -50 || box.left > 20_000) return true;
  const style = view.getComputedStyle(element);
  return style.clip === "rect(0px, 0px, 0px, 0px)" || /inset\((50|100)%\)/.test(style.clipPath);
}

/**
 * Hidden from assistive tools, so from us. Except a whole form: some wizards mark even the live copy `aria-hidden`, and
 * then only hit-testing tells.
 */
export function isAriaHidden(element: Element): boolean {
  const box = element.closest('[aria-hidden="true"]');
  if (!box) return false;
  return (
    box.querySelectorAll("input,select,textarea,button").length < 4 ||
    !isVisible(element) ||
    !isReachable(element)
  );
}
export const isInert = (element: Element): boolean => element.closest("[inert]") !== null;

/** The element under a point, through open shadow roots. */
function deepElementFromPoint(document: Document, x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}

/** Scrolls at once (smooth scrolling needs animation frames, which hidden tabs lack). */
export function bringIntoView(element: Element): void {
  const view = element.ownerDocument.defaultView;
  const box = element.getBoundingClientRect();
  if (
    !view ||
    (box.top >= 0 && box.left >= 0 && box.bottom <= view.innerHeight && box.right <= view.innerWidth)
  )
    return;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
}

export const centreOf = (element: Element): { x: number; y: number } => {
  const box = element.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
};

/** What a press at the element's centre would reach. */
export function hitAtCentre(element: Element): Element | null {
  bringIntoView(element);
  const { x, y } = centreOf(element);
  return deepElementFromPoint(element.ownerDocument, x, y);
}

export const contains = (outer: Element, inner: Node): boolean => {
  for (let at: Node | null = inner; at; at = "host" in at ? (at as ShadowRoot).host : at.parentNode)
    if (at === outer) return true;
  return false;
};

/** Whether what is hit is the element: in it, around it where it takes no pointer itself, or its label. */
export const isPartOf = (element: Element, hit: Element): boolean =>
  contains(element, hit) ||
  contains(hit, element) ||
  hit.closest("label")?.control === element ||
  (element as HTMLLabelElement).control === hit;

/** Nothing else lies over the element's centre: the live one of two copies, the dialog over the page. */
export function isReachable(element: Element): boolean {
  const hit = hitAtCentre(element);
  return hit !== null && isPartOf(element, hit);
}

export const isDisabled = (element: Element): boolean =>
  (element as HTMLInputElement).disabled === true ||
  element.closest("[aria-disabled=true]") !== null ||
  (element.closest("fieldset:disabled") !== null && element.closest("legend") === null);

/** The box a person sees for a control whose own element is invisible by design (custom radios, comboboxes). */
export function visibleProxy(element: HTMLElement): HTMLElement | null {
  if (isVisible(element)) return element;
  const labels = [...((element as HTMLInputElement).labels ?? [])];
  const label = labels.find((one) => isVisible(one)) ?? element.closest("label");
  if (label && isVisible(label)) return label;
  let at = element.parentElement;
  for (
    let level = 0;
    at && level < 3 && tagOf(at) !== "form" && tagOf(at) !== "body";
    level++, at = at.parentElement
  ) {
    if (isVisible(at) && !isAriaHidden(at)) return at;
  }
  return null;
}
