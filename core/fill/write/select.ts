/** The browser's own select. The option meant is told from its equals by the group it stands in, or it is none. */
import type { Control } from "../find/control.ts";
import { selectProxy } from "../find/controls.ts";
import { focusOn, leave, setNativeValue, tellChange, tellInput } from "../page/events.ts";
import type { PageSession } from "../page/session.ts";
import { normalise } from "../page/text.ts";
import { pickOffered } from "./options.ts";
import { byTexts, writeMenu } from "./write-menu.ts";
import { isRefused, refused, type Written } from "./written.ts";

const groupOf = (option: HTMLOptionElement): string =>
  (option.parentElement as HTMLOptGroupElement | null)?.label ?? "";

/** The one option that is meant. "Men > Shoes" is not the Shoes of another group, and two that tie are none. */
function optionFor(select: HTMLSelectElement, accept: readonly string[]): HTMLOptionElement | null {
  const path = accept.find((text) => text.includes(" > "));
  const isElsewhere = (group: string) =>
    path !== undefined && group !== "" && !path.split(" > ").map(normalise).includes(normalise(group));
  const options = [...select.options].filter(
    (option) => !option.disabled && !option.hidden && !isElsewhere(groupOf(option)),
  );
  const texts = options.map((option) => ({ text: option.text, option }));
  const values = options.map((option) => ({ text: option.value, option }));
  const picked = (pickOffered(accept, texts) ?? pickOffered(accept, values))?.option;
  const twin = options.find((one) => one.text === picked?.text && one.value !== picked.value);
  return picked && !twin ? picked : null;
}

export const selectMatches = (select: HTMLSelectElement, accept: readonly string[]): boolean =>
  select.selectedOptions.length === 1 && select.selectedOptions[0] === optionFor(select, accept);

export async function writeSelect(
  session: PageSession,
  select: HTMLSelectElement,
  accept: readonly string[],
): Promise<Written> {
  const option = await session.until(() => !select.disabled && optionFor(select, accept), 3000);
  if (!option) return refused("option-missing", undefined, 0);
  const proxy = selectProxy(select);
  const done = () => {
    const now = select.selectedOptions[0];
    return now?.text === option.text && now.value === option.value;
  };
  if (proxy) {
    const control: Control = { kind: "listbox", element: proxy, members: [proxy] };
    const written = await writeMenu(session, control, byTexts([option.text]), {});
    if (!isRefused(written) && done()) return { verified: true, attempts: written.attempts };
  }
  for (let attempt = 1; attempt <= 2; attempt++) {
    focusOn(select);
    if (select.multiple) for (const one of select.options) one.selected = one === option;
    else setNativeValue(select, option.value);
    if (!done()) option.selected = true; // two options may carry the same value
    tellInput(select);
    tellChange(select);
    await session.settled();
    leave(select);
    await session.settled();
    if (select.isConnected ? done() : true) return { verified: select.isConnected, attempts: attempt };
  }
  return refused("read-back-differs", undefined, 2);
}
