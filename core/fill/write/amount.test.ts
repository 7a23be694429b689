import { describe, expect, it } from "vitest";
import { amountOf } from "./amount.ts";

describe("amountOf", () => {
  it.each([
    ["$40", 40, "$"],
    ["24.5", 24.5, ""],
    ["US$1,234.50", 1234.5, "US$"],
    ["CA$ 40", 40, "CA$"],
    ["1.234,50 €", 1234.5, "€"],
    ["12,5 EUR", 12.5, "EUR"],
    ["1.234.567 €", 1234567, "€"],
    ["$40 CAD", 40, "CAD"],
    ["$.99", 0.99, "$"],
    ["0.00", 0, ""],
  ])("reads %s", (text, value, mark) => expect(amountOf(text)).toEqual({ value, mark }));

  it.each([
    ["two amounts", "$40 $50"],
    ["an old one and a new one", "Was $80, now $60"],
    ["a price for several", "2 for $10"],
    ["a range", "$40-$50"],
    ["a sum", "$40 + $5 shipping"],
    ["a discount", "-$40"],
    ["a percentage", "40%"],
    ["thousands in short", "$4k"],
    ["a point that groups or divides", "1.234"],
    ["groups that are none", "1,23,456"],
    ["digits pushed apart", "1 234"],
    ["no digits", "Free"],
    ["nothing", ""],
  ])("reads nothing of %s (%s)", (_what, text) => expect(amountOf(text)).toBeNull());
});
