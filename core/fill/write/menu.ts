/**
 * Anything that opens to show its options: listbox, combobox, menu, dialog of rows. Options are read after opening, from
 * what the opener names as its popup, else from what newly appeared.
 */
import { focusOn, key, pressOn } from "../page/events.ts";
import { allRoots, queryAll, tagOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { clickTrusted } from "../page/trusted.ts";
import { isDisabled, isDrawn, isReachable, isVisible, visibleProxy } from "../page/visible.ts";
import { optionsIn, type Offered } from "./offered.ts";

const POPUPS =
  "[role=listbox],[role=menu],[role=dialog],[role=alertdialog],[role=tree],[role=grid],dialog,[popover]";
const FIELDS =
  "textarea,select,[role=combobox],[aria-haspopup],input:not([type=hidden]):not([type=radio]):not([type=checkbox])";
export type Menu = {
  /** What holds the options; several when the page shows them in more than one place. */
  scopes: HTMLElement[];
  opener: HTMLElement;
  /** Taken from what newly appeared, with nothing on it that says menu. */
  guessed?: boolean;
  isOpen(): boolean;
  options(): Offered[];
};

/** The popup an opener names, if it is shown. */
function namedPopup(opener: HTMLElement): HTMLElement | null {
  const holders = [
    opener,
    opener.closest("[aria-controls],[aria-owns]"),
    opener.querySelector("[aria-controls],[aria-owns]"),
  ];
  const root = opener.getRootNode() as Document | ShadowRoot;
  for (const holder of holders) {
    for (const id of `${holder?.getAttribute("aria-controls") ?? ""} ${holder?.getAttribute("aria-owns") ?? ""}`.split(
      /\s+/,
    )) {
      const popup = id ? (root.getElementById?.(id) ?? opener.ownerDocument.getElementById(id)) : null;
      if (popup && isDrawn(popup)) return popup;
    }
  }
  return null;
}

const popupsNow = (session: PageSession, shown: (element: Element) => boolean) =>
  queryAll(session.document, POPUPS).filter((one) => shown(one));

/** Servers answer a search after about a second, and on a bad day after some. */
const SERVER_MS = 6000;
/** How long a page may take to draw what a press opens. */
const OPEN_MS = 900;
/** A page that heard a press stirs at once; fields that were enabled just now may not listen yet. */
const STIR_MS = 200;

/** Presses the opener and waits until options (or a search box) are shown. Null when nothing opened. */
export async function openMenu(
  session: PageSession,
  opener: HTMLElement,
  /** Text was typed into it just now, to search. */
  { typed = false }: { typed?: boolean } = {},
): Promise<Menu | null> {
  const spot = visibleProxy(opener) ?? opener;
  const faded = new Set(popupsNow(session, isDrawn));
  const since = session.popupsBefore.get(opener);
  const before: ReadonlySet<Element> = since ?? new Set(popupsNow(session, isVisible));
  session.popupsBefore.set(opener, before);
  const open = namedPopup(opener);
  if (open && opener.getAttribute("aria-expanded") !== "false" && optionsIn([open], opener).length > 0)
    return menuOf(opener, [open]);
  const hasOptions = (popup: HTMLElement) =>
    !popup.contains(opener) &&
    (optionsIn([popup], opener).length > 0 || popup.querySelector("input") !== null);
  if (!typed && !since && isExpanded(opener)) {
    const left = leftOpen(session, opener).filter(hasOptions);
    if (left.length === 1) return menuOf(opener, left);
  }
  // What an earlier press opened after the wait for it was over.
  const late = popupsNow(session, isVisible).filter(
    (popup) => since && !since.has(popup) && hasOptions(popup),
  );
  if (late.length > 0) return menuOf(opener, innermost(late));
  const touched = new Set<HTMLElement>();
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.addedNodes)
        if (node.nodeType === Node.ELEMENT_NODE) touched.add(node as HTMLElement);
      if (record.type === "attributes") touched.add(record.target as HTMLElement);
    }
  });
  for (const root of allRoots(session.document))
    observer.observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["class", "style", "hidden", "open", "data-state", "aria-hidden", "aria-expanded"],
    });
  const look = (): Menu | null => {
    const named = namedPopup(opener);
    const isNew = named
      ? [named]
      : popupsNow(session, isDrawn).filter(
          (popup) => !before.has(popup) && (!faded.has(popup) || isVisible(popup)),
        );
    const menu = isNew.filter(hasOptions);
    if (menu.length > 0) return menuOf(opener, innermost(menu));
    const loose = [...touched].filter(
      (one) =>
        one.isConnected &&
        isDrawn(one) &&
        one !== opener &&
        !one.contains(opener) &&
        !opener.contains(one) &&
        !one.contains(spot) &&
        !holdsField(one),
    );
    return loose.length > 0 && optionsIn(loose, opener).length > 1
      ? { ...menuOf(opener, loose), guessed: true }
      : null;
  };
  // A popup may still wait for its first frame while the page draws something else.
  const sure = async (menu: Menu | null): Promise<Menu | null> => {
    if (!menu?.guessed) return menu;
    const shown = await session.showPage();
    await session.settled();
    const again = shown ? await session.until(() => named(look()), OPEN_MS) : look();
    return again ?? menu;
  };
  const named = (menu: Menu | null) => (menu?.guessed ? null : menu);
  // Fields that come late are not its answer.
  const stirred = () => [...touched].some((one) => one.contains(opener) || !holdsField(one));
  // Pressed once more only where nothing came of it, and the opener itself says that it is closed.
  const isDeaf = async () =>
    (await session.until(() => look() ?? stirred(), STIR_MS)) === null &&
    opener.getAttribute("aria-expanded") === "false";
  // What typing has opened already is waiting for its server; a press would close it again.
  const waits = () => typed && isExpanded(opener);
  try {
    if (typed) {
      await session.settled();
      const menu = waits() && (await session.until(look, SERVER_MS));
      if (menu) return menu;
    }
    for (const [index, press] of OPENERS.entries()) {
      press(index === 0 ? spot : opener);
      if (index === 0 && (await isDeaf())) press(spot);
      const menu =
        (await sure(await session.until(look, index === 0 ? OPEN_MS : 500))) ??
        (waits() ? await session.until(look, SERVER_MS) : null);
      if (menu) return menu;
      if (index === 0 && (await session.showPage())) {
        const shown = await session.until(look, OPEN_MS);
        if (shown) return shown;
      }
    }
    return (await clickTrusted(session, spot)) ? await session.until(look, 1000) : null;
  } finally {
    observer.disconnect();
  }
}

