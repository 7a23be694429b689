/**
 * Controls that say of themselves in no way what they are: plain buttons that open a picker, boxes to drop photos on.
 * Only taken along when words right beside them name a field that such a thing could hold.
 */
import { queryAll } from "../page/roots.ts";
import { firstLines, linesOf } from "../page/text.ts";
import { isAriaHidden, isVisible } from "../page/visible.ts";
import type { Control } from "../find/control.ts";
import { statedNames } from "../find/names.ts";
import type { Reader } from "./reading.ts";
import type { MeaningClass } from "./decoy-words.ts";

const HELD = new Set<MeaningClass>([
  "category",
  "condition",
  "brand",
  "size",
  "colors",
  "material",
  "location",
  "shippingProfile",
]);
const ASKS = /^(select|choose|pick|add|set|none|any|not set|tap to|click to|please|all|-+)\b|^$/i;
const DROP = /(drag|drop)\b.*(photo|image|picture|file|here)|^(add|upload) (photos|images|pictures)\b/i;

export function withLooseOpeners(
  document: Document,
  controls: readonly Control[],
  reader: Reader,
): Control[] {
  const taken = controls.flatMap((control) => control.members);
  const free = (one: HTMLElement) =>
    isVisible(one) &&
    !isAriaHidden(one) &&
    !taken.some((member) => one.contains(member) || member.contains(one));
  const all = [...controls];
  for (const element of queryAll(
    document,
    "button:not([type=submit]),[role=button],div[tabindex='0'],span[tabindex='0'],a[role=button]",
  )) {
    if (!free(element) || !ASKS.test(linesOf(element)[0] ?? "")) continue;
    const control: Control = { kind: "opener", element, members: [element] };
    const before = element.previousElementSibling ?? element.parentElement?.previousElementSibling;
    const names = [
      ...statedNames(control),
      ...(before && !before.querySelector("input,select,textarea,button") ? firstLines(before) : []),
    ];
    const own = linesOf(element)[0] ?? "";
    const says = (text: string) =>
      [...reader.read(text)].some(([meaning, strength]) => HELD.has(meaning) && strength === 1);
    if (names.some(says) || (says(own) && /^(select|choose|pick)\b/i.test(own))) all.push(control);
  }
  if (!controls.some((control) => control.kind === "photos")) {
    const zones = queryAll(
      document,
      "[class*=drop i],[class*=upload i],[data-testid*=drop i],[role=button],label,section",
    ).filter((one) => free(one) && DROP.test(one.innerText.trim()) && one.innerText.length < 160);
    const zone = zones.find((one) => !zones.some((other) => other !== one && one.contains(other)));
    if (zone) all.push({ kind: "photos", element: zone, members: [zone] });
  }
  return all;
}
