/** Money in words and digits. Amounts stay in minor units until they are shown or typed into a form. */
import type { Money } from "./item.ts";

/** Digits after the point in this currency: 2 for USD, 0 for JPY. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
  2;

/** "24.99", "1250.00": plain digits, as forms take them. */
export const decimalText = ({ amountMinor, currency }: Money): string => {
  const digits = minorDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
};

/** "25": rounded to whole units, for sites that take no cents. */
export const wholeText = ({ amountMinor, currency }: Money): string =>
  String(Math.round(amountMinor / 10 ** minorDigits(currency)));

/** "$24.99": as a person reads it in English. */
export const formatMoney = ({ amountMinor, currency }: Money): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency }).format(
    amountMinor / 10 ** minorDigits(currency),
  );
