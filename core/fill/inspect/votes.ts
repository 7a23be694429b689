/** Weighted, named votes for what a control is for: the sum over everything the page says about it. */
import type { Control } from "../find/control.ts";
import { tagOf, typeOf } from "../page/roots.ts";
import { normalise } from "../page/text.ts";
import { isImageInput } from "../write/hand-over.ts";
import {
  accessibleName,
  handleWords,
  hiddenOriginal,
  memberName,
  nearText,
  statedNames,
  type NearText,
} from "../find/names.ts";
import type { Reader } from "./reading.ts";
import { columnHead, textByPlace, type textSpots } from "./position.ts";
import { CONTEXTS, OPTION_WORDS, type MeaningClass } from "./decoy-words.ts";

export type Vote = { name: string; meaning: MeaningClass; weight: number };
export type Opinion = {
  control: Control;
  label: string;
  votes: Vote[];
  near: NearText;
  ranked: { meaning: MeaningClass; score: number }[];
};

const W = {
  stated: 10,
  near: 8,
  after: 3,
  place: 6,
  placeholder: 6,
  autocomplete: 8,
  handle: 6,
  options: 9,
  context: 7,
  type: 12,
  unit: 4,
  title: 4,
};
const HANDLES = [
  "name",
  "id",
  "data-testid",
  "data-test",
  "data-cy",
  "data-qa",
  "data-field",
  "data-name",
  "formcontrolname",
  "ng-model",
  "data-automation-id",
];
const AUTOCOMPLETE: [RegExp, MeaningClass][] = [
  [/postal-code/, "postalCode"], [/address-level2/, "city"], [/email|\btel|name|bday|sex|username|organization|url|impp/, "~person"],
  [/address|street|country/, "~address"], [/transaction-amount/, "~money"],
]; // oxfmt-ignore
const TYPES: Record<string, MeaningClass> = {
  email: "~person",
  tel: "~person",
  url: "~slug",
  search: "~search",
  color: "~style",
  month: "~style",
  date: "~style",
};

const CHOOSABLE = ["select", "combobox", "listbox", "radio", "opener"];
const TYPED = ["text", "number", "combobox"];
const KINDS: Partial<Record<MeaningClass, string[]>> = {
  photos: ["photos"], title: ["text"], description: ["text", "richText"], price: ["text", "number"], quantity: ["text", "number", "select", "combobox"],
  condition: [...CHOOSABLE, "text", "slider"], category: [...CHOOSABLE, "text"], brand: [...CHOOSABLE, "text"], size: [...CHOOSABLE, "text", "number"],
  colors: [...CHOOSABLE, "text", "checkboxes"], material: [...CHOOSABLE, "text", "checkboxes"], tags: ["text", "combobox", "checkboxes"], sku: ["text", "number"],
  weightGrams: TYPED, weightPounds: TYPED, weightOunces: TYPED, length: TYPED, width: TYPED, height: TYPED, shippingProfile: CHOOSABLE, payer: CHOOSABLE,
  freeShipping: ["switch"], offersShipping: ["switch"], noShipping: ["switch"], location: [...TYPED, "listbox", "select", "opener"], postalCode: TYPED, city: [...TYPED, "select", "listbox"],
  cost: ["text", "number"], notes: ["text", "richText"], priceFloor: ["text", "number"],
}; // oxfmt-ignore

/** Whether a control of this kind can be for that. What is not listed (the decoys) can be anything. */
const compatible = (meaning: MeaningClass, control: Control): boolean => {
  const kinds = KINDS[meaning];
  if (kinds && !kinds.includes(control.kind)) return false;
  const area = tagOf(control.element) === "textarea";
  if (
    area &&
    /^(price|cost|quantity|sku|postalCode|city|brand|size|condition|category|weight|length|width|height|priceFloor)/.test(
      meaning,
    )
  )
    return false;
  return meaning !== "title" || typeOf(control.element) !== "number";
};

/** The texts of what a list offers, as far as they are in the page without opening it. */
export const offeredTexts = ({ kind, element, members }: Control): string[] => {
  if (kind === "select")
    return [...(element as HTMLSelectElement).options]
      .map((option) => option.text.trim())
      .filter((text) => text && !/^[-–—\s]*(select|choose|pick|please|any)\b|^-+$/i.test(text));
  if (kind === "radio" || kind === "checkboxes") return members.map(memberName);
  const list = (element as HTMLInputElement).list;
  return list ? [...list.options].map((option) => option.value) : [];
};

