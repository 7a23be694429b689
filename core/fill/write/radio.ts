import type { Control } from "../find/control.ts";
import { memberName } from "../find/names.ts";
import type { PageSession } from "../page/session.ts";
import { pickOffered } from "./options.ts";
import { isOn, pressUntil } from "./switch.ts";
import { refused, type Written } from "./written.ts";

/** The member meant: by what it is called, and only where none is called so by its value. */
const memberFor = (control: Control, accept: readonly string[]): HTMLElement | null => {
  const values = control.members.flatMap((option) => {
    const { value } = option as HTMLInputElement;
    return value && value !== "on" && !/^\d+$/.test(value) ? [{ text: value, option }] : [];
  });
  const names = control.members.map((option) => ({ text: memberName(option), option }));
  return (pickOffered(accept, names) ?? pickOffered(accept, values))?.option ?? null;
};

export async function writeRadio(
  session: PageSession,
  control: Control,
  accept: readonly string[],
): Promise<Written> {
  const member = memberFor(control, accept);
  return member
    ? pressUntil(session, member, () => isOn(member) === true)
    : refused("option-missing", undefined, 0);
}

export const radioMatches = (control: Control, accept: readonly string[]): boolean => {
  const member = memberFor(control, accept);
  return member !== null && isOn(member) === true;
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
    const member = memberFor(control, [text]);
    if (!member) return refused("option-missing", undefined, attempts);
    wanted.add(member);
  }
  for (const member of control.members) {
    const written = await pressUntil(session, member, () => isOn(member) === wanted.has(member));
    attempts += written.attempts;
    if ("refused" in written) return written;
  }
  return { verified: true, attempts };
}

export const checkboxesMatch = (control: Control, texts: readonly string[]): boolean => {
  const wanted = texts.map((text) => memberFor(control, [text]));
  return (
    !wanted.includes(null) &&
    control.members.every((member) => (isOn(member) === true) === wanted.includes(member))
  );
};
export const checkboxesValue = (control: Control): string =>
  control.members
    .filter((member) => isOn(member))
    .map(memberName)
    .join(", ");
