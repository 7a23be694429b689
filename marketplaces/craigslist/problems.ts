import type { Item } from "#core/item/item.ts";
import { formatMoney, minorDigits, wholeText } from "#core/item/money.ts";
import { fieldProblems } from "#core/marketplace/checks.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import { overrideFix } from "#core/marketplace/overrides.ts";
import type { Problem } from "#core/plan/problem.ts";
import { areaOf } from "./areas.ts";
import { fields, photos } from "./fields.ts";

export function problemsOf(own: Item): Problem[] {
  const general = fieldProblems({ id: "craigslist", name: "Craigslist", fields, photos, item: own });
  if (general.some((one) => one.code === "bad-override")) return general;
  const item = itemFor(own, "craigslist");
  return [...general, ...place(item), ...cents(item), ...noPhotos(item)];
}

function place(item: Item): Problem[] {
  if (!item.location) return [];
  const zip = item.location.postalCode.trim();
  if (item.location.country !== "US" || !/^\d{5}(-\d{4})?$/.test(zip)) {
    const message = "Craigslist is used in the United States here: the place needs a five-digit ZIP code.";
    return [{ field: "location", severity: "error", code: "not-offered", message }];
  }
  if (areaOf(undefined, zip)) return [];
  const message =
    "Craigslist's site for this ZIP code is not known here: choose a city for the account, or in the form.";
  return [{ field: "location", severity: "warning", code: "no-area", message }];
}

/** Whole dollars only: the rounded price is what will stand there, and the seller is told. */
function cents(item: Item): Problem[] {
  const { amountMinor, currency } = item.price;
  const unit = 10 ** minorDigits(currency);
  if (amountMinor % unit === 0) return [];
  const amount = Number(wholeText(item.price)) * unit;
  if (amount === 0) {
    const message = `Craigslist takes whole dollars: ${formatMoney(item.price)} would be shown as free. Ask $1 or more.`;
    return [{ field: "price", severity: "error", code: "whole-units", message }];
  }
  const shown = formatMoney({ amountMinor: amount, currency }).replace(/\.00$/, "");
  return [
    {
      field: "price",
      severity: "warning",
      code: "whole-units",
      message: `Craigslist takes whole dollars: ${formatMoney(item.price)} will be shown as ${shown}.`,
      fix: overrideFix("craigslist", `Use ${shown} on Craigslist`, "price", {
        amountMinor: amount,
        currency,
      }),
    },
  ];
}

const noPhotos = (item: Item): Problem[] =>
  item.photos.length === 0
    ? [
        {
          field: "photos",
          severity: "warning",
          code: "none",
          message: "A Craigslist posting without photos is seldom opened.",
        },
      ]
    : [];
