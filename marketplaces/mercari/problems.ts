import type { Item } from "#core/item/item.ts";
import { fieldProblems } from "#core/marketplace/checks.ts";
import { itemFor } from "#core/marketplace/marketplace.ts";
import { overrideFix } from "#core/marketplace/overrides.ts";
import type { Problem } from "#core/plan/problem.ts";
import { CATEGORIES, NEAREST } from "./categories.ts";
import { fields, photos } from "./fields.ts";
import { MAX_GRAMS } from "./parcel.ts";
import { SCALE_WORDS, sizeOn, sizeScaleOf } from "./sizes.ts";

export function problemsOf(own: Item): Problem[] {
  const general = fieldProblems({ id: "mercari", name: "Mercari", fields, photos, item: own });
  if (general.some((one) => one.code === "bad-override")) return general;
  const item = itemFor(own, "mercari");
  return [
    ...general.filter((one) => !(one.field === "brand" && one.code === "missing")),
    ...brand(item),
    ...size(item),
    ...place(item),
    ...shipping(item),
    ...quantity(item),
    ...nearest(item),
  ];
}

const error = (field: string, code: string, message: string, fix?: Problem["fix"]): Problem[] => [
  { field, severity: "error", code, message, ...(fix ? { fix } : {}) },
];
const warning = (field: string, code: string, message: string): Problem[] => [
  { field, severity: "warning", code, message },
];

const brand = (item: Item): Problem[] =>
  item.brand.trim() !== ""
    ? []
    : error(
        "brand",
        "missing",
        "Mercari asks for a brand. Choose one or 'No brand'.",
        overrideFix("mercari", "Use 'No brand' at Mercari", "brand", "No brand"),
      );

function size(item: Item): Problem[] {
  const scale = item.category && sizeScaleOf(CATEGORIES[item.category]);
  if (!scale) return [];
  const { said, example } = SCALE_WORDS[scale];
  if (item.size.trim() === "")
    return error("size", "missing", `Mercari asks for a size here: ${said}, such as ${example}.`);
  if (sizeOn(scale, item.size) !== null) return [];
  return error(
    "size",
    "not-offered",
    `Mercari lists this ${said}, such as ${example}; "${item.size}" is not among them.`,
  );
}

function place(item: Item): Problem[] {
  if (
    !item.location ||
    (item.location.country === "US" && /^\d{5}(-\d{4})?$/.test(item.location.postalCode.trim()))
  )
    return [];
  return error(
    "location",
    "not-offered",
    "Mercari ships from the United States: the place needs a five-digit ZIP code.",
  );
}

function shipping(item: Item): Problem[] {
  if (item.shippingProfile === "pickup_only") {
    const fix = overrideFix(
      "mercari",
      "Ship it from Mercari, buyer pays",
      "shippingProfile",
      "ship_buyer_pays",
    );
    return error(
      "shippingProfile",
      "not-offered",
      "Mercari ships every sale, and this item is for pickup only.",
      fix,
    );
  }
  const problems: Problem[] = [];
  if (item.weightGrams !== null && item.weightGrams > MAX_GRAMS) {
    problems.push(...error("weightGrams", "too-heavy", "Mercari's carriers take parcels up to 150 lb."));
  }
  if (!item.dimensionsMm) {
    problems.push(
      ...warning(
        "dimensionsMm",
        "assumed",
        "Without dimensions Mercari is told that the parcel fits in a shoebox (14 x 10 x 5 in).",
      ),
    );
  }
  return problems;
}

const quantity = (item: Item): Problem[] =>
  item.quantity > 1
    ? warning(
        "quantity",
        "one-piece",
        `A Mercari listing sells one piece; ${item.quantity - 1} more stay unlisted there.`,
      )
    : [];

const nearest = (item: Item): Problem[] =>
  item.category && NEAREST.has(item.category)
    ? warning(
        "category",
        "nearest",
        `Mercari has no such category; it goes to ${CATEGORIES[item.category].join(" > ")}.`,
      )
    : [];
