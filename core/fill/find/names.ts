/** What a control is called, by every way a page may say it. */
import { tagOf } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";
import { firstLines, linesOf, textPieces } from "../page/text.ts";
import type { Control } from "./control.ts";
import { selectProxy } from "./controls.ts";

/** By id in the element's own tree; a dangling id names nothing. */
const byIds = (element: Element, attribute: string): Element[] => {
  const root = element.getRootNode() as Document | ShadowRoot;
  return (element.getAttribute(attribute) ?? "")
    .split(/\s+/)
    .map((id) => (id ? root.getElementById?.(id) : null))
    .filter((found): found is HTMLElement => !!found);
};

const groupBox = (control: Control): Element | null => {
  const { element, members } = control;
  if (members.length < 2 && control.kind !== "radio") return null;
  let box: Element | null = element.parentElement;
  while (box && !members.every((member) => box?.contains(member))) box = box.parentElement;
  return box;
};

/** Names the page states on purpose: labelledby, aria-label, labels, legend. Strongest first, as written. */
export function statedNames(control: Control): string[] {
  const { element } = control;
  const names: string[] = [];
  const add = (...texts: (string | null | undefined)[]) => {
    for (const text of texts) if (text?.trim()) names.push(text.trim());
  };
  const group = groupBox(control);
  if (group) {
    const box = group.closest("[role=radiogroup],[role=group],fieldset") ?? group;
    for (const one of byIds(box, "aria-labelledby")) add(...firstLines(one));
    add(box.getAttribute("aria-label"));
    const legend = box.querySelector("legend");
    if (legend) add(...firstLines(legend));
    return names;
  }
  for (const one of byIds(element, "aria-labelledby"))
    if (!element.contains(one)) add(...firstLines(one), one.textContent);
  add(element.getAttribute("aria-label"));
  for (const label of (element as HTMLInputElement).labels ?? [])
    add(...firstLines(label), label.textContent);
  const proxy = control.kind === "select" ? selectProxy(element as HTMLSelectElement) : null;
  if (proxy)
    for (const one of byIds(proxy, "aria-labelledby")) if (!proxy.contains(one)) add(...firstLines(one));
  const standsFor = control.kind === "richText" ? hiddenOriginal(element) : null;
  for (const label of standsFor?.labels ?? []) add(...firstLines(label));
  const around = element.closest("label");
  if (around) add(...firstLines(around), around.getAttribute("aria-label"));
  if (names.length === 0 && /^(radio|switch|combobox|listbox)$/.test(control.kind)) {
    const box = element.parentElement?.closest("[role=group],[role=combobox],fieldset");
    if (box && box.querySelectorAll("input,select,textarea,[role=combobox]").length <= 2) {
      for (const one of byIds(box, "aria-labelledby")) add(...firstLines(one));
      add(box.getAttribute("aria-label"));
    }
  }
  return names;
}

/** The textarea an editor was put in place of: hidden, right before the editor's box. Labels and names are its. */
export function hiddenOriginal(editor: HTMLElement): HTMLTextAreaElement | null {
  let at: Element | null = editor;
  for (let level = 0; at && level < 7; level++, at = at.parentElement) {
    const before = at.previousElementSibling;
    if (before && tagOf(before) === "textarea" && !isVisible(before)) return before as HTMLTextAreaElement;
  }
  return null;
}

/**
 * The accessible name, as far as forms need it (accname 1.2 without CSS content): labelledby, aria-label, label, alt or
 * button value, content of what is named by content, title, placeholder. Written out here because the full library is a
 * sixth of the page bundle's budget.
 */
export function accessibleName(element: Element): string {
  const text = (one: Element) =>
    one.getAttribute("aria-label")?.trim() ||
    ((one as HTMLElement).innerText ?? one.textContent ?? "").replace(/\s+/g, " ").trim();
  const pointed = byIds(element, "aria-labelledby").map(text).join(" ").trim();
  if (pointed) return pointed;
  const stated = element.getAttribute("aria-label")?.trim();
  if (stated) return stated;
  const labels = [...((element as HTMLInputElement).labels ?? [])].map(text).join(" ").trim();
  if (labels) return labels;
  if (/^(submit|button|reset)$/.test((element as HTMLInputElement).type ?? "") && tagOf(element) === "input")
    return (element as HTMLInputElement).value;
  const alt = element.getAttribute("alt")?.trim();
  if (alt) return alt;
  const byContent =
    !/^(input|select|textarea)$/.test(tagOf(element)) &&
    !/^(textbox|combobox|listbox|dialog|main)$/.test(element.getAttribute("role") ?? "");
  const content = byContent
    ? text(element) ||
      (element.querySelector("[aria-label],img[alt]")?.getAttribute("aria-label") ??
        element.querySelector("img[alt]")?.getAttribute("alt") ??
        "")
    : "";
  return (
    content || element.getAttribute("title")?.trim() || element.getAttribute("placeholder")?.trim() || ""
  );
}

