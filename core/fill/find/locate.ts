/**
 * Locators in order; each must lead to exactly one visible thing or it is passed over. When two candidates are left,
 * hit-testing tells the live one (a wizard mounted twice, a dialog over the page); still two: passed over.
 */
import type { Locator } from "../../plan/index.ts";
import { allRoots, queryAll, tagOf } from "../page/roots.ts";
import { contains, isAriaHidden, isReachable, isVisible, visibleProxy } from "../page/visible.ts";
import { bareLabel, firstLines, isOneOf, normalise } from "../page/text.ts";
import type { Control } from "./control.ts";
import { controlAt, controlsOf } from "./controls.ts";
import { forbiddenReason } from "./forbidden.ts";
import { accessibleName, nearText, statedNames } from "./names.ts";
import { takeByMeaning } from "./meaning.ts";

export type Found<T> = { target: T; index: number; by: Locator["by"]; score?: number; margin?: number };
export type NotFound = { missing: "not-found" | "ambiguous" | "forbidden-control"; detail?: string };

const BUTTONS =
  "button,[role=button],a[href],a[role],input[type=submit],input[type=button],[role=menuitem],[role=tab],[role=option],summary,label,[tabindex='0']";

const asList = (text: string | string[]) => (typeof text === "string" ? [text] : text);

/** Visible, and the only one that is reachable when there are several. */
export function only<T>(all: readonly T[], elementOf: (one: T) => HTMLElement): T | "none" | "many" {
  const unique = [...new Set(all)];
  if (unique.length === 0) return "none";
  if (unique.length === 1) return unique[0] as T;
  const reachable = unique.filter((one) => {
    const element = visibleProxy(elementOf(one)) ?? elementOf(one);
    return !isAriaHidden(element) && isReachable(element);
  });
  if (reachable.length === 1) return reachable[0] as T;
  if (reachable.length > 1) {
    // One inside the other is one thing: the inner is what a press reaches.
    const innermost = reachable.filter(
      (one) => !reachable.some((other) => other !== one && elementOf(one).contains(elementOf(other))),
    );
    if (innermost.length === 1) return innermost[0] as T;
  }
  return "many";
}

/** Visible elements a locator means: for buttons, marks, overlays, rows. */
export function elementsAt(document: Document, locator: Locator): HTMLElement[] {
  const roots = allRoots(document);
  switch (locator.by) {
    case "css":
      return queryAll(document, locator.css, roots).filter(isVisible);
    case "role": {
      const css = roleSelector(locator.role);
      const all = queryAll(document, css, roots).filter((one) => isVisible(one) && !isAriaHidden(one));
      if (locator.name === undefined) return all;
      const names = asList(locator.name);
      const exact = all.filter(
        (one) => isOneOf(accessibleName(one), names) || firstLines(one).some((line) => isOneOf(line, names)),
      );
      if (exact.length > 0 || locator.exact !== false) return exact;
      return all.filter((one) =>
        names.some((name) => normalise(accessibleName(one)).includes(normalise(name))),
      );
    }
    case "text": {
      const wanted = asList(locator.text);
      const within = locator.within ? queryAll(document, locator.within, roots) : null;
      const inside = (one: Element) => !within || within.some((box) => box.contains(one));
      const own = (one: HTMLElement) =>
        tagOf(one) === "input"
          ? [(one as HTMLInputElement).value]
          : [one.innerText, ...firstLines(one), one.getAttribute("aria-label") ?? ""];
      const buttons = queryAll(document, BUTTONS, roots).filter(
        (one) => inside(one) && own(one).some((text) => isOneOf(text, wanted)) && isVisible(one),
      );
      if (buttons.length > 0) return innermostOf(buttons);
      const any = queryAll(document, "div,span,p,li,h1,h2,h3,h4,b,strong,td", roots);
      return innermostOf(
        any.filter(
          (one) =>
            inside(one) &&
            one.childElementCount < 8 &&
            isOneOf(one.textContent ?? "", wanted) &&
            isVisible(one),
        ),
      );
    }
    case "label": {
      const wanted = asList(locator.text);
      const named = queryAll(document, "[aria-label],[aria-labelledby],button,[role=button]", roots);
      return named.filter(
        (one) =>
          isVisible(one) &&
          (isOneOf(one.getAttribute("aria-label") ?? "", wanted) || isOneOf(accessibleName(one), wanted)),
      );
    }
    case "meaning":
      return [];
  }
}

const innermostOf = (all: HTMLElement[]) =>
  all.filter((one) => !all.some((other) => other !== one && one.contains(other)));

const roleSelector = (role: string): string =>
  ({
    button: "button,[role=button],input[type=submit],input[type=button],summary",
    link: "a[href],[role=link]",
    heading: "h1,h2,h3,h4,h5,h6,[role=heading]",
    dialog: "dialog,[role=dialog],[role=alertdialog]",
    textbox: "input:not([type]),input[type=text],input[type=email],input[type=url],input[type=tel],textarea,[role=textbox]",
    checkbox: "input[type=checkbox],[role=checkbox]",
    radio: "input[type=radio],[role=radio]",
    combobox: "select,[role=combobox]",
    listbox: "select,[role=listbox]",
    option: "option,[role=option]",
    main: "main,[role=main]",
    alert: "[role=alert]",
    status: "[role=status]",
    img: "img,[role=img]",
  } as Record<string, string>)[role] ?? `[role="${role}"]`; // oxfmt-ignore

