/**
 * Rich text editors. Model-aware editors take a paste or a `beforeinput` and say so by preventing the default; plain
 * editable boxes take insert-text. Slate shows inserted text that its model never got (facts: README), so Slate is asked
 * by `beforeinput` first. What is read back is the shown text, line by line.
 */
import { focusOn, hasFocus, leave } from "../page/events.ts";
import { tagOf, windowOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { typeTrusted, whyOutOfReach } from "../page/trusted.ts";
import { editableBody } from "../find/controls.ts";
import { difference } from "./difference.ts";
import { refused, type Written } from "./written.ts";

/** The editable element itself: for an editor in a frame, the frame's body. */
const editableOf = (element: HTMLElement): HTMLElement =>
  tagOf(element) === "iframe" ? (editableBody(element) ?? element) : element;

const PLACEHOLDER = "[data-slate-placeholder],[data-placeholder]:empty,.ql-tooltip,.placeholder";

/** Lines that hold text, spaces collapsed: editors differ in how they mark empty lines. */
export function richTextOf(element: HTMLElement): string {
  const body = editableOf(element);
  const placeholder = body.querySelector<HTMLElement>(PLACEHOLDER);
  const text = body.innerText ?? "";
  const shown = placeholder && placeholder.innerText ? text.replace(placeholder.innerText, "") : text;
  return linesKept(shown);
}
const linesKept = (text: string) =>
  text
    .normalize("NFC")
    .replace(/[\u200b\ufeff]/g, "")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");

export const richTextMatches = (element: HTMLElement, text: string): boolean =>
  richTextOf(element) === linesKept(text);

async function selectAll(session: PageSession, body: HTMLElement): Promise<void> {
  focusOn(body);
  const selection = windowOf(body).getSelection();
  const range = body.ownerDocument.createRange();
  range.selectNodeContents(body);
  selection?.removeAllRanges();
  selection?.addRange(range);
  body.ownerDocument.dispatchEvent(new Event("selectionchange"));
  for (let turns = 0; turns < 3; turns++) await session.turn(); // selectionchange is told in a task of its own
}

const dataOf = (text: string): DataTransfer => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  return data;
};

type Way = (body: HTMLElement, text: string) => unknown;

const paste: Way = (body, text) => {
  const event = new ClipboardEvent("paste", {
    bubbles: true,
    cancelable: true,
    composed: true,
    clipboardData: dataOf(text),
  });
  return !body.dispatchEvent(event);
};

const beforeInputPaste: Way = (body, text) =>
  !body.dispatchEvent(
    new InputEvent("beforeinput", {
      bubbles: true,
      cancelable: true,
      composed: true,
      inputType: "insertFromPaste",
      dataTransfer: dataOf(text),
    }),
  );

const beforeInputText: Way = (body, text) => {
  let handled = false;
  for (const [index, line] of text.split("\n").entries()) {
    const send = (inputType: string, data: string | null) =>
      !body.dispatchEvent(
        new InputEvent("beforeinput", { bubbles: true, cancelable: true, composed: true, inputType, data }),
      );
    if (index > 0) handled = send("insertParagraph", null) || handled;
    if (line) handled = send("insertText", line) || handled;
  }
  return handled;
};

const insertText: Way = (body, text) => {
  const document = body.ownerDocument;
  if (!hasFocus(body)) return; // the page gave the focus to another field
  for (const [index, line] of text.split("\n").entries()) {
    if (index > 0) document.execCommand("insertParagraph");
    if (line) document.execCommand("insertText", false, line);
  }
};

/** Ways in the order that saves in the editor at hand, as measured. */
function waysFor(body: HTMLElement): Way[] {
  if (body.matches("[data-slate-editor]")) return [beforeInputPaste, beforeInputText, paste];
  if (
    body.matches(
      "[data-lexical-editor],.ProseMirror,.ql-editor,.ck-editor__editable,.public-DraftEditor-content",
    )
  )
    return [paste, insertText, beforeInputText];
  return [insertText, paste, beforeInputText];
}

export async function writeRichText(
  session: PageSession,
  element: HTMLElement,
  text: string,
): Promise<Written> {
  const body = editableOf(element);
  if (richTextMatches(element, text)) return { verified: true, attempts: 0 };
  let attempts = 0;
  for (const way of waysFor(body)) {
    attempts++;
    await selectAll(session, body);
    session.own(() => way(body, text));
    await session.settled();
    const done = () => body.isConnected && richTextMatches(element, text);
    if (done() || (await session.until(done, 400))) {
      body.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertText" }));
      leave(body);
      await session.settled();
      if (richTextMatches(element, text)) return { verified: true, attempts };
    }
    if (attempts === 1 && (await session.showPage()) && (await session.until(done, 400)))
      return { verified: true, attempts };
  }
  await selectAll(session, body);
  if (
    (await typeTrusted(session, body, text)) &&
    (await session.until(() => richTextMatches(element, text), 800))
  )
    return { verified: true, attempts: attempts + 1 };
  return richTextOf(element) === ""
    ? refused("write-had-no-effect", whyOutOfReach(body), attempts)
    : refused("read-back-differs", difference(richTextOf(element), linesKept(text)), attempts);
}
