/** What a control recognised by meaning should be set to, from the item alone. Null: nothing to fill, or not surely. */
import type { ItemFields } from "../../item/item.ts";
import type { ControlValue } from "../../plan/index.ts";
import type { Claim } from "./assign.ts";
import { offeredTexts } from "./votes.ts";
import { normalise } from "../page/text.ts";
import { COLOR_WORDS, CONDITION_WORDS, SHIPPING_WORDS } from "./words.ts";

export type MeaningItem = Partial<ItemFields>;
export type Wanted = {
  value: ControlValue;
  /** Chosen only if this says so of an option. */ allows?: (option: string) => boolean;
};

const money = (amount: { amountMinor: number; currency: string }): string => {
  const whole = /^(JPY|KRW|VND|CLP)$/.test(amount.currency);
  return whole ? String(amount.amountMinor) : (amount.amountMinor / 100).toFixed(2);
};

const isChoosing = (claim: Claim) => /^(select|combobox|listbox|radio|opener)$/.test(claim.control.kind);
const typedOrChosen = (claim: Claim, accept: string[]): ControlValue | null => {
  const first = accept[0];
  if (first === undefined || first === "") return null;
  if (claim.control.kind === "combobox") return { kind: "search", query: first, accept };
  return isChoosing(claim) ? { kind: "choice", accept } : { kind: "text", text: first };
};

/** The words right around a number box that say its unit. */
const unitText = ({ near, label, control }: Claim): string =>
  normalise(
    [
      label,
      near.before[0],
      near.after[0],
      control.element.getAttribute("placeholder"),
      control.element.getAttribute("name"),
      control.element.id,
      unitPicker(control.element),
    ]
      .filter(Boolean)
      .join(" "),
  );

const unitPicker = (element: HTMLElement): string => {
  const select = element.parentElement?.parentElement?.querySelectorAll("select");
  return select?.length === 1 ? (select[0]?.selectedOptions[0]?.text ?? "") : "";
};

const trim = (value: number, digits = 2): string => String(Number(value.toFixed(digits)));

function weightIn(claim: Claim, grams: number): string | null {
  const ounces = grams / 28.349523;
  if (claim.field === "weightPounds") return String(Math.floor(Math.round(ounces) / 16));
  if (claim.field === "weightOunces") return String(Math.round(ounces) % 16);
  const unit = unitText(claim);
  if (/\b(kg|kilo(gram)?s?)\b/.test(unit)) return trim(grams / 1000, 3);
  if (/\b(g|grams?)\b/.test(unit)) return trim(grams, 0);
  if (/\b(lbs?|pounds?)\b/.test(unit)) return trim(ounces / 16);
  if (/\b(oz|ounces?)\b/.test(unit)) return trim(ounces, 1);
  return null; // without a unit any number would be a guess
}

