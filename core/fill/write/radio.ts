import type { Control } from "../find/control.ts";
import { memberName } from "../find/names.ts";
import type { PageSession } from "../page/session.ts";
import { pickOffered } from "./options.ts";
import { isOn, pressUntil } from "./switch.ts";
import { refused, type Written } from "./written.ts";

const offeredBy = (control: Control) =>
  control.members.flatMap((option) => {
    const value = (option as HTMLInputElement).value;
    const texts = [memberName(option)];
    if (value && value !== "on" && !/^\d+$/.test(value)) texts.push(value);
    return texts.map((text) => ({ text, option }));
  });

export async function writeRadio(
  session: PageSession,
  control: Control,
  accept: readonly string[],
): Promise<Written> {
  const picked = pickOffered(accept, offeredBy(control).filter((one, index, all) => all.findIndex((other) => other.option === one.option) === index))
    ?? pickOffered(accept, offeredBy(control)); // prettier-ignore
  if (!picked) return refused("option-missing", undefined, 0);
  return pressUntil(session, picked.option, () => isOn(picked.option) === true);
}

export const radioMatches = (control: Control, accept: readonly string[]): boolean => {
  const picked = pickOffered(accept, offeredBy(control));
  return picked !== null && isOn(picked.option) === true;
};

export const radioValue = (control: Control): string | null => {
  const on = control.members.find((member) => isOn(member) === true);
  return on ? memberName(on) : null;
};

/** Several of a group: each wanted one on, every other off. */
export async function writeCheckboxes(
  session: PageSession,
  control: Control,
  texts: readonly string[],
): Promise<Written> {
  let attempts = 0;
  const wanted = new Set<HTMLElement>();
  for (const text of texts) {
    const picked = pickOffered([text], offeredBy(control));
    if (!picked) return refused("option-missing", undefined, attempts);
    wanted.add(picked.option);
  }
  for (const member of control.members) {
    const written = await pressUntil(session, member, () => isOn(member) === wanted.has(member));
    attempts += written.attempts;
    if ("refused" in written) return written;
  }
  return { verified: true, attempts };
}

export const checkboxesMatch = (control: Control, texts: readonly string[]): boolean => {
  const wanted = new Set(texts.map((text) => pickOffered([text], offeredBy(control))?.option));
  return control.members.every((member) => (isOn(member) === true) === wanted.has(member));
};
export const checkboxesValue = (control: Control): string =>
  control.members
    .filter((member) => isOn(member))
    .map(memberName)
    .join(", ");
