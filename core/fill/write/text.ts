/** Text and money: prototype setter, then insert-text, then trusted typing; each read back after the page settled. */
import { focusOn, hasFocus, leave, setNativeValue, tellChange, tellInput } from "../page/events.ts";
import type { PageSession } from "../page/session.ts";
import { typeTrusted, whyOutOfReach } from "../page/trusted.ts";
import { amountOf } from "./amount.ts";
import { difference } from "./difference.ts";
import { refused, type Written } from "./written.ts";

type Box = HTMLInputElement | HTMLTextAreaElement;

/** Line ends are a box's own affair, and an accent may be a sign of its own: that much is the same text. */
const told = (text: string): string => text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
export const sameText = (shown: string, wanted: string): boolean => told(shown) === told(wanted);

const sameAmount = (shown: string, wanted: string): boolean => {
  const value = amountOf(wanted)?.value;
  return value !== undefined && amountOf(shown)?.value === value;
};

export type TextKind = "text" | "money";
/** Text is compared as text wherever it is shown: a ZIP code is no number, though a number box may make one of it. */
export const textMatches = (box: Box, wanted: string, kind: TextKind): boolean =>
  sameText(box.value, wanted) || (kind === "money" && sameAmount(box.value, wanted));

/** Why a person could not type this text into the box, though a script could set it. */
export const tooLongFor = ({ maxLength }: Box, text: string): string | null =>
  maxLength >= 0 && text.length > maxLength
    ? `the field takes ${maxLength} characters, not ${text.length}`
    : null;

export function setByPrototype(box: Box, text: string): void {
  focusOn(box);
  setNativeValue(box, text);
  tellInput(box, text);
  tellChange(box);
}

function insertText(box: Box, text: string): void {
  focusOn(box);
  if (!hasFocus(box)) return; // the page gave the focus to another field
  box.select();
  box.ownerDocument.execCommand("insertText", false, text);
  tellChange(box);
}

export async function writeText(
  session: PageSession,
  box: Box,
  text: string,
  kind: TextKind = "text",
): Promise<Written> {
  if (textMatches(box, text, kind)) return { verified: true, attempts: 0 };
  const tooLong = tooLongFor(box, text);
  if (tooLong) return refused("write-had-no-effect", tooLong, 0);
  if (box.disabled || box.readOnly) {
    const open = await session.until(() => !box.disabled && !box.readOnly, 3000);
    if (!open) return refused("write-had-no-effect", "the field is locked", 0);
  }
  const ways = [setByPrototype, insertText];
  for (const [index, way] of ways.entries()) {
    session.own(() => way(box, text));
    await session.settled();
    leave(box);
    await session.settled();
    if (textMatches(box, text, kind)) return { verified: true, attempts: index + 1 };
  }
  if (await typeTrusted(session, box, text)) {
    await session.settled();
    if (textMatches(box, text, kind)) return { verified: true, attempts: ways.length + 1 };
  }
  return box.value === ""
    ? refused("write-had-no-effect", whyOutOfReach(box), ways.length)
    : refused("read-back-differs", difference(told(box.value), told(text)), ways.length);
}