const isExpanded = (opener: HTMLElement) => opener.getAttribute("aria-expanded") === "true";

/**
 * What may have been opened by a run that ended with it open: a press would not open it anew, nor can it be told by what newly
 * appears. Of the kind the opener names, with nothing over it, and where nothing else says that it has opened such a one.
 */
function leftOpen(session: PageSession, opener: HTMLElement): HTMLElement[] {
  const kind = opener.getAttribute("aria-haspopup") ?? "";
  if (!/^(listbox|menu|dialog|tree|grid)$/.test(kind)) return [];
  const openers = queryAll(session.document, `[aria-expanded=true][aria-haspopup=${kind}]`).filter(isVisible);
  if (openers.some((other) => other !== opener) || opener.matches("[aria-controls],[aria-owns]")) return [];
  return popupsNow(session, isVisible).filter(
    (popup) => (popup.getAttribute("role") ?? tagOf(popup)) === kind && isReachable(popup),
  );
}

/** Fields that come late are not the options of a menu that opens meanwhile. */
const holdsField = (one: HTMLElement) =>
  one.matches(FIELDS) ||
  [...one.querySelectorAll<HTMLElement>(FIELDS)].some(
    (inner) =>
      !/search|filter/i.test(
        `${(inner as HTMLInputElement).type} ${(inner as HTMLInputElement).placeholder}`,
      ),
  );

const innermost = (all: HTMLElement[]) =>
  all.filter(
    (one) => !all.some((other) => other !== one && one.contains(other) && optionsIn([other]).length > 1),
  );

const OPENERS: readonly ((element: HTMLElement) => void)[] = [
  pressOn,
  (element) => element.click(),
  (element) => {
    focusOn(element);
    key(element, "ArrowDown");
  },
  (element) => {
    focusOn(element);
    key(element, "Enter");
  },
];

const menuOf = (opener: HTMLElement, scopes: HTMLElement[]): Menu => {
  const live = () => {
    const named = namedPopup(opener);
    const shown = scopes.filter((scope) => scope.isConnected && isDrawn(scope));
    return named && !shown.some((scope) => scope.contains(named) || named.contains(scope))
      ? [...shown, named]
      : shown;
  };
  return {
    opener,
    scopes,
    isOpen: () => live().length > 0 && opener.getAttribute("aria-expanded") !== "false",
    options: () => optionsIn(live(), opener),
  };
};

const isScrollable = (element: Element) =>
  element.scrollHeight > element.clientHeight + 4 &&
  /auto|scroll|overlay/.test(element.ownerDocument.defaultView?.getComputedStyle(element).overflowY ?? "");

/** What scrolls the options: inside a scope, or around it. */
const scrollerOf = (menu: Menu): HTMLElement | null => {
  for (const scope of menu.scopes) {
    if (isScrollable(scope)) return scope;
    for (const inner of scope.querySelectorAll<HTMLElement>("div,ul")) if (isScrollable(inner)) return inner;
    const around = scope.parentElement;
    if (around && isScrollable(around) && tagOf(around) !== "body") return around;
  }
  return null;
};

/** Looks through the options, scrolling long lists to their end, until `pick` takes one. */
export async function findInMenu<T>(
  session: PageSession,
  menu: Menu,
  pick: (offered: Offered[]) => T | null,
): Promise<T | null> {
  const direct = pick(menu.options());
  if (direct) return direct;
  const scroller = scrollerOf(menu);
  if (!scroller) return null;
  scrollTo(scroller, 0);
  for (let pages = 0; pages < 200; pages++) {
    const seen = await session.until(() => pick(menu.options()), pages === 0 ? 60 : 0);
    if (seen) return seen;
    const before = scroller.scrollTop;
    scrollTo(scroller, before + Math.max(40, scroller.clientHeight * 0.8));
    if (scroller.scrollTop <= before) return await session.until(() => pick(menu.options()), 150);
    await session.settled();
  }
  return null;
}

/** Scroll events come with animation frames, which hidden tabs lack: the event is sent as well. */
const scrollTo = (element: HTMLElement, top: number): void => {
  element.scrollTop = top;
  element.dispatchEvent(new Event("scroll"));
};

/** Closes an open menu without Escape, which closes whole dialogs on some pages. */
export async function closeMenu(session: PageSession, menu: Menu): Promise<void> {
  if (!menu.isOpen() || isDisabled(menu.opener)) return;
  if (isExpanded(menu.opener)) pressOn(visibleProxy(menu.opener) ?? menu.opener);
  await session.until(() => !menu.isOpen(), 300);
}