const GENERIC =
  /^(select|choose|pick|enter|type|add|search|start typing|none|please|click|any|required|optional|value|text|input|edit|option)\b/i;

export function opinionOn(
  control: Control,
  reader: Reader,
  isOther: (element: Element) => boolean,
  spots: () => ReturnType<typeof textSpots>,
): Opinion {
  const { element } = control;
  const votes: Vote[] = [];
  const speak = (name: string, text: string | null | undefined, weight: number): boolean => {
    if (!text?.trim()) return false;
    const reading = reader.read(text);
    for (const [meaning, strength] of reading)
      votes.push({
        name: `${name}: ${meaning}`,
        meaning,
        weight: weight * strength * (/^\W*name\W*$/i.test(text) ? 0.8 : 1),
      }); // "Name" may be anyone's
    return reading.size > 0;
  };
  const near = nearText(control, isOther);
  const stated = statedNames(control);
  const placeholder =
    element.getAttribute("placeholder") ??
    element.getAttribute("aria-placeholder") ??
    element.getAttribute("data-placeholder") ??
    element.querySelector("[data-placeholder]")?.getAttribute("data-placeholder") ??
    "";
  const named =
    stated.length === 0 && control.members.length === 1 && control.kind !== "photos"
      ? accessibleName(element)
      : "";
  const own = named && named !== placeholder && !element.textContent?.includes(named) ? named : "";

  const texts = [...new Set(stated.map((text) => text.trim()))].filter((text) => text.length < 200);
  const told = best(reader, texts) ?? own;
  const before = near.before.filter((text) => /\p{L}{2}/u.test(text) && !GENERIC.test(text));
  const label = told || before[0] || near.shared[0] || placeholder;
  let understood = speak("label", told, W.stated);
  const hasName = told !== "" && !GENERIC.test(told);
  if (!hasName || !understood) {
    const weight = hasName ? 2 : W.near;
    // A row of labels over a row of boxes: which is whose, only the place tells.
    const placed = near.among ? textByPlace(element, spots()) : null;
    understood = speak("text before", placed ?? before[0], weight) || understood;
    if (!understood && before[1] && !near.among) understood = speak("text before", before[1], weight * 0.6);
    const after = near.after.find((text) => /\p{L}{2}/u.test(text));
    if (!understood)
      understood = speak(
        "text after",
        after,
        !before[0] || /switch|photos/.test(control.kind) ? W.after + 4 : W.after,
      );
    if (!understood) understood = speak("column head", columnHead(element), W.near);
    if (!understood && !before[0] && !after)
      understood = speak("text by place", textByPlace(element, spots()), W.place);
    if (!understood && !before[0]) speak("text before the group", near.shared[0], W.near * 0.7);
  }
  const named2 = hasName || before[0] !== undefined;
  // A label nobody understands is still a label: the field is something else, whatever its handle says.
  const trust = named2 && !understood ? 0.5 : 1;
  speak(
    "placeholder",
    placeholder,
    W.placeholder * trust * (/\be\.?g\b|example|^ex/i.test(placeholder) ? 0.5 : 1),
  );
  speak("title", element.getAttribute("title"), W.title * trust);
  const original = control.kind === "richText" ? hiddenOriginal(element) : null;
  const named3 = original ? [original, element] : [element];
  const handles = new Set(
    named3
      .flatMap((one) => HANDLES.map((attribute) => handleWords(one.getAttribute(attribute) ?? "")))
      .filter((words) => words.length > 1),
  );
  const strongest = strongestHandle(reader, [...handles]);
  if (strongest) speak("name or id", strongest, W.handle * trust);

  const autocomplete = element.getAttribute("autocomplete") ?? "";
  const known = /^(on|off|new-password|nope|false)?$/.test(autocomplete)
    ? undefined
    : AUTOCOMPLETE.find(([pattern]) => pattern.test(autocomplete));
  if (known) votes.push({ name: "autocomplete", meaning: known[1], weight: W.autocomplete });
  const byType = element.getAttribute("role") === "combobox" ? undefined : TYPES[typeOf(element)];
  if (byType) votes.push({ name: "input type", meaning: byType, weight: W.type });
  if (
    element.closest("[role=search],form[action*=search i],nav,[role=navigation]") ||
    element.getAttribute("role") === "searchbox"
  )
    votes.push({ name: "stands in a search or menu", meaning: "~search", weight: W.type });
  if (
    element.closest("footer,[role=contentinfo]") &&
    !element.closest("form")?.querySelector("textarea,input[type=file]")
  )
    votes.push({ name: "stands in the footer", meaning: "~person", weight: W.context });

  for (const [meaning, share] of byOptions(offeredTexts(control)))
    votes.push({ name: "offered options", meaning, weight: W.options * share });
  addContext(votes, near, reader);
  addUnits(votes, control, near, element);
  if (control.kind === "photos" && isImageInput(element) && (element as HTMLInputElement).accept)
    votes.push({ name: "accepts images", meaning: "photos", weight: 6 });

  const scores = new Map<MeaningClass, number>();
  for (const vote of votes)
    if (compatible(vote.meaning, control))
      scores.set(vote.meaning, (scores.get(vote.meaning) ?? 0) + vote.weight);
  mergeFamilies(scores);
  const ranked = [...scores]
    .map(([meaning, score]) => ({ meaning, score }))
    .sort((a, b) => b.score - a.score);
  return { control, label: label || handles.values().next().value || "", votes, near, ranked };
}

