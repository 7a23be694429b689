/** What may be chosen from an open menu: options by role, else rows, else any line of text. */
import { isDrawn } from "../page/visible.ts";
import { optionText } from "./options.ts";

const OPTION_ROLES =
  "[role=option],[role=menuitem],[role=menuitemradio],[role=menuitemcheckbox],[role=treeitem],[role=radio]";
const ROWS = "li,button,[role=button],a,label,[data-value],[cmdk-item],tr";

export type Offered = { text: string; option: HTMLElement };
const textLeaves = (scope: Element): HTMLElement[] =>
  [...scope.querySelectorAll<HTMLElement>("*")].filter(
    (one) =>
      [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()) &&
      isDrawn(one),
  );

const usable = (one: HTMLElement) =>
  isDrawn(one) && one.getAttribute("aria-disabled") !== "true" && !(one as HTMLButtonElement).disabled;

export function optionsIn(scopes: readonly HTMLElement[], opener?: HTMLElement): Offered[] {
  const asOffered = (elements: HTMLElement[]) =>
    elements
      .filter((one) => usable(one) && !opener?.contains(one))
      .map((option) => ({ option, text: optionText(option) }))
      .filter((one) => one.text !== "");
  const self = scopes.filter((scope) => scope.matches(OPTION_ROLES));
  const byRole = asOffered([
    ...self,
    ...scopes.flatMap((scope) => [...scope.querySelectorAll<HTMLElement>(OPTION_ROLES)]),
  ]);
  if (byRole.length > 0) return byRole;
  const rows = asOffered([
    ...scopes.filter((scope) => scope.matches(ROWS)),
    ...scopes
      .flatMap((scope) => [...scope.querySelectorAll<HTMLElement>(ROWS)])
      .filter((one) => !one.querySelector(ROWS)),
  ]);
  const leaves = asOffered(scopes.flatMap(textLeaves)).filter(
    (leaf) => !rows.some((row) => row.option.contains(leaf.option)),
  );
  return [...rows, ...leaves];
}
