/**
 * The checks every marketplace makes, driven by the rules it declares: the limits in `fields` and the limits in
 * `problemsOf` are the same numbers because they are read from the same place.
 */
import { itemFieldsSchema, type Item, type ItemFields, type ListingField } from "../item/item.ts";
import { formatMoney } from "../item/money.ts";
import { countedLength, lineEndsIn, shortened } from "../item/text-length.ts";
import type { Problem } from "../plan/problem.ts";
import { itemFor, type ChannelId, type FieldRules, type PhotoRule } from "./marketplace.ts";
import { overrideFix } from "./overrides.ts";

export type CheckInput = { id: ChannelId; name: string; fields: FieldRules; photos: PhotoRule; item: Item };

const ASK: Partial<Record<ListingField, string>> = {
  title: "a title",
  description: "a description",
  condition: "a condition",
  category: "a category",
  brand: "a brand",
  size: "a size",
  location: "a place: add the postal code",
  weightGrams: "the packed weight",
};

/** Fields whose name is not a word. */
const WORD: Record<string, string> = {
  weightGrams: "weight",
  dimensionsMm: "dimensions",
  shippingProfile: "shipping",
  sku: "SKU",
};

export const wordsIn = (text: string): number => text.trim().split(/\s+/).filter(Boolean).length;

/** Ways people write that an item has no brand. */
const NO_BRAND = /^(no brand|none|unbranded|n\/?a|not sure|generic)\.?$/i;
/** The brand as a buyer should read it; "" when the item has none. */
export const brandOf = (item: Pick<Item, "brand">): string =>
  NO_BRAND.test(item.brand.trim()) ? "" : item.brand.trim();
/** The seller said that there is no brand, which is not the same as having said nothing. */
export const saysNoBrand = (item: Pick<Item, "brand">): boolean => NO_BRAND.test(item.brand.trim());

/** Everything the declared rules find wrong, in sentences. `item` is the seller's item; overrides are applied here. */
export function fieldProblems(input: CheckInput): Problem[] {
  const broken = overrideProblems(input);
  if (broken.length > 0) return broken;
  const item = itemFor(input.item, input.id);
  return [
    ...missing(input, item),
    ...lengths(input, item),
    ...stock(input, item),
    ...priceBounds(input, item),
    ...photoCount(input),
  ];
}

/** What may differ at a channel: any field of the item but the differences themselves. */
const overridesSchema = itemFieldsSchema.omit({ overrides: true }).partial();

/** An override may come from anywhere (sync, import): what does not fit the item's own schema is named, not used. */
function overrideProblems({ id, name, item }: CheckInput): Problem[] {
  const parsed = overridesSchema.safeParse(item.overrides[id] ?? {});
  if (parsed.success) return [];
  const problem = (field: string, message: string, label: string): Problem => ({
    field,
    severity: "error",
    code: "bad-override",
    message,
    fix: { label, channel: id, set: {}, reset: [field] },
  });
  const wrongValue = (field: string) => {
    const word = WORD[field] ?? field;
    return problem(field, `The ${word} set for ${name} alone cannot be used.`, `Use the item's own ${word}`);
  };
  const found = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) =>
          problem(key, `Something set for ${name} alone is not known here: "${key}".`, "Take it out"),
        )
      : [wrongValue(String(issue.path[0]))],
  );
  return found.filter((one, i) => found.findIndex(({ field }) => field === one.field) === i);
}

function missing({ name, fields }: CheckInput, item: Item): Problem[] {
  const empty = (field: ListingField): boolean => {
    const value = item[field as keyof ItemFields];
    return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
  };
  return (Object.keys(fields) as ListingField[])
    .filter(
      (field) =>
        field !== "photos" && fields[field].kind === "supported" && fields[field].need === "required",
    )
    .filter(empty)
    .map((field) => ({
      field,
      severity: "error",
      code: "missing",
      message: `${name} asks for ${ASK[field] ?? field}.`,
    }));
}

