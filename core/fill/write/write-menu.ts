/** Choosing from what a control opens: by a press, by keys, by a trusted press; read back from what it then shows. */
import type { Control } from "../find/control.ts";
import { focusOn, hover, key, leave, pressOn, setNativeValue, tellInput } from "../page/events.ts";
import { tagOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { clickTrusted, whyOutOfReach } from "../page/trusted.ts";
import { isVisible, visibleProxy } from "../page/visible.ts";
import { normalise } from "../page/text.ts";
import { closeMenu, findInMenu, openMenu, type Menu } from "./menu.ts";
import type { Offered } from "./offered.ts";
import { pickOffered, showsOption } from "./options.ts";
import { shownBy } from "./shown.ts";
import { sameText, tooLongFor } from "./text.ts";
import { refused, type Written } from "./written.ts";

export type Chooser = (offered: Offered[]) => { option: HTMLElement; text: string } | null;
export const byTexts =
  (accept: readonly string[]): Chooser =>
  (offered) =>
    pickOffered(accept, offered);

/** The box one may type in to narrow the options: the combobox itself, or a search field in its popup. */
const searchBox = (opener: HTMLElement, menu: Menu | null): HTMLInputElement | null => {
  if (tagOf(opener) === "input" && !(opener as HTMLInputElement).readOnly) return opener as HTMLInputElement;
  for (const scope of menu?.scopes ?? []) {
    const box = [
      ...scope.querySelectorAll<HTMLInputElement>(
        "input:not([type=checkbox]):not([type=radio]):not([type=hidden])",
      ),
    ].find((one) => isVisible(one));
    if (box) return box;
  }
  return null;
};

const typeQuery = (box: HTMLInputElement, text: string): void => {
  focusOn(box);
  if (box.value !== "") {
    setNativeValue(box, "");
    tellInput(box, null, "deleteContentBackward");
  }
  setNativeValue(box, text);
  tellInput(box, text, "insertText");
  box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: text.slice(-1) }));
};

export async function writeMenu(
  session: PageSession,
  control: Control,
  pick: Chooser,
  { query }: { query?: string },
): Promise<Written> {
  const { element } = control;
  const typed = query !== undefined && tagOf(element) === "input" && !(element as HTMLInputElement).readOnly;
  let menu: Menu | null = null;
  let attempts = 0;
  let guessedWrong = false;
  const ways = ["press", "keys", "trusted"] as const;
  for (let at = 0; at < ways.length; at++) {
    const way = ways[at]!;
    if (!menu?.isOpen()) {
      if (typed) typeQuery(element as HTMLInputElement, query);
      menu = await openMenu(session, element, { typed });
    }
    if (!menu) break;
    attempts++;
    const opened = menu;
    const picked = await findOption(session, opened, pick, query);
    if (!picked) {
      await closeMenu(session, opened);
      // What appeared may have been something else, while the menu was still asleep: look once more.
      if (guessedWrong || !opened.guessed || query !== undefined)
        return refused("option-missing", undefined, attempts);
      guessedWrong = true;
      menu = null;
      at--; // nothing was picked: the same way again
      continue;
    }
    await pickBy(session, way, picked.option);
    const chosen = () => {
      const selected = /true/.test(
        `${picked.option.getAttribute("aria-selected")}${picked.option.getAttribute("aria-checked")}`,
      );
      if (opened.isOpen() && picked.option.isConnected && isVisible(picked.option) && !selected) return false;
      return showsOption(shownBy(control), [picked.text]);
    };
    if (await session.until(chosen, 1000)) {
      await session.settled();
      if (chosen()) {
        if (opened.isOpen()) await closeMenu(session, opened);
        return { verified: true, attempts };
      }
    }
    if (way === "press" && (await session.showPage()) && (await session.until(chosen, 1000)))
      return { verified: true, attempts };
  }
  if (typed && !menu) return keptAsTyped(session, element as HTMLInputElement, query, pick);
  const why = menu ? undefined : (whyOutOfReach(visibleProxy(element) ?? element) ?? "the menu did not open");
  return refused("write-had-no-effect", why, attempts);
}

async function findOption(session: PageSession, menu: Menu, pick: Chooser, query: string | undefined) {
  const direct = await findInMenu(session, menu, pick);
  if (direct) return direct;
  const box = query === undefined ? null : searchBox(menu.opener, menu);
  if (box && query !== undefined) {
    if (normalise(box.value) !== normalise(query)) typeQuery(box, query);
    return session.until(() => pick(menu.options()), 5000); // servers answer after about a second
  }
  return session.until(() => pick(menu.options()), 1200); // options that come late
}

async function pickBy(
  session: PageSession,
  way: "press" | "keys" | "trusted",
  option: HTMLElement,
): Promise<void> {
  if (way === "press") {
    hover(option);
    await session.settled(); // some menus take a pick only once the hover has been drawn
    if (option.isConnected) pressOn(option);
  } else if (way === "keys") {
    focusOn(option);
    key(option, "Enter");
  } else {
    await clickTrusted(session, visibleProxy(option) ?? option);
  }
}

/** A text field whose suggestions never came: what was typed is the value, where the field is a plain text field. */
async function keptAsTyped(
  session: PageSession,
  box: HTMLInputElement,
  query: string,
  pick: Chooser,
): Promise<Written> {
  const free =
    box.getAttribute("role") !== "combobox" &&
    tooLongFor(box, query) === null &&
    pick([{ text: query, option: box }]) !== null;
  leave(box);
  await session.settled();
  if (free && sameText(box.value, query)) return { verified: true, attempts: 1 };
  setNativeValue(box, ""); // typed but not chosen looks filled and is not
  tellInput(box, null, "deleteContentBackward");
  return refused("option-missing", "nothing was offered", 1);
}
