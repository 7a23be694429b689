/** Text and money: prototype setter, then insert-text, then trusted typing; each read back after the page settled. */
import { focusOn, key, leave, setNativeValue, tellChange, tellInput } from "../page/events.ts";
import { centreInHost } from "../page/host-point.ts";
import type { PageSession } from "../page/session.ts";
import { refused, type Written } from "./written.ts";

type Box = HTMLInputElement | HTMLTextAreaElement;

const sameText = (shown: string, wanted: string): boolean =>
  shown.replace(/\r\n?/g, "\n").trim() === wanted.replace(/\r\n?/g, "\n").trim();

/** "$1,234.50", "1.234,50 EUR", "24" -> a number; null when there is none. */
export function parseAmount(text: string): number | null {
  const digits = text.replace(/[^\d.,-]/g, "");
  if (!/\d/.test(digits)) return null;
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  const decimal =
    comma > point
      ? /,\d{1,2}$/.test(digits)
        ? ","
        : ""
      : point >= 0 && (comma >= 0 || !/\.\d{3}$/.test(digits) || /^0?\./.test(digits))
        ? "."
        : "";
  const plain =
    decimal === ","
      ? digits.replace(/\./g, "").replace(",", ".")
      : decimal === "."
        ? digits.replace(/,/g, "")
        : digits.replace(/[.,]/g, "");
  const value = Number.parseFloat(plain);
  return Number.isFinite(value) ? value : null;
}

const sameMoney = (shown: string, wanted: string): boolean => {
  const a = parseAmount(shown);
  const b = parseAmount(wanted);
  return a !== null && b !== null && Math.abs(a - b) < 0.005;
};

export type TextKind = "text" | "money";
export const textMatches = (box: Box, wanted: string, kind: TextKind): boolean =>
  kind === "money" || box.type === "number"
    ? sameMoney(box.value, wanted) || sameText(box.value, wanted)
    : sameText(box.value, wanted);

export function setByPrototype(box: Box, text: string): void {
  focusOn(box);
  setNativeValue(box, text);
  tellInput(box, text);
  tellChange(box);
}

function insertText(box: Box, text: string): void {
  focusOn(box);
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
  if (box.disabled || box.readOnly) {
    const open = await session.until(() => !box.disabled && !box.readOnly, 3000);
    if (!open) return refused("write-had-no-effect", "the field is locked", 0);
  }
  const ways = [setByPrototype, insertText];
  for (const [index, way] of ways.entries()) {
    way(box, text);
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
    ? refused("write-had-no-effect", undefined, ways.length)
    : refused("read-back-differs", undefined, ways.length);
}

/** Real typing, where the host can: a trusted click into the field, then the text inserted there. */
export async function typeTrusted(
  session: PageSession,
  element: HTMLElement,
  text: string,
): Promise<boolean> {
  const click = await session.ask({ kind: "needTrusted", action: "click", ...centreInHost(element) });
  if (!("ok" in click) || !click.ok) return false;
  if ("select" in element) (element as Box).select();
  const typed = await session.ask({ kind: "needTrusted", action: "text", text });
  return "ok" in typed && typed.ok;
}

export { key as pressKey };
