/**
 * The host's own mouse and keyboard, where it has them. A click goes to a place and not to an element, and text to whatever has
 * the focus: neither is asked for unless it would reach what is meant.
 */
import { hasFocus } from "./events.ts";
import { centreInHost } from "./host-point.ts";
import type { PageSession } from "./session.ts";
import { isReachable } from "./visible.ts";

/** Nothing lies over it, nor over the frames it is in. */
function isOnTop(element: Element): boolean {
  const frame = element.ownerDocument.defaultView?.frameElement;
  return isReachable(element) && (!frame || isOnTop(frame));
}

/** For refusals of what a trusted press could not be made on. */
export const whyOutOfReach = (element: Element): string | undefined =>
  element.isConnected && !isOnTop(element) ? "something else lies over it" : undefined;

export const clickTrusted = async (session: PageSession, element: HTMLElement): Promise<boolean> =>
  element.isConnected &&
  isOnTop(element) &&
  session.trusted(element, { action: "click", ...centreInHost(element) });

/** A click into the field, then the text inserted there. */
export async function typeTrusted(
  session: PageSession,
  element: HTMLElement,
  text: string,
): Promise<boolean> {
  if (!(await clickTrusted(session, element))) return false;
  if ("select" in element) (element as HTMLInputElement).select();
  return hasFocus(element) && session.trusted(element, { action: "text", text });
}
