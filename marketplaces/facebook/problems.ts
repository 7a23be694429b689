import type { Item } from "#core/item/item.ts";
import { fieldProblems } from "#core/marketplace/checks.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import { overrideFix } from "#core/marketplace/overrides.ts";
import type { Problem } from "#core/plan/problem.ts";
import { fields, photos } from "./fields.ts";
import { placeOf } from "./place.ts";
import { weightClassOf } from "./weight-classes.ts";

/** Under this a label usually costs more than the item brings, and the delivery step cannot be left. */
const CHEAP_TO_SHIP_MINOR = 5_00;

export function problemsOf(own: Item): Problem[] {
  const general = fieldProblems({ id: "facebook", name: "Facebook", fields, photos, item: own });
  if (general.some((one) => one.code === "bad-override")) return general;
  const item = itemFor(own, "facebook");
  return [...general, ...place(item), ...shipping(item), ...condition(item)];
}

function place(item: Item): Problem[] {
  if (!item.location || placeOf(item.location)) return [];
  const message =
    item.location.country === "US"
      ? "Facebook lists by city, and the ZIP code alone does not say which: add the city."
      : "Facebook is used in the United States here: the place needs a US city and ZIP code.";
  return [{ field: "location", severity: "error", code: "no-city", message }];
}

function shipping(item: Item): Problem[] {
  if (item.shippingProfile === "pickup_only") return [];
  const fix = overrideFix(
    "facebook",
    "Offer local pickup only on Facebook",
    "shippingProfile",
    "pickup_only",
  );
  if (item.weightGrams === null) {
    const message = "Facebook asks for the packed weight to choose a shipping label.";
    return [{ field: "weightGrams", severity: "error", code: "missing", message, fix }];
  }
  if (weightClassOf(item.weightGrams) === null) {
    const message = "Facebook ships parcels under 70 lb; this one is heavier.";
    return [{ field: "weightGrams", severity: "error", code: "too-heavy", message, fix }];
  }
  if (item.price.amountMinor >= CHEAP_TO_SHIP_MINOR) return [];
  const message =
    "Facebook does not ship what costs less than its label; at this price only pickup may work.";
  return [{ field: "shippingProfile", severity: "warning", code: "label-costs-more", message, fix }];
}

const condition = (item: Item): Problem[] =>
  item.condition === "poor"
    ? [
        {
          field: "condition",
          severity: "warning",
          code: "nearest",
          message:
            "Facebook has no 'Poor'; it is listed as 'Used - Fair'. Say what is wrong in the description.",
        },
      ]
    : [];