const IN_CONTROL =
  "input,select,textarea,[contenteditable=true],[role=combobox],[role=switch],[role=checkbox],[role=radio],button,[role=button],[role=listbox],iframe";

/** Lines as rendered; one line of several inline parts ("Title" + "optional") also as its first part. */
const readable = (element: Element): string[] => {
  const lines = linesOf(element);
  const pieces = textPieces(element);
  const joined = pieces.join("");
  const [line] = lines;
  const oneLine =
    lines.length === 1 &&
    line !== undefined &&
    pieces.length > 1 &&
    joined.replace(/\s/g, "").toLowerCase() === line.replace(/\s/g, "").toLowerCase();
  return oneLine ? [pieces[0] ?? "", pieces.join(" ")] : lines;
};

/** Text of an element leaving out what stands inside other controls. */
const looseText = (element: Element, limit = 140): string[] => {
  if (element.matches(IN_CONTROL) || /^(SCRIPT|STYLE|TEMPLATE|SVG)$/i.test(element.tagName)) return [];
  if (!isVisible(element)) return [];
  if (!element.querySelector(IN_CONTROL)) return readable(element).filter((line) => line.length <= limit);
  return [...element.childNodes].flatMap((node) =>
    node.nodeType === Node.TEXT_NODE
      ? [node.nodeValue?.trim() ?? ""].filter(Boolean)
      : node.nodeType === Node.ELEMENT_NODE
        ? looseText(node as Element, limit)
        : [],
  );
};

export type NearText = {
  before: string[];
  after: string[];
  heading: string[];
  /** Before it, but also over other controls: the first of several. */ shared: string[];
  /** Other controls stand beside it. */ among: boolean;
};

const HEADINGS = "h1,h2,h3,h4,h5,h6,[role=heading],legend";
const UNIT_ONLY =
  /^[\s.:*]*$|^(lbs?|pounds?|oz|ounces?|kg|g|grams?|cm|mm|in|inch(es)?|ft|usd|eur|gbp|[$\u20ac\u00a3%x\u00d7+-])\.?$/i;

/** Text directly before a node among its siblings, nearest first, stopping at another control. */
function textBefore(at: Element, isControl: (element: Element) => boolean, alone: boolean): string[] {
  const found: string[] = [];
  for (let node = at.previousSibling; node; node = node.previousSibling) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.nodeValue?.trim();
      if (text && !UNIT_ONLY.test(text)) found.push(text);
      continue;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const sibling = node as Element;
    if (sibling.matches("thead,tr:has(th + th)")) break; // heads of columns, not of this cell
    if (isControl(sibling) || [...sibling.querySelectorAll(IN_CONTROL)].some(isControl)) break;
    if (
      !alone &&
      (sibling.matches(HEADINGS) ||
        (sibling.querySelector(HEADINGS) && sibling.querySelectorAll("*").length < 8))
    )
      break; // heads all that follow
    found.push(
      ...looseText(sibling)
        .reverse()
        .filter((line) => !UNIT_ONLY.test(line)),
    );
    if (!alone && found.length > 0) break;
  }
  return found;
}

const textAfter = (at: Element): string[] => {
  const found: string[] = [];
  for (let node = at.nextSibling; node; node = node.nextSibling) {
    if (node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()) found.push(node.nodeValue.trim());
    else if (node.nodeType === Node.ELEMENT_NODE) found.push(...looseText(node as Element));
  }
  return found;
};

/**
 * Label-like text beside a control: going outwards, what stands before it (nearest first) and after it, until an
 * ancestor holds another control as well; from there only what stands directly before it counts, and for the first
 * control of a group also what stands before the group; then headings.
 */
