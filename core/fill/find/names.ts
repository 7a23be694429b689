/** What a control is called, by every way a page may say it. */
import { tagOf } from "../page/roots.ts";
import { isVisible } from "../page/visible.ts";
import { firstLines, linesOf, textPieces } from "../page/text.ts";
import type { Control } from "./control.ts";

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
  for (const one of byIds(element, "aria-labelledby")) if (!element.contains(one)) add(...firstLines(one), one.textContent);
  add(element.getAttribute("aria-label"));
  for (const label of (element as HTMLInputElement).labels ?? []) add(...firstLines(label), label.textContent);
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

/**
 * The accessible name, as far as forms need it (accname 1.2 without CSS content): labelledby, aria-label, label, alt or
 * button value, content of what is named by content, title, placeholder. Written out here because the full library is a
 * sixth of the page bundle's budget.
 */
export function accessibleName(element: Element): string {
  const text = (one: Element) => one.getAttribute("aria-label")?.trim() || ((one as HTMLElement).innerText ?? one.textContent ?? "").replace(/\s+/g, " ").trim();
  const pointed = byIds(element, "aria-labelledby").map(text).join(" ").trim();
  if (pointed) return pointed;
  const stated = element.getAttribute("aria-label")?.trim();
  if (stated) return stated;
  const labels = [...((element as HTMLInputElement).labels ?? [])].map(text).join(" ").trim();
  if (labels) return labels;
  if (/^(submit|button|reset)$/.test((element as HTMLInputElement).type ?? "") && tagOf(element) === "input") return (element as HTMLInputElement).value;
  const alt = element.getAttribute("alt")?.trim();
  if (alt) return alt;
  const byContent = !/^(input|select|textarea)$/.test(tagOf(element)) && !/^(textbox|combobox|listbox|dialog|main)$/.test(element.getAttribute("role") ?? "");
  const content = byContent ? text(element) || (element.querySelector("[aria-label],img[alt]")?.getAttribute("aria-label") ?? element.querySelector("img[alt]")?.getAttribute("alt") ?? "") : "";
  return content || element.getAttribute("title")?.trim() || element.getAttribute("placeholder")?.trim() || "";
}

const IN_CONTROL = "input,select,textarea,[contenteditable=true],[role=combobox],[role=switch],[role=checkbox],[role=radio],button,[role=button],[role=listbox],iframe";

/** Text of an element leaving out what stands inside other controls. */
const looseText = (element: Element, limit = 140): string[] => {
  if (element.matches(IN_CONTROL) || /^(SCRIPT|STYLE|TEMPLATE|SVG)$/i.test(element.tagName)) return [];
  if (!isVisible(element)) return [];
  if (!element.querySelector(IN_CONTROL)) return linesOf(element).filter((line) => line.length <= limit);
  return [...element.childNodes].flatMap((node) =>
    node.nodeType === Node.TEXT_NODE ? [node.nodeValue?.trim() ?? ""].filter(Boolean) : node.nodeType === Node.ELEMENT_NODE ? looseText(node as Element, limit) : [],
  );
};

export type NearText = { before: string[]; after: string[]; heading: string[]; prefix: string };

/**
 * Label-like text beside a control: going outwards, what stands before it (nearest first) and after it, until an
 * ancestor holds another control as well; from there only what stands directly before it counts, then headings.
 */
export function nearText(control: Control, isOther: (element: Element) => boolean): NearText {
  const { element, members } = control;
  const near: NearText = { before: [], after: [], heading: [], prefix: "" };
  let at: Element = groupBox(control) ?? element;
  let alone = true;
  for (let level = 0; level < 8; level++) {
    const parent: Element | null = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null;
    if (!parent || /^(BODY|HTML)$/i.test(parent.tagName)) break;
    if (alone) {
      const siblings = [...parent.childNodes];
      const index = siblings.indexOf(at);
      const holdsOther = [...parent.querySelectorAll(IN_CONTROL)].some((one) => !members.includes(one as HTMLElement) && !at.contains(one) && isOther(one));
      const before = siblings.slice(0, Math.max(0, index)).reverse();
      for (const node of before) {
        if (node.nodeType === Node.TEXT_NODE) {
          if (node.nodeValue?.trim()) near.before.push(node.nodeValue.trim());
          continue;
        }
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const sibling = node as Element;
        if (holdsOther && (isOther(sibling) || [...sibling.querySelectorAll(IN_CONTROL)].some(isOther))) break;
        near.before.push(...looseText(sibling).reverse());
        if (holdsOther && near.before.length > 0) break;
      }
      if (!holdsOther) for (const node of siblings.slice(index + 1)) if (node.nodeType === Node.ELEMENT_NODE) near.after.push(...looseText(node as Element));
      if (holdsOther) alone = false;
    }
    if (!alone || level > 2) {
      const legend = tagOf(parent) === "fieldset" ? parent.querySelector(":scope > legend") : null;
      if (legend) near.heading.push(...firstLines(legend).slice(0, 1));
      const labelled = byIds(parent, "aria-labelledby")[0];
      if (labelled && !labelled.contains(element)) near.heading.push(...firstLines(labelled).slice(0, 1));
      let sibling = at.previousElementSibling;
      for (let back = 0; sibling && back < 30; back++, sibling = sibling.previousElementSibling) {
        const head = sibling.matches("h1,h2,h3,h4,h5,h6,[role=heading],legend") ? sibling : sibling.querySelector("h1,h2,h3,h4,h5,h6,[role=heading]");
        if (head && isVisible(head)) {
          near.heading.push(...firstLines(head).slice(0, 1));
          break;
        }
      }
    }
    at = parent;
  }
  near.before = [...new Set(near.before)].slice(0, 4);
  near.after = [...new Set(near.after)].slice(0, 3);
  near.heading = [...new Set(near.heading)].slice(0, 4);
  near.prefix = [near.before[0], near.after[0]].find((text) => text !== undefined && text.length <= 4) ?? "";
  return near;
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