function lengthIn(claim: Claim, millimetres: number): string | null {
  const unit = `${unitText(claim)} ${normalise(claim.near.heading.join(" "))}`;
  if (/\b(cm|centimet(er|re)s?)\b/.test(unit)) return trim(millimetres / 10, 1);
  if (/\b(mm|millimet(er|re)s?)\b/.test(unit)) return trim(millimetres, 0);
  if (/\b(in|inch(es)?)\b|"/.test(unit)) return trim(millimetres / 25.4, 1);
  return null;
}

export function wantedFor(
  claim: Claim,
  item: MeaningItem,
  photoIds: readonly string[],
  category: readonly string[],
): Wanted | null {
  const text = (value: string | undefined): Wanted | null =>
    value ? { value: { kind: "text", text: value } } : null;
  const picked = (accept: string[]): Wanted | null => {
    const value = typedOrChosen(claim, accept);
    return value && { value };
  };
  switch (claim.meaning) {
    case "photos":
      return photoIds.length > 0 ? { value: { kind: "photos", photoIds: [...photoIds] } } : null;
    case "title":
      return text(item.title);
    case "description":
      return item.description ? { value: { kind: "richText", text: item.description } } : null;
    case "price":
      return item.price ? { value: { kind: "money", text: money(item.price) } } : null;
    case "cost":
      return item.cost ? { value: { kind: "money", text: money(item.cost) } } : null;
    case "quantity":
      return item.quantity === undefined
        ? null
        : picked([
            String(item.quantity),
            ...(item.quantity === 1 ? ["single item", "list as single item", "1 item"] : []),
          ]);
    case "condition":
      return item.condition ? picked(conditionWords(claim, item.condition)) : null;
    case "category":
      return category.length > 0 ? categoryWanted(claim, category) : null;
    case "brand":
      return picked(item.brand ? [item.brand] : []);
    case "size":
      return picked(item.size ? [item.size] : []);
    case "material":
      return claim.control.kind === "checkboxes"
        ? item.material
          ? { value: { kind: "chips", texts: [item.material] } }
          : null
        : picked(item.material ? [item.material] : []);
    case "colors":
      return colorsWanted(claim, item.colors ?? []);
    case "tags":
      return item.tags?.length ? { value: { kind: "chips", texts: [...item.tags] } } : null;
    case "sku":
      return text(item.sku);
    case "notes":
      return text(item.notes);
    case "weightGrams":
    case "weightPounds":
    case "weightOunces": {
      const weight = item.weightGrams ? weightIn(claim, item.weightGrams) : null;
      return weight === null ? null : { value: { kind: "money", text: weight } };
    }
    case "length":
    case "width":
    case "height": {
      const side = item.dimensionsMm?.[claim.meaning];
      const length = side ? lengthIn(claim, side) : null;
      return length === null ? null : { value: { kind: "money", text: length } };
    }
    case "postalCode":
      return text(item.location?.postalCode);
    case "city":
      return picked(item.location?.city ? [item.location.city] : []);
    case "location":
      return picked(
        [item.location?.city, item.location?.postalCode].filter((one): one is string => !!one).slice(0, 1),
      );
    case "freeShipping":
      return item.shippingProfile
        ? { value: { kind: "switch", on: item.shippingProfile === "ship_seller_pays" } }
        : null;
    case "offersShipping":
      return item.shippingProfile
        ? { value: { kind: "switch", on: item.shippingProfile !== "pickup_only" } }
        : null;
    case "noShipping":
      return item.shippingProfile
        ? { value: { kind: "switch", on: item.shippingProfile === "pickup_only" } }
        : null;
    case "shippingProfile":
    case "payer":
      return item.shippingProfile ? shippingWanted(claim, item.shippingProfile) : null;
    default:
      return null;
  }
}

/** A single vague "Used" stands for what the site does not split further; where it does, only the exact word counts. */
function conditionWords(claim: Claim, condition: string): string[] {
  const words = (CONDITION_WORDS[condition] ?? "").split("|");
  if (claim.control.kind === "text")
    return condition === "new_with_tags"
      ? ["New with tags"]
      : words.slice(0, 1).map((word) => word.replace(/^\w/, (char) => char.toUpperCase()));
  return words;
}

const wordSet = (text: string) =>
  new Set(
    normalise(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && word !== "and")
      .map((word) => word.replace(/(?<=..)s$/, "")),
  );
const same = (a: Set<string>, b: Set<string>) => a.size === b.size && [...a].every((word) => b.has(word));

/** Options that are the path's leaf: alone, or at the end of a spelled path that contradicts no part of ours. */
function categoryAllows(path: readonly string[], option: string): boolean {
  const parts = option
    .split(/\s*[>›»/→|]\s*/)
    .map((part) => part.trim())
    .filter(Boolean);
  const leaf = wordSet(path.at(-1) ?? "");
  const last = wordSet(parts.at(-1) ?? "");
  const own = new Set(path.flatMap((part) => [...wordSet(part)]));
  if (parts.length > 1)
    return (
      same(leaf, last) && parts.slice(0, -1).every((part) => [...wordSet(part)].some((word) => own.has(word)))
    );
  if (same(leaf, last)) return true;
  // "Men's jackets", "Women's dresses": leaf and branch in one option.
  const words = wordSet(option.replace(/['’]s\b/g, ""));
  return (
    [...words].every((word) => own.has(word)) &&
    [...leaf].some((word) => words.has(word)) &&
    words.size > 1 &&
    path.slice(1, -1).every((part) => [...wordSet(part)].some((word) => words.has(word)))
  );
}

function categoryWanted(claim: Claim, path: readonly string[]): Wanted {
  const leaf = path.at(-1) ?? "";
  const offered = offeredTexts(claim.control);
  const fit = offered.filter((option) => categoryAllows(path, option));
  if (fit.length === 1 && fit[0]) return { value: { kind: "choice", accept: [fit[0]] } };
  if (claim.control.kind === "text") return { value: { kind: "search", query: leaf, accept: [leaf] } };
  const accept = [path.join(" > "), path.join(" / "), leaf];
  if (offered.length > 0 || claim.control.kind === "select") return { value: { kind: "choice", accept } };
  return {
    value:
      claim.control.kind === "combobox"
        ? { kind: "search", query: leaf, accept }
        : { kind: "choice", accept },
    allows: (option) => categoryAllows(path, option),
  };
}

function colorsWanted(claim: Claim, colors: readonly string[]): Wanted | null {
  const first = colors[0];
  if (first === undefined) return null;
  const words = (color: string) => (COLOR_WORDS[color] ?? color).split("|");
  if (claim.control.kind === "checkboxes") {
    const offered = offeredTexts(claim.control);
    const texts = colors.map((color) => offered.find((text) => words(color).includes(normalise(text))));
    return texts.every((text): text is string => text !== undefined)
      ? { value: { kind: "chips", texts } }
      : null;
  }
  if (claim.control.kind === "text")
    return {
      value: {
        kind: "text",
        text: colors.map((color) => color.replace(/^\w/, (char) => char.toUpperCase())).join(", "),
      },
    };
  const accept = words(first);
  return {
    value:
      claim.control.kind === "combobox"
        ? { kind: "search", query: accept[0] ?? first, accept }
        : { kind: "choice", accept },
  };
}

function shippingWanted(claim: Claim, profile: string): Wanted | null {
  const pattern = SHIPPING_WORDS[profile]?.[claim.meaning === "payer" ? "payer" : "shippingProfile"];
  if (!pattern) return null;
  const offered = offeredTexts(claim.control);
  const allows = (option: string) => pattern.test(normalise(option));
  const fit = offered.filter(allows);
  if (fit.length === 1 && fit[0]) return { value: { kind: "choice", accept: [fit[0]] } };
  return offered.length === 0 && claim.control.kind !== "radio"
    ? { value: { kind: "choice", accept: [] }, allows }
    : null;
}
