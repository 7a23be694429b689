/** Switches, checkboxes, toggle buttons: pressed where a hand would press, until they say what they should. */
import { key, pressOn } from "../page/events.ts";
import type { PageSession } from "../page/session.ts";
import { clickTrusted, whyOutOfReach } from "../page/trusted.ts";
import { visibleProxy } from "../page/visible.ts";
import { refused, type Written } from "./written.ts";

export function isOn(element: HTMLElement): boolean | null {
  const inner = element.matches("input")
    ? element
    : element.querySelector<HTMLElement>("input[type=checkbox],input[type=radio]");
  if (inner) return (inner as HTMLInputElement).checked;
  for (const name of [
    "aria-checked",
    "aria-pressed",
    "aria-selected",
    "data-state",
    "data-checked",
    "data-selected",
  ]) {
    const holder = element.hasAttribute(name) ? element : element.querySelector(`[${name}]`);
    const value = holder?.getAttribute(name);
    if (value === null || value === undefined) continue;
    if (/^(true|checked|on|)$/.test(value)) return true;
    if (/^(false|unchecked|off|mixed)$/.test(value)) return false;
  }
  return null;
}

/** Presses until `done` holds: the element, what lies under its centre, its label, the space key, a trusted click. */
export async function pressUntil(
  session: PageSession,
  element: HTMLElement,
  done: () => boolean,
  wait = 700,
): Promise<Written> {
  if (done()) return { verified: true, attempts: 0 };
  const proxy = visibleProxy(element);
  const ways: (() => void)[] = [];
  if (proxy === element) ways.push(() => pressOn(element));
  if (proxy && proxy !== element) ways.push(() => pressOn(proxy));
  ways.push(() => element.click());
  ways.push(() => key(element, " "));
  let attempts = 0;
  for (const way of ways) {
    if (!element.isConnected) break;
    attempts++;
    session.own(way);
    if (await session.until(done, attempts === 1 ? wait : 300)) {
      await session.settled();
      if (done()) return { verified: true, attempts };
    }
    if (attempts === 1 && (await session.showPage())) {
      if (await session.until(done, wait)) return { verified: true, attempts };
    }
  }
  const spot = visibleProxy(element) ?? element;
  if ((await clickTrusted(session, spot)) && (await session.until(done, wait)))
    return { verified: true, attempts: attempts + 1 };
  return refused("write-had-no-effect", whyOutOfReach(spot), attempts);
}

export async function writeSwitch(session: PageSession, element: HTMLElement, on: boolean): Promise<Written> {
  const now = isOn(element);
  if (now === null) return refused("read-back-differs", "the switch does not say whether it is on", 0);
  return pressUntil(session, element, () => isOn(element) === on);
}
