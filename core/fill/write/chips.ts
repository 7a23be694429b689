/** Tags: text and Enter each, read back as chips; in a field that makes no chips, one comma-separated text. */
import type { Control } from "../find/control.ts";
import { focusOn, key, leave, pressOn, setNativeValue, tellInput } from "../page/events.ts";
import { tagOf } from "../page/roots.ts";
import type { PageSession } from "../page/session.ts";
import { isVisible } from "../page/visible.ts";
import { optionsIn } from "./offered.ts";
import { pickOffered } from "./options.ts";
import { sameText, tooLongFor, writeText } from "./text.ts";
import { refused, type Written } from "./written.ts";

const OTHER = "input:not([type=hidden]),select,textarea,[role=combobox]";
/** What fields hang on a tag. Its case is no part of it: many sites write all tags small. */
const MARK = "[×✕✖⨯]";
const ENDS = new RegExp(`^(#|${MARK})\\s*|\\s*(,|${MARK})$`, "g");
const chipText = (text: string) =>
  text.normalize("NFC").replace(/\s+/g, " ").trim().replace(ENDS, "").toLowerCase();

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

const PRESSED = "button,[role=button],a";
const REMOVER = "[aria-label^=remove i],[aria-label^=delete i],svg,i,button,[role=button]";

/** Tags that are offered stand on buttons that say nothing else; those that are set can be taken away. */
const isOffered = (leaf: HTMLElement): boolean => {
  const button = leaf.closest<HTMLElement>(PRESSED);
  return button !== null && !button.querySelector(REMOVER) && !new RegExp(MARK).test(button.innerText);
};

/** The elements around the input that hold a text of their own, with that text. */
const leavesBeside = (input: HTMLElement): { leaf: HTMLElement; text: string }[] =>
  [...boxAround(input).querySelectorAll<HTMLElement>("*")]
    .filter(
      (one) =>
        !one.closest("[role=listbox],[role=menu],[aria-live],label,svg,style") &&
        isVisible(one) &&
        !isOffered(one),
    )
    .flatMap((leaf) =>
      [...leaf.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => ({ leaf, text: chipText(node.nodeValue ?? "") })),
    )
    .filter(({ text }) => text !== "");

export const chipsShown = (input: HTMLElement): string[] => leavesBeside(input).map(({ text }) => text);

const lookOf = ({ tagName, className }: HTMLElement) => `${tagName} ${className}`;
/** Tags besides the wanted ones: made like them, with something to take them away by. */
function strangers(input: HTMLElement, texts: readonly string[]): HTMLElement[] {
  const wanted = new Set(texts.map(chipText));
  const all = leavesBeside(input);
  const looks = new Set(all.filter(({ text }) => wanted.has(text)).map(({ leaf }) => lookOf(leaf)));
  return all.flatMap(({ leaf, text }) => {
    const remover =
      wanted.has(text) || !looks.has(lookOf(leaf))
        ? null
        : leaf.parentElement?.querySelector<HTMLElement>(REMOVER);
    return remover && !leaf.contains(remover) && !remover.contains(leaf) ? [remover] : [];
  });
}

const commaText = (texts: readonly string[]) => texts.join(", ");

export function chipsMatch(control: Control, texts: readonly string[]): boolean {
  const input = control.element as HTMLInputElement;
  if ("value" in input && input.value !== "" && sameText(input.value, commaText(texts))) return true;
  const shown = chipsShown(input);
  return texts.every((text) => shown.includes(chipText(text))) && strangers(input, texts).length === 0;
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
    const tooLong = tooLongFor(input, text);
    if (tooLong) return refused("write-had-no-effect", tooLong, attempts);
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
    if (index === 0 && input.isConnected && sameText(input.value, text))
      return writeText(session, input, commaText(texts));
    setNativeValue(input, "");
    tellInput(input);
    return refused(
      input.value === "" && index > 0 ? "read-back-differs" : "write-had-no-effect",
      `${index} of ${texts.length} made`,
      attempts,
    );
  }
  for (const remover of strangers(input, texts)) {
    pressOn(remover);
    await session.until(() => !remover.isConnected, 400);
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