/** Controls one locator means, in page order. */
function controlsAt(document: Document, locator: Locator, controls: readonly Control[]): Control[] {
  switch (locator.by) {
    case "css": {
      const found = queryAll(document, locator.css);
      return unique(
        found
          .filter((one) => isVisible(one) || one.matches("input,select,textarea"))
          .map((one) => controlAt(one, controls)),
      );
    }
    case "label": {
      const wanted = asList(locator.text);
      const stated = controls.filter((control) => statedNames(control).some((name) => isOneOf(name, wanted)));
      if (stated.length > 0) return stated;
      const named = locator.first
        ? []
        : controls.filter((control) => isOneOf(accessibleName(control.element), wanted));
      if (named.length > 0) return named;
      const own = new Set<Element>(controls.flatMap((control) => control.members));
      const near = controls.filter((control) => {
        // All of it stands before this control and after any other: a placeholder or value may come between.
        return nearText(control, (one) => own.has(one)).before.some((text) => isOneOf(text, wanted));
      });
      if (near.length > 0) return near;
      return openersNamed(document, wanted);
    }
    case "role":
    case "text":
      return unique(elementsAt(document, locator).map((one) => controlAt(one, controls)));
    case "meaning":
      return [];
  }
}

/** Plain buttons that open a picker say the field's name on themselves, in their label, or right before them. */
function openersNamed(document: Document, wanted: readonly string[]): Control[] {
  const all = queryAll(document, "button,[role=button],[tabindex='0']").filter(
    (one) => isVisible(one) && !one.querySelector("input,select,textarea,button"),
  );
  return all
    .filter((one) => {
      const control: Control = { kind: "opener", element: one, members: [one] };
      if (
        statedNames(control).some((name) => isOneOf(name, wanted)) ||
        firstLines(one).some((line) => isOneOf(line, wanted))
      )
        return true;
      const before = one.previousElementSibling;
      return before !== null && !before.matches("button") && isOneOf(before.textContent ?? "", wanted);
    })
    .map((element) => ({ kind: "opener" as const, element, members: [element] }));
}

const unique = (controls: (Control | null)[]): Control[] => {
  const byElement = new Map<Element, Control>();
  for (const control of controls)
    if (control && !byElement.has(control.element)) byElement.set(control.element, control);
  return [...byElement.values()];
};

/** Checkboxes that stand together are one choice of several, except for a value that one of them takes by itself. */
const membersApart = (controls: readonly Control[], fits: (control: Control) => boolean): Control[] =>
  controls.flatMap((control) => {
    if (control.kind !== "checkboxes" || fits(control)) return [control];
    return control.members.map((element): Control => ({ kind: "switch", element, members: [element] }));
  });

/** The control of a fill step. `fits` keeps controls the value can be written to. */
export function locateControl(
  document: Document,
  locators: readonly Locator[],
  fits: (control: Control) => boolean,
): Found<Control> | NotFound {
  const controls = membersApart(controlsOf(document), fits);
  let worst: NotFound = { missing: "not-found" };
  for (const [index, locator] of locators.entries()) {
    if (locator.by === "meaning") {
      const taken = takeByMeaning(controls, locator.field, fits);
      if ("control" in taken)
        return { target: taken.control, index, by: "meaning", score: taken.score, margin: taken.margin };
      if (taken.missing === "ambiguous") worst = { missing: "ambiguous", detail: taken.detail };
      continue;
    }
    const fitting = controlsAt(document, locator, controls).filter(fits);
    const one = only(fitting, (control) => control.element);
    if (one === "none") continue;
    if (one === "many") {
      worst = { missing: "ambiguous", detail: `${fitting.length} controls match locator ${index + 1}` };
      continue;
    }
    const reason = forbiddenReason(one);
    if (reason) {
      worst = { missing: "forbidden-control", detail: reason };
      continue;
    }
    return { target: one, index, by: locator.by };
  }
  return worst;
}

/** The one visible element a list of locators leads to: buttons, overlays. @param within only what lies in one of these. */
export function locateElement(
  document: Document,
  locators: readonly Locator[],
  within?: readonly HTMLElement[],
): Found<HTMLElement> | NotFound {
  let worst: NotFound = { missing: "not-found" };
  for (const [index, locator] of locators.entries()) {
    const all = elementsAt(document, locator).filter(
      (one) => !within || within.some((box) => contains(box, one)),
    );
    const one = only(all, (element) => element);
    if (one === "none") continue;
    if (one === "many") {
      worst = { missing: "ambiguous", detail: `${all.length} elements match locator ${index + 1}` };
      continue;
    }
    return { target: one, index, by: locator.by };
  }
  return worst;
}

/** Whether any of the locators shows something now. */
export const anyVisible = (document: Document, locators: readonly Locator[]): boolean =>
  locators.some((locator) => elementsAt(document, locator).length > 0);

export const labelOf = (control: Control): string => bareLabel(statedNames(control)[0] ?? "");
