/** Tags: text and Enter each, read back as chips; in a field that makes no chips, one comma-separated text. */
import type { Control } from "../find/control.ts";
import { focusOn, key, leave, pressOn, setNativeValue, tellInput } from "../page/events.ts";
import { tagOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { isVisible } from "../page/visible.ts";
import { normalise } from "../page/text.ts";
import { optionsIn } from "./menu.ts";
import { pickOffered } from "./options.ts";
import { writeText } from "./text.ts";
import { refused, type Written } from "./written.ts";

const OTHER = "input:not([type=hidden]),select,textarea,[role=combobox]";
const CHIP_MARKS = /[\s×✕✖⨯#,]+/g;
const chipText = (text: string) => normalise(text).replace(CHIP_MARKS, " ").trim();

/** The box around the tag input, as long as it holds no other field. */
const boxAround = (input: HTMLElement): HTMLElement => {
  let box = input.parentElement ?? input;
  for (let level = 0; level < 4; level++) {
    const up = box.parentElement;
    if (!up || /^(BODY|FORM|MAIN)$/.test(up.tagName)) break;
    if ([...up.querySelectorAll(OTHER)].some((one) => one !== input && isVisible(one))) break;
    box = up;
  }
  return box;
};

export function chipsShown(input: HTMLElement): string[] {
  const box = boxAround(input);
  const leaves = [...box.querySelectorAll<HTMLElement>("*")].filter(
    (one) => !one.closest("[role=listbox],[role=menu],[aria-live],label,svg,style") && isVisible(one),
  );
  return leaves
    .flatMap((one) =>
      [...one.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => chipText(node.nodeValue ?? "")),
    )
    .filter(Boolean);
}

const commaText = (texts: readonly string[]) => texts.join(", ");

export function chipsMatch(control: Control, texts: readonly string[]): boolean {
  const input = control.element as HTMLInputElement;
  if ("value" in input && input.value !== "" && normalise(input.value) === normalise(commaText(texts)))
    return true;
  const shown = chipsShown(input);
  return texts.every((text) => shown.includes(chipText(text)));
}

export async function writeChips(
  session: PageSession,
  control: Control,
  texts: readonly string[],
): Promise<Written> {
  if (texts.length === 0 || chipsMatch(control, texts)) return { verified: true, attempts: 0 };
  const input = control.element as HTMLInputElement;
  if (tagOf(input) !== "input" && tagOf(input) !== "textarea")
    return refused("write-had-no-effect", "not a field that takes tags", 0);
  let attempts = 0;
  for (const [index, text] of texts.entries()) {
    if (chipsShown(input).includes(chipText(text))) continue;
    const made = () => input.value === "" && chipsShown(input).includes(chipText(text));
    focusOn(input);
    setNativeValue(input, text);
    tellInput(input, text, "insertText");
    await session.settled();
    let done: boolean | null = false;
    for (const name of ["Enter", ","]) {
      attempts++;
      key(input, name);
      done = await session.until(made, 350);
      if (done) break;
      const option = name === "Enter" ? await offeredFor(session, input, text) : null;
      if (option) {
        pressOn(option);
        done = await session.until(made, 400);
        if (done) break;
      }
    }
    if (done) continue;
    if (await pressAdd(session, input, made)) continue;
    if (index === 0 && input.isConnected && normalise(input.value) === normalise(text))
      return writeText(session, input, commaText(texts));
    setNativeValue(input, "");
    tellInput(input);
    return refused(
      input.value === "" && index > 0 ? "read-back-differs" : "write-had-no-effect",
      `${index} of ${texts.length} made`,
      attempts,
    );
  }
  leave(input);
  await session.settled();
  return chipsMatch(control, texts)
    ? { verified: true, attempts }
    : refused("read-back-differs", undefined, attempts);
}

async function offeredFor(
  session: PageSession,
  input: HTMLElement,
  text: string,
): Promise<HTMLElement | null> {
  if (input.getAttribute("role") !== "combobox" && !input.hasAttribute("aria-autocomplete")) return null;
  return session.until(() => {
    const lists = [...session.document.querySelectorAll<HTMLElement>("[role=listbox]")].filter(isVisible);
    return pickOffered([text], optionsIn(lists))?.option ?? null;
  }, 1200);
}

/** An "Add" button beside the input. */
async function pressAdd(session: PageSession, input: HTMLElement, made: () => boolean): Promise<boolean> {
  const button = [...boxAround(input).querySelectorAll<HTMLElement>("button,[role=button]")].find(
    (one) => /^(\+|add( tag)?)$/i.test(one.innerText.trim()) && isVisible(one),
  );
  if (!button) return false;
  pressOn(button);
  return (await session.until(made, 400)) === true;
}
