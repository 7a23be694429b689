/**
 * The editor's controls as data. A spot is one control: a field, or one part of a field, of the item itself or of what
 * differs at one site. Each shows a raw value, what was typed or chosen; `readField` says what that means.
 */
import { itemFieldsSchema, type Item, type ItemFields } from "#core/item/item.ts";
import { decimalText } from "#core/item/money.ts";
import {
  LENGTHS,
  marksOf,
  readMeasure,
  readMoney,
  readWhole,
  WEIGHTS,
  type Read,
} from "#core/item/read-amount.ts";
import { itemFor, type ChannelId } from "#core/marketplace/marketplace.ts";
import { withOverrides } from "#core/marketplace/overrides.ts";
import type { Edit } from "#extension/store/items.ts";
import type { Raw } from "#extension/store/rows.ts";
import { words } from "./words.ts";

export type ShownField = Exclude<keyof ItemFields, "overrides">;
export type Spot = { channel: ChannelId | null; field: ShownField; part: string | null };
/** A value, or a sentence saying why there is none. `unfinished`: nothing is wrong yet, more has to be typed. */
export type Reading = { value: unknown } | { wrong: string; part: string | null; unfinished: boolean };

/** The marks of the person's own numbers. */
const marks = marksOf();

const PARTS: Partial<Record<ShownField, readonly string[]>> = {
  dimensionsMm: ["length", "width", "height"],
  location: ["postalCode", "city"],
};
/** The parts a field is typed in; `[null]` when it is one control. */
export const partsOf = (field: ShownField): readonly (string | null)[] => PARTS[field] ?? [null];

export const keyOf = ({ channel, field, part }: Spot): string => [channel ?? "", field, part ?? ""].join("/");
export const spotOf = (key: string): Spot => {
  const [channel = "", field = "", part = ""] = key.split("/");
  return {
    channel: (channel || null) as ChannelId | null,
    field: field as ShownField,
    part: part || null,
  };
};
/** Spots of one field are read and saved together. */
export const groupOf = (key: string): string => keyOf({ ...spotOf(key), part: null });

/** The item's own field that holds it. */
export const storedField = ({ channel, field }: Spot): keyof ItemFields => (channel ? "overrides" : field);

/** What the control shows for what is stored. */
export const rawOf = (item: Item, { channel, field, part }: Spot): Raw => {
  const value: unknown = (channel ? itemFor(item, channel) : item)[field];
  if (value === null || value === undefined) return part || !isChoice(field) ? "" : null;
  if (part) return String((value as Record<string, unknown>)[part] ?? "");
  if (field === "price" || field === "cost")
    return decimalText(value as ItemFields["price"]).replace(".", marks.decimal);
  if (field === "tags" || field === "labels") return (value as string[]).join(", ");
  return typeof value === "number" ? String(value) : (value as Raw);
};

const isChoice = (field: ShownField): boolean =>
  field === "condition" || field === "category" || field === "shippingProfile" || field === "colors";

const wrong = (sentence: string, part: string | null = null): Reading => ({
  wrong: sentence,
  part,
  unfinished: false,
});
const unfinished = (sentence: string, part: string | null = null): Reading => ({
  wrong: sentence,
  part,
  unfinished: true,
});

/** Nothing typed is no mistake, it is only not enough. */
const asReading = <T>(read: Read<T>, typed: string): Reading =>
  "value" in read ? read : typed.trim() === "" ? unfinished(read.wrong) : wrong(read.wrong);
const readPrice = (typed: string, currency: string) => asReading(readMoney(typed, currency, marks), typed);
const readNumber = (typed: string) => asReading(readWhole(typed, "", marks), typed);
const readWeight = (typed: string) => asReading(readMeasure(typed, WEIGHTS, words.weightSuch, marks), typed);
const readLength = (typed: string) => asReading(readMeasure(typed, LENGTHS, words.lengthSuch, marks), typed);

const readList = (typed: string): Reading => ({
  value: [
    ...new Set(
      typed
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ],
});

const readSize = (typed: (part: string) => string): Reading => {
  const parts = PARTS.dimensionsMm ?? [];
  if (parts.every((part) => typed(part).trim() === "")) return { value: null };
  const read: Record<string, unknown> = {};
  for (const part of parts) {
    if (typed(part).trim() === "") return unfinished(words.sizeUnfinished, part);
    const one = readLength(typed(part));
    if ("wrong" in one) return { ...one, part };
    read[part] = one.value;
  }
  return { value: read };
};

const readPlace = (typed: (part: string) => string, country: string): Reading => {
  const [postalCode, city] = [typed("postalCode").trim(), typed("city").trim()];
  if (postalCode === "" && city === "") return { value: null };
  if (postalCode === "") return unfinished(words.zipMissing, "postalCode");
  return { value: { postalCode, city, country } };
};

/** What a field's controls say, before the item's own rules are asked. */
const readControls = (item: Item, field: ShownField, raw: (part: string | null) => Raw): Reading => {
  const typed = (part: string | null = null) => String(raw(part) ?? "");
  switch (field) {
    case "price":
      return readPrice(typed(), item.price.currency);
    case "cost":
      return typed().trim() === ""
        ? { value: null }
        : readPrice(typed(), item.cost?.currency ?? item.price.currency);
    case "quantity":
      return readNumber(typed());
    case "weightGrams":
      return typed().trim() === "" ? { value: null } : readWeight(typed());
    case "tags":
    case "labels":
      return readList(typed());
    case "dimensionsMm":
      return readSize(typed);
    case "location":
      return readPlace(typed, item.location?.country ?? "US");
    default:
      return { value: raw(null) };
  }
};

/** @param raw what the control of each part holds. */
export const readField = (
  item: Item,
  { channel, field }: Pick<Spot, "channel" | "field">,
  raw: (part: string | null) => Raw,
): Reading => {
  const read = readControls(channel ? itemFor(item, channel) : item, field, raw);
  if ("wrong" in read) return read;
  const parsed = itemFieldsSchema.shape[field].safeParse(read.value);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  const part = typeof issue?.path[0] === "string" && PARTS[field] ? issue.path[0] : null;
  const sentence = issue?.message ?? words.notKept;
  // Too little may still become enough; too much never does.
  return issue?.code === "too_small" ? unfinished(sentence, part) : wrong(sentence, part);
};

/** The edit that gives a field this value. */
export const editOf = (
  item: Item,
  { channel, field }: Pick<Spot, "channel" | "field">,
  value: unknown,
): Partial<ItemFields> =>
  channel
    ? { overrides: withOverrides(item, { channel, set: { [field]: value }, reset: [] }) }
    : { [field]: value };

/** The edit that what these controls hold makes of the item as it is stored by then; none while it is no value. */
export const editFrom =
  (spot: Spot, held: ReadonlyMap<string, Raw>): Edit =>
  (stored) => {
    const read = readField(stored, spot, (part) => {
      const key = keyOf({ ...spot, part });
      return held.has(key) ? (held.get(key) ?? null) : rawOf(stored, spotOf(key));
    });
    return "value" in read ? editOf(stored, spot, read.value) : null;
  };
