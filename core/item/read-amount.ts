/**
 * Amounts as people type them: exactly what is there, or a sentence saying what is unclear. Nothing is rounded, dropped or
 * guessed: "2 for 5" is no 25, "1.234" is neither 1234 nor 1.23.
 */
import { formatMoney, minorDigits } from "./money.ts";
import type { Money } from "./item.ts";
import { moneySchema } from "./values.ts";

export type Read<T> = { value: T } | { wrong: string };
/** What stands before the decimals and between the thousands where the person lives. */
export type Marks = { decimal: string; group: string };

const MARKS_EN: Marks = { decimal: ".", group: "," };

/** @param locale the person's; the runtime's own when left out. */
export const marksOf = (locale?: string): Marks => {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const mark = (type: string) => parts.find((part) => part.type === type)?.value;
  return { decimal: mark("decimal") ?? MARKS_EN.decimal, group: mark("group") ?? MARKS_EN.group };
};

/** "12.50" as 1250 with two digits; null when decimals would be lost. */
export const minorUnits = (whole: string, decimals: string, digits: number): number | null => {
  const [kept, rest] = [decimals.slice(0, digits).padEnd(digits, "0"), decimals.slice(digits)];
  return /^0*$/.test(rest) ? Number(`${whole || "0"}${kept}`) : null;
};

/** `mark` stands before the decimals, when there is one. */
type Digits = { whole: string; decimals: string; mark: string | undefined };

const GROUPED = /^\d{1,3}(?:([., '’])\d{3})(?:\1\d{3})*(?:([.,])(\d*))?$/;
const PLAIN = /^(\d*)(?:([.,])(\d*))?$/;

/** Digits apart from the marks between them; null when they are no number. */
const digitsOf = (text: string, marks: Marks): Digits | null => {
  const grouped = GROUPED.exec(text);
  if (grouped && grouped[1] !== grouped[2] && !text.startsWith("0")) {
    const [, group = "", mark, decimals = ""] = grouped;
    const whole = (text.split(mark ?? "\0")[0] ?? "").replaceAll(group, "");
    // One point or comma before three digits may also be the decimals' mark, unless it is the thousands' here.
    const isLone = mark === undefined && whole.length < 7 && (group === "." || group === ",");
    if (!isLone || group === marks.group) return { whole, decimals, mark };
  }
  const [, whole = "", mark, decimals = ""] = PLAIN.exec(text) ?? [];
  return PLAIN.test(text) && /\d/.test(text) ? { whole, decimals, mark } : null;
};

const tidy = (typed: string): string => typed.normalize("NFKC").trim();

/** The amount without its currency's sign or code, which may stand before or behind it. */
const withoutCurrency = (text: string, currency: string): string => {
  const signs = (["narrowSymbol", "symbol", "code"] as const).map(
    (currencyDisplay) =>
      new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay })
        .formatToParts(1)
        .find((part) => part.type === "currency")?.value ?? currency,
  );
  for (const sign of [...signs, currency.toLowerCase()]) {
    if (text.startsWith(sign)) return text.slice(sign.length).trim();
    if (text.endsWith(sign)) return text.slice(0, -sign.length).trim();
  }
  return text;
};

const MOST = moneySchema.shape.amountMinor.maxValue ?? Number.MAX_SAFE_INTEGER;

/** A price as typed. */
export const readMoney = (typed: string, currency: string, marks: Marks = MARKS_EN): Read<Money> => {
  const digits = minorDigits(currency);
  const noAmount = { wrong: `Type an amount such as ${digits === 0 ? "2500" : "24.99"}.` };
  const read = digitsOf(withoutCurrency(tidy(typed), currency), marks);
  if (!read) return noAmount;
  const { whole, decimals, mark } = read;
  if (decimals.length === 3 && digits < 3) {
    const [large, small] = [`${whole}${decimals}`, `${whole || "0"}.${decimals.slice(0, digits)}`];
    return { wrong: `Is that ${large} or ${small}? Type it without a mark between thousands.` };
  }
  // Another country's mark is only taken where it cannot be a slip: before exactly two digits.
  if (mark !== undefined && mark !== marks.decimal && decimals.length !== 2) return noAmount;
  const amountMinor = minorUnits(whole, decimals, digits);
  if (amountMinor === null)
    return { wrong: digits === 0 ? `${currency} has no decimals.` : `Use at most ${digits} decimals.` };
  if (amountMinor > MOST)
    return { wrong: `The most Hawker keeps is ${formatMoney({ amountMinor: MOST, currency })}.` };
  return { value: { amountMinor, currency } };
};

/** A whole number as typed. @param unit may stand behind it: "500 g". */
export const readWhole = (typed: string, unit = "", marks: Marks = MARKS_EN): Read<number> => {
  const text = tidy(typed);
  const bare = unit !== "" && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text;
  const read = digitsOf(bare, marks);
  if (!read || read.mark !== undefined)
    return { wrong: unit === "" ? "Type a whole number." : `Type a whole number, in ${unit}.` };
  const value = Number(read.whole);
  return Number.isSafeInteger(value) ? { value } : { wrong: "That number is too large." };
};

/** Units by what one of them is in the smallest, which is the first: what is kept. */
export type Units = Record<string, number>;
export const WEIGHTS: Units = { g: 1, kg: 1_000, lb: 453.59237, lbs: 453.59237, oz: 28.349523125 };
export const LENGTHS: Units = { mm: 1, cm: 10, m: 1_000, in: 25.4, '"': 25.4, ft: 304.8 };

/** Every part of it a number with its unit. */
const MEASURE = /^(?:[\d.,]+\s*[a-z"]+\s*)+$/;
const MEASURE_PARTS = /([\d.,]+)\s*([a-z"]+)/g;

/**
 * A measure as typed: a whole number of what is kept ("500", "500 g"), or other units, the largest first ("1 lb 4 oz"), to the
 * nearest whole. @param such an example of other units.
 */
export const readMeasure = (
  typed: string,
  units: Units,
  such: string,
  marks: Marks = MARKS_EN,
): Read<number> => {
  const [kept = ""] = Object.keys(units);
  const text = tidy(typed).toLowerCase();
  const plain = readWhole(text, kept, marks);
  if ("value" in plain) return plain;
  const unclear = { wrong: `Type a whole number in ${kept}, or ${such}.` };
  if (!MEASURE.test(text)) return unclear;
  let [total, last] = [0, Infinity];
  for (const [, amount = "", unit = ""] of text.matchAll(MEASURE_PARTS)) {
    const each = units[unit];
    const read = digitsOf(amount, marks);
    const isDecimal = read?.mark === undefined || read.mark === marks.decimal;
    // What is kept has no parts, and "4 oz 1 lb" or "1 lb 2 lb" is more likely a slip.
    if (each === undefined || each >= last || !read || !isDecimal || (unit === kept && read.decimals))
      return unclear;
    total += Number(`${read.whole || "0"}.${read.decimals || "0"}`) * each;
    last = each;
  }
  return Number.isSafeInteger(Math.round(total))
    ? { value: Math.round(total) }
    : { wrong: "That number is too large." };
};