export function nearText(control: Control, isOther: (element: Element) => boolean): NearText {
  const { element, members } = control;
  const near: NearText = { before: [], after: [], heading: [], shared: [], among: false };
  const isControl = (one: Element) => !members.includes(one as HTMLElement) && isOther(one);
  const box = groupBox(control);
  let at: Element = element;
  while (box && at.parentElement && at.parentElement !== box) at = at.parentElement;
  let state: "alone" | "first" | "among" = "alone";
  for (let level = 0; level < 9; level++) {
    const parent: Element | null =
      at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null;
    if (!parent || /^(BODY|HTML)$/i.test(parent.tagName)) break;
    const others =
      state === "alone" || state === "first"
        ? [...parent.querySelectorAll(IN_CONTROL)].filter(isControl)
        : [];
    const from = at;
    if (state !== "among") {
      if (others.length > 0 && state === "alone") {
        state = "first";
        near.among = near.before.length === 0;
      }
      const list = state === "alone" ? near.before : near.before.length === 0 ? near.before : near.shared;
      const isFirst = !others.some(
        (one) => one.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
      const found = textBefore(at, isControl, state === "alone");
      const own =
        level === 0 || state === "alone" || list === near.shared || !parent.matches("form,main,body");
      if (own)
        (state === "first" &&
        level > 0 &&
        !directlyBefore(at) &&
        others.length > 0 &&
        near.before.length === 0 &&
        !isFirst
          ? near.shared
          : list
        ).push(...found);
      if (state === "alone" && members.length === 1) near.after.push(...textAfter(at));
      if (!isFirst) state = "among";
    }
    if (state !== "alone" || level > 2) near.heading.push(...headingsOver(parent, at, element));
    at = parent;
  }
  near.before = [...new Set(near.before)].slice(0, 4);
  near.after = [...new Set(near.after)].slice(0, 3);
  near.heading = [...new Set(near.heading)].slice(0, 4);
  near.shared = near.shared.filter((text) => !near.heading.includes(text)).slice(0, 1);
  return near;
}

const directlyBefore = (at: Element): boolean => at.previousSibling !== null;

/** Headings that stand over this part of the page: legend, labelled box, a heading before it that heads no other field. */
function headingsOver(parent: Element, at: Element, element: Element): string[] {
  const found: string[] = [];
  const legend = tagOf(parent) === "fieldset" ? parent.querySelector(":scope > legend") : null;
  if (legend) found.push(...firstLines(legend).slice(0, 1));
  const labelled = byIds(parent, "aria-labelledby")[0];
  if (labelled && !labelled.contains(element)) found.push(...firstLines(labelled).slice(0, 1));
  const named = parent.matches("section,[role=group],[role=region]")
    ? parent.getAttribute("aria-label")
    : null;
  if (named) found.push(named);
  let sibling = at.previousElementSibling;
  for (let back = 0; sibling && back < 30; back++, sibling = sibling.previousElementSibling) {
    const head = sibling.matches(HEADINGS)
      ? sibling
      : sibling.querySelector(IN_CONTROL)
        ? null
        : sibling.querySelector(HEADINGS);
    if (!head || !isVisible(head)) continue;
    found.push(...firstLines(head).slice(0, 1));
    break;
  }
  return found;
}

/** Words in ids, names and test ids: "product-title_input" -> "product title input". */
export const handleWords = (value: string): string =>
  value
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replace(/[^A-Za-z]+/g, " ")
    .trim()
    .toLowerCase();

/** The text of each radio or checkbox of a group. */
export function memberName(member: HTMLElement): string {
  const label = [...((member as HTMLInputElement).labels ?? [])][0] ?? member.closest("label");
  const stated = label ? (linesOf(label)[0] ?? textPieces(label)[0]) : undefined;
  if (stated) return stated;
  const named = accessibleName(member);
  if (named) return named;
  const after = member.nextElementSibling;
  const next = member.nextSibling;
  if (next?.nodeType === Node.TEXT_NODE && next.nodeValue?.trim()) return next.nodeValue.trim();
  if (after && !after.matches(IN_CONTROL)) return linesOf(after)[0] ?? "";
  return member.parentElement ? (linesOf(member.parentElement)[0] ?? "") : "";
}