/** "Package weight" over a box for pounds, "Dimensions" over one for width: the wider word backs the narrower. */
function mergeFamilies(scores: Map<MeaningClass, number>): void {
  const weight = scores.get("weightGrams") ?? 0;
  const units = (["weightPounds", "weightOunces"] as const).filter((one) => scores.has(one));
  for (const unit of units) scores.set(unit, (scores.get(unit) ?? 0) + weight);
  if (units.length > 0) scores.delete("weightGrams");
  if ((["length", "width", "height"] as const).some((one) => scores.has(one))) scores.delete("~dimension");
}

/** Of several ways a page names a control, the one that says most. */
const best = (reader: Reader, texts: readonly string[]): string | undefined => {
  const strength = (text: string) => Math.max(0, ...reader.read(text).values());
  return [...texts].sort((a, b) => strength(b) - strength(a))[0];
};

const strongestHandle = (reader: Reader, handles: readonly string[]): string | undefined =>
  best(reader, handles);

/** Options that speak for a class: most of them must. */
function byOptions(texts: readonly string[]): [MeaningClass, number][] {
  if (texts.length < 2) return [];
  const found: [MeaningClass, number][] = [];
  for (const [meaning, pattern] of Object.entries(OPTION_WORDS) as [MeaningClass, RegExp][]) {
    const share = texts.filter((text) => pattern.test(normalise(text))).length / texts.length;
    if (share >= 0.5) found.push([meaning, Math.min(1, share)]);
    else if (meaning === "~address" && texts.length > 30 && share > 0.03) found.push([meaning, 1]);
  }
  return found;
}

/** Headings over a group: they can put the whole group out of play. */
function addContext(votes: Vote[], near: NearText, reader: Reader): void {
  for (const heading of near.heading.slice(0, 2)) {
    const text = normalise(heading);
    const context = text.length < 60 ? CONTEXTS.find(([pattern]) => pattern.test(text)) : undefined;
    if (context)
      votes.push({ name: `under "${heading.slice(0, 40)}"`, meaning: context[1], weight: context[2] });
    else
      for (const [meaning, strength] of reader.read(heading))
        if (strength >= 0.8 && /^(weight|length|width|height)/.test(meaning))
          votes.push({ name: "heading", meaning, weight: 2 });
  }
}

const UNITS: [RegExp, MeaningClass][] = [
  [/^(lbs?|pounds?)\.?$/i, "weightPounds"], [/^(oz|ounces?)\.?$/i, "weightOunces"], [/^(kg|g|grams?|kilograms?)$/i, "weightGrams"], [/^(\$|€|£|usd|eur|gbp)$/i, "price"],
]; // oxfmt-ignore

/** "$", "lb", "oz" right beside the box. */
function addUnits(votes: Vote[], control: Control, near: NearText, element: HTMLElement): void {
  if (control.kind !== "text" && control.kind !== "number") return;
  const beside = [
    element.nextSibling?.textContent,
    near.after[0],
    element.getAttribute("placeholder"),
    element.nextElementSibling?.textContent,
    element.previousSibling?.textContent,
    element.previousElementSibling?.textContent,
  ];
  for (const text of beside) {
    const unit = UNITS.find(([pattern]) => pattern.test(text?.trim() ?? ""));
    if (!unit) continue;
    const money = unit[1] === "price";
    // A currency sign alone is no price: it only supports one that is named.
    votes.push({ name: `beside "${text?.trim()}"`, meaning: unit[1], weight: money ? 2 : W.unit });
    break;
  }
}
