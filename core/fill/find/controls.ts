/** Finds the controls of a page and says what each is. */
import { allRoots, closestDeep, queryAll, tagOf, typeOf, type Root } from "../page/roots.ts";
import { isAriaHidden, isOffPage, isVisible, visibleProxy } from "../page/visible.ts";
import type { Control, ControlKind } from "./control.ts";

const CONTROLS =
  "input,textarea,select,[contenteditable=''],[contenteditable=true],[contenteditable=plaintext-only],[role=textbox],[role=searchbox]," +
  "[role=combobox],[role=listbox],[role=switch],[role=checkbox],[role=radio],[role=spinbutton],[role=slider]," +
  "[aria-haspopup=listbox],[aria-haspopup=menu],[aria-haspopup=dialog],[aria-haspopup=tree],[aria-haspopup=true],button[aria-pressed],iframe";
const NOT_DATA = new Set(["hidden", "submit", "button", "reset", "image"]);
const TEXT_TYPES = new Set(["text", "search", "email", "tel", "url", "password"]);
const DATE_TYPES = new Set(["date", "datetime-local", "month", "time", "week"]);

const isEditable = (element: Element) =>
  /^(true|plaintext-only|)$/.test(element.getAttribute("contenteditable") ?? "no");

/** What kind of control this element is by itself, or null when it is none. */
function kindOf(element: HTMLElement): ControlKind | null {
  const tag = tagOf(element);
  const role = element.getAttribute("role") ?? "";
  if (tag === "input") {
    const type = typeOf(element);
    if (NOT_DATA.has(type)) return null;
    if (type === "file") return "photos";
    if (type === "radio") return "radio";
    if (type === "checkbox") return "switch";
    if (type === "range") return "slider";
    if (DATE_TYPES.has(type)) return "date";
    if (role === "combobox" || opensPopup(element)) return "combobox";
    if (type === "number" || role === "spinbutton") return "number";
    return TEXT_TYPES.has(type) ? "text" : null;
  }
  if (tag === "textarea") return "text";
  if (tag === "select") return "select";
  if (tag === "iframe") return isRichTextFrame(element) ? "richText" : null;
  if (role === "switch" || role === "checkbox") return "switch";
  if (role === "radio") return "radio";
  if (role === "slider") return "slider";
  if (isEditable(element))
    return role === "combobox" ? "combobox" : role === "spinbutton" ? "date" : "richText";
  if (role === "combobox") return element.querySelector("input:not([type=hidden])") ? null : "listbox";
  if (opensPopup(element)) return "listbox";
  if (element.hasAttribute("aria-pressed")) return "switch";
  if (role === "listbox") return "listbox";
  return null;
}

const opensPopup = (element: Element) => {
  const popup = element.getAttribute("aria-haspopup");
  return popup !== null && popup !== "false" && (tagOf(element) !== "input" || popup === "listbox");
};

const isRichTextFrame = (frame: Element): boolean => {
  try {
    const inner = (frame as HTMLIFrameElement).contentDocument;
    return inner?.body ? isEditable(inner.body) || inner.designMode === "on" : false;
  } catch {
    return false; // another origin: the browser says so by throwing
  }
};

/** The frame's own editable body: what the writers work on. */
export const editableBody = (frame: HTMLElement): HTMLElement | null =>
  (frame as HTMLIFrameElement).contentDocument?.body ?? null;

/** Whether a person can use it, itself or through the box that stands for it (custom radios, styled file inputs). */
export function isUsable(element: HTMLElement, kind: ControlKind): boolean {
  if (isAriaHidden(element) && !(kind === "switch" || kind === "radio" || kind === "photos")) return false;
  if (kind === "photos") return element.isConnected;
  if (isVisible(element)) return true;
  if (kind === "radio" || kind === "switch") {
    const proxy = visibleProxy(element);
    return proxy !== null && !isOffPage(proxy);
  }
  if (kind === "combobox") return visibleProxy(element) !== null;
  if (kind === "select") return selectProxy(element as HTMLSelectElement) !== null;
  return false;
}

/** The visible menu that stands for a hidden native select (jQuery UI, select2, chosen, ...). */
export function selectProxy(select: HTMLSelectElement): HTMLElement | null {
  if (isVisible(select) && select.getBoundingClientRect().width > 4) return null;
  const id = select.id;
  const named = id ? select.ownerDocument.getElementById(`${id}-button`) : null;
  if (named && isVisible(named)) return named;
  const shown = select.selectedOptions[0]?.text.trim() ?? "";
  const beside = [
    select.nextElementSibling,
    select.previousElementSibling,
    select.parentElement,
  ] as (HTMLElement | null)[];
  for (const box of beside) {
    if (!box || !isVisible(box) || tagOf(box) === "form") continue;
    const menu = box.matches("[role=combobox],[aria-haspopup]")
      ? box
      : box.querySelector<HTMLElement>("[role=combobox],[aria-haspopup]");
    if (menu && isVisible(menu) && !menu.matches("select")) return menu;
    if (shown && box !== select.parentElement && box.innerText.trim() === shown) return box;
  }
  return null;
}