function lengths({ id, name, fields }: CheckInput, item: Item): Problem[] {
  const problems: Problem[] = [];
  for (const field of ["title", "description", "brand", "size", "material", "sku"] as const) {
    const rule = fields[field];
    if (rule.kind !== "supported") continue;
    const text = item[field].trim();
    const length = countedLength(text);
    if (rule.maxLength !== undefined && length > rule.maxLength) {
      const counting = lineEndsIn(text) > 0 ? ", counting each line end as two, as sites may" : "";
      problems.push({
        field,
        severity: "error",
        code: "too-long",
        message: `${name} takes ${rule.maxLength} characters for the ${field}; this one has ${length}${counting}.`,
        fix: overrideFix(id, `Shorten it for ${name}`, field, shortened(text, rule.maxLength)),
      });
    }
    if (rule.minWords !== undefined && text !== "" && wordsIn(text) < rule.minWords) {
      problems.push({
        field,
        severity: "error",
        code: "too-short",
        message: `${name} asks for a ${field} of at least ${rule.minWords} words; this one has ${wordsIn(text)}.`,
      });
    }
  }
  const tags = fields.tags;
  if (tags.kind === "supported" && tags.max !== undefined && item.tags.length > tags.max) {
    problems.push({
      field: "tags",
      severity: "warning",
      code: "too-many",
      message: `${name} takes ${tags.max} tags; the first ${tags.max} are used.`,
    });
  }
  return problems;
}

/** Sold out is for every place the same, whether or not its form has a quantity. */
function stock({ name }: CheckInput, item: Item): Problem[] {
  if (item.quantity > 0) return [];
  const message = `None of this item is left. Set the quantity to 1 or more to list it on ${name}.`;
  return [{ field: "quantity", severity: "error", code: "none-left", message }];
}

/** Nothing is given away by a price that was never set or never read: a price of 0 counts when it was set for this place. */
function givenAway({ id, name, item: own }: CheckInput, { price }: Item): Problem[] {
  if (own.overrides[id]?.["price"] !== undefined) return [];
  const message = `This item has no price. Set one, or give it away on ${name} on purpose.`;
  const fix = overrideFix(id, `Give it away on ${name}`, "price", price);
  return [{ field: "price", severity: "error", code: "no-price", message, fix }];
}

function priceBounds(input: CheckInput, item: Item): Problem[] {
  const { name, fields } = input;
  const rule = fields.price;
  if (rule.kind !== "supported") return [];
  const problem = (code: string, message: string): Problem[] => [
    { field: "price", severity: "error", code, message },
  ];
  const { currency } = item.price;
  if (currency !== "USD")
    return problem("currency", `${name} is used in US dollars here; this price is in ${currency}.`);
  const { amountMinor } = item.price;
  const say = (minor: number) => formatMoney({ amountMinor: minor, currency });
  if (rule.min !== undefined && amountMinor < rule.min)
    return problem("too-low", `${name} takes no price under ${say(rule.min)}.`);
  if (rule.max !== undefined && amountMinor > rule.max)
    return problem("too-high", `${name} takes no price over ${say(rule.max)}.`);
  return amountMinor === 0 ? givenAway(input, item) : [];
}

function photoCount({ name, photos, item }: CheckInput): Problem[] {
  const count = item.photos.length;
  if (count < photos.min) {
    const message =
      photos.min === 1
        ? `${name} asks for at least one photo.`
        : `${name} asks for at least ${photos.min} photos.`;
    return [{ field: "photos", severity: "error", code: "missing", message }];
  }
  if (count <= photos.max) return [];
  const message = `${name} takes ${photos.max} photos; the first ${photos.max} are used.`;
  return [{ field: "photos", severity: "warning", code: "too-many", message }];
}

/** Problems that stop a listing. */
export const errorsAmong = (problems: readonly Problem[]): Problem[] =>
  problems.filter((one) => one.severity === "error");

/** A plan is only made of an item without errors; anything else is a bug in the caller. */
export function assertListable(name: string, problems: readonly Problem[]): void {
  const errors = errorsAmong(problems);
  if (errors.length === 0) return;
  throw new Error(
    `No plan for ${name} while the item has problems (${errors.map((one) => `${one.field}: ${one.code}`).join(", ")}); show problemsOf() first.`,
  );
}
