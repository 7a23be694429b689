/** Category trees: row by row by exact text, or by search with the path's root telling equal leaves apart. */
import type { Control } from "../find/control.ts";
import { hover, pressOn } from "../page/events.ts";
import { linesOf, normalise } from "../page/text.ts";
import type { PageSession } from "../page/session.ts";
import { isVisible } from "../page/visible.ts";
import { choiceMatches, writeChoice } from "./choice.ts";
import { closeMenu, findInMenu, openMenu, type Menu } from "./menu.ts";
import { optionsIn, type Offered } from "./offered.ts";
import { pickOffered } from "./options.ts";
import { shownBy } from "./shown.ts";
import { setByPrototype } from "./text.ts";
import { refused, type Written } from "./written.ts";

const SEPARATOR = /\s*(?:>|›|»|\/|→|\||·)\s*/;
const words = (text: string) => normalise(text).split(SEPARATOR).filter(Boolean);
const partsOf = (path: readonly string[]) => path.flatMap(words);
/** How lists that show no tree may name the path. */
const namesOf = (path: readonly string[]): string[] => [
  path.join(" > "),
  path.join(" / "),
  path.at(-1) ?? "",
];

/**
 * The control shows the path: all of it or a part that ends in its leaf. The leaf alone may be another branch's, and counts
 * only where this run chose it.
 */
export function pathMatches(control: Control, path: readonly string[], chosen = true): boolean {
  if (control.kind === "select" || control.kind === "radio") return choiceMatches(control, namesOf(path));
  const wanted = partsOf(path);
  const least = chosen || path.length === 1 ? 0 : words(path.at(-1) ?? "").length;
  return shownBy(control).some((text) => {
    const parts = words(text);
    let at = -1;
    const inOrder = parts.every((part) => (at = wanted.indexOf(part, at + 1)) >= 0);
    return inOrder && at === wanted.length - 1 && parts.length > least;
  });
}

/** A search result that spells the path: "Men > Tops > T-shirts", or leaf and path on two lines. */
const resultFor =
  (path: readonly string[]) =>
  (offered: Offered[]): Offered | null => {
    const wanted = partsOf(path);
    const spelled = offered.filter(({ option, text }) => {
      const all = [text, ...linesOf(option), linesOf(option).join(" > ")].map(words);
      return all.some(
        (parts) =>
          parts.length > 1 &&
          parts[0] === wanted[0] &&
          wanted.every((part) => parts.includes(part)) &&
          new Set(parts).size <= wanted.length,
      );
    });
    const rows = spelled.filter(
      (one) => !spelled.some((other) => other !== one && one.option.contains(other.option)),
    );
    return rows.length === 1 ? (rows[0] ?? null) : null;
  };

export async function writePath(
  session: PageSession,
  control: Control,
  path: readonly string[],
  search?: string,
): Promise<Written> {
  if (pathMatches(control, path, false)) return { verified: true, attempts: 0 };
  if (path.length === 0) return refused("option-missing", "the path is empty", 0);
  if (control.kind === "select" || control.kind === "radio")
    return writeChoice(session, control, namesOf(path));
  const menu = await openMenu(session, control.element);
  if (!menu) return refused("write-had-no-effect", "the picker did not open", 1);
  const done =
    (search !== undefined && (await bySearch(session, menu, path, search))) ||
    (await byDrilling(session, menu, path));
  if (done !== true) {
    await closeMenu(session, menu);
    return refused("option-missing", typeof done === "string" ? done : undefined, 1);
  }
  const matches = () => pathMatches(control, path);
  if (await session.until(() => matches() || confirmButton(session, menu), 2500)) {
    if (!matches()) {
      const button = confirmButton(session, menu);
      if (button) pressOn(button);
      await session.until(matches, 1500);
    }
    await session.settled();
    if (matches()) return { verified: true, attempts: 1 };
  }
  return refused("read-back-differs", undefined, 1);
}

const confirmButton = (session: PageSession, menu: Menu): HTMLElement | null => {
  const boxes = [
    ...session.document.querySelectorAll<HTMLElement>("[role=dialog],dialog"),
    ...menu.scopes,
  ].filter(isVisible);
  for (const box of boxes) {
    const button = [...box.querySelectorAll<HTMLElement>("button,[role=button]")].find(
      (one) => /^(done|save|apply|select|confirm|ok|choose)$/i.test(one.innerText.trim()) && isVisible(one),
    );
    if (button && !(button as HTMLButtonElement).disabled) return button;
  }
  return null;
};

async function bySearch(
  session: PageSession,
  menu: Menu,
  path: readonly string[],
  search: string,
): Promise<boolean> {
  const box = await session.until(() => {
    const inputs = menu.scopes.flatMap((scope) => [...scope.querySelectorAll<HTMLInputElement>("input")]);
    return inputs.find((one) => isVisible(one) && /^(text|search|)$/.test(one.type));
  }, 300);
  if (!box) return false;
  setByPrototype(box, search);
  const hit = await session.until(() => resultFor(path)(menu.options()), 2500);
  if (hit) {
    hover(hit.option);
    pressOn(hit.option);
    return true;
  }
  setByPrototype(box, "");
  await session.settled();
  return false;
}

/** True, or which row was missing. */
async function byDrilling(session: PageSession, menu: Menu, path: readonly string[]): Promise<true | string> {
  let scopes = menu.scopes;
  for (const [index, part] of path.entries()) {
    const offered = () =>
      optionsIn(
        scopes.filter((scope) => scope.isConnected && isVisible(scope)),
        menu.opener,
      );
    const now: Menu = { ...menu, scopes, options: offered };
    const pick = (all: Offered[]) => pickOffered([part], all);
    const row =
      (await findInMenu(session, now, pick)) ?? (await session.until(() => pick(now.options()), 1500));
    if (!row)
      return index === 0 ? "no row for the first part of the path" : "no row for a deeper part of the path";
    const before = new Set(offered().map((one) => one.option));
    hover(row.option);
    await session.settled();
    pressOn(row.option);
    if (index === path.length - 1) return true;
    const next = path[index + 1] ?? "";
    await session.until(() => {
      const all = offered();
      return all.some((one) => !before.has(one.option)) && pickOffered([next], all);
    }, 800);
    if (scopes.every((scope) => !scope.isConnected))
      scopes = menu.scopes.filter((scope) => scope.isConnected);
    if (scopes.length === 0) {
      const again = await openMenu(session, menu.opener);
      scopes = again?.scopes ?? [];
    }
  }
  return true;
}