/** Radios and checkboxes that belong together. */
const groupKey = (element: HTMLElement): unknown => {
  const name = element.getAttribute("name");
  const box = element.closest("[role=radiogroup],[role=group],fieldset");
  if (tagOf(element) === "input" && name) return `${name}\u0000${rootNumber(element)}`;
  return box ?? element.parentElement?.parentElement ?? element.parentElement;
};
const rootNumber = (element: HTMLElement) => (element as HTMLInputElement).form?.id ?? "";

export function controlsOf(document: Document, roots: Root[] = allRoots(document)): Control[] {
  const controls: Control[] = [];
  const groups = new Map<unknown, Control>();
  const seen = new Set<Element>();
  for (const element of queryAll(document, CONTROLS, roots)) {
    const kind = kindOf(element);
    if (!kind || seen.has(element)) continue;
    seen.add(element);
    if (
      kind === "richText" &&
      element.parentElement &&
      closestDeep(element.parentElement, "[contenteditable=true]")
    )
      continue;
    if (kind === "listbox" && element.querySelector("input:not([type=hidden]),select,textarea")) continue;
    if (element.getAttribute("role") === "listbox" && isPopup(element)) continue;
    if (kind === "richText" && /^(BODY|HTML)$/i.test(element.tagName)) continue; // found through its frame
    if (!isUsable(element, kind)) continue;
    if (kind === "radio") {
      const key = groupKey(element);
      const group = groups.get(key);
      if (group) group.members.push(element);
      else groups.set(key, push(controls, { kind, element, members: [element] }));
    } else push(controls, { kind, element, members: [element] });
  }
  return joinCheckboxes(withoutToggles(controls));
}

/** The arrow button beside a combobox's input is part of it; so is the menu that stands for a hidden select. */
const withoutToggles = (controls: Control[]): Control[] => {
  const proxies = controls.flatMap(({ kind, element }) =>
    kind === "select" ? [selectProxy(element as HTMLSelectElement)] : [],
  );
  const inputs = controls.filter((control) => control.kind === "combobox").map((control) => control.element);
  return controls.filter(({ kind, element }) => {
    if (proxies.some((proxy) => proxy === element || proxy?.contains(element))) return false;
    if (kind !== "listbox" || !/^(button|div|span|a)$/.test(tagOf(element))) return true;
    const box = element.parentElement;
    const near = inputs.filter((input) => box?.contains(input) || box?.parentElement?.contains(input));
    return near.length !== 1;
  });
};

const push = (list: Control[], control: Control): Control => {
  list.push(control);
  return control;
};

/** An open menu of some opener, not a list that stands in the form. */
const isPopup = (listbox: HTMLElement): boolean => {
  const id = listbox.id;
  if (
    id &&
    listbox.ownerDocument.querySelector(
      `[aria-controls~="${CSS.escape(id)}"],[aria-owns~="${CSS.escape(id)}"]`,
    )
  )
    return true;
  return closestDeep(listbox, "[role=dialog],[data-radix-popper-content-wrapper],[popover]") !== null;
};

/** Three or more checkboxes or toggle buttons in one group with names of their own are one choice of several. */
function joinCheckboxes(controls: Control[]): Control[] {
  const byGroup = new Map<Element, Control[]>();
  for (const control of controls) {
    if (control.kind !== "switch" || control.element.getAttribute("role") === "switch") continue;
    const box = control.element.closest("fieldset,[role=group]");
    if (box) byGroup.set(box, [...(byGroup.get(box) ?? []), control]);
  }
  const joined = new Map<Control, Control>();
  for (const list of byGroup.values()) {
    const [first] = list;
    if (!first || list.length < 3) continue;
    const group: Control = {
      kind: "checkboxes",
      element: first.element,
      members: list.map((one) => one.element),
    };
    for (const one of list) joined.set(one, group);
  }
  return [...new Set(controls.map((control) => joined.get(control) ?? control))];
}

/** The control an element found by a locator is, or holds. */
export function controlAt(element: HTMLElement, controls: readonly Control[]): Control | null {
  const own = controls.find((control) => control.members.includes(element));
  if (own) return own;
  const inside = controls.filter((control) => control.members.some((member) => element.contains(member)));
  if (inside.length === 1) return inside[0] ?? null;
  const kind = kindOf(element);
  if (kind && tagOf(element) !== "iframe") return { kind, element, members: [element] };
  return inside.length === 0 ? { kind: "opener", element, members: [element] } : null;
}
