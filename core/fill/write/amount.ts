/** Amounts of money as pages print them, read exactly or not at all: the digits of two numbers are never put together. */

export type Amount = {
  value: number;
  /** "$", "US$", "EUR" as printed; "" when there is none. */ mark: string;
};

/** Groups of three, at most two digits of a fraction: "1,234.50". */
const POINT = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d?)?|\.\d\d?`;
/** "1.234,50"; without a fraction only where it cannot be anything else: "1.234.567". */
const COMMA = String.raw`(?:\d{1,3}(?:\.\d{3})+|\d+),\d\d?|\d{1,3}(?:\.\d{3}){2,}`;
const MARK = String.raw`([A-Z]{0,3}\p{Sc}|[A-Z]{3})?`;
const AMOUNT = new RegExp(`^${MARK}\\s*(?:(${POINT})|(${COMMA}))\\s*${MARK}$`, "u");

/** The one amount a text is, as a whole; null when it is none, or more than one. */
export function amountOf(text: string): Amount | null {
  const [, before, point, comma, after] = AMOUNT.exec(text.trim()) ?? [];
  const digits = point?.replaceAll(",", "") ?? comma?.replaceAll(".", "").replace(",", ".");
  return digits === undefined ? null : { value: Number(digits), mark: after ?? before ?? "" };
}
