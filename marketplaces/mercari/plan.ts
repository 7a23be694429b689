/** Item -> Mercari's single-page sell form. Photos go first: the site recognises them and then writes into other fields. */
import type { Item, ListingField } from "#core/item/item.ts";
import { decimalText, formatMoney } from "#core/item/money.ts";
import { assertListable, brandOf, saysNoBrand } from "#core/marketplace/checks.ts";
import { itemFor, type Marker, type PlanContext } from "#core/marketplace/marketplace.ts";
import { previewOfPlan, type PreviewLine } from "#core/marketplace/preview.ts";
import type { ControlValue, FillStep, Locator, Plan, Step } from "#core/plan/plan.ts";
import { CATEGORIES } from "./categories.ts";
import { COLORS, CONDITIONS } from "./conditions.ts";
import { photos } from "./fields.ts";
import { identity } from "./identity.ts";
import { ACTIONS, FIELDS } from "./locators.ts";
import { parcelOf } from "./parcel.ts";
import { problemsOf } from "./problems.ts";
import { sizeOn, sizeScaleOf } from "./sizes.ts";

export function planFor(item: Item, context: PlanContext): Plan {
  assertListable("Mercari", problemsOf(item));
  return planOf(item, context);
}

/** Also for an item that still has problems: then steps without a value are left out. For previews only. */
function planOf(own: Item, { photoIds }: PlanContext): Plan {
  const item = itemFor(own, "mercari");
  return {
    version: 1,
    marketplace: "mercari",
    url: identity.urls.create,
    hosts: identity.hosts,
    fill: [...overlays(), ...details(item, photoIds.slice(0, photos.max)), ...delivery(item), ...price(item)],
    submit: [
      {
        kind: "press",
        id: "list",
        label: "List",
        need: "required",
        locators: ACTIONS.list,
        expect: {
          any: [
            { url: "/sell/confirmation/" },
            { newDocument: true },
            { visible: [{ by: "role", role: "alert" }] },
          ],
        },
      },
    ],
  };
}

const fill = (
  id: string,
  label: string,
  field: ListingField | "form",
  value: ControlValue,
  locators: Locator[],
): FillStep => ({
  kind: "fill",
  id,
  label,
  field,
  need: "required",
  value,
  locators,
});

const overlays = (): Step[] => [
  {
    kind: "dismiss",
    id: "welcome",
    label: "Welcome",
    need: "optional",
    overlay: ACTIONS.welcome,
    button: ACTIONS.gotIt,
  },
  {
    kind: "dismiss",
    id: "templates",
    label: "Templates tip",
    need: "optional",
    overlay: ACTIONS.templates,
    button: ACTIONS.templates,
  },
  {
    kind: "dismiss",
    id: "cookies",
    label: "Cookie banner",
    need: "optional",
    overlay: ACTIONS.cookies,
    button: ACTIONS.cookiesNecessary,
  },
];

function details(item: Item, photoIds: string[]): Step[] {
  const steps: Step[] = [
    fill("photos", "Photos", "photos", { kind: "photos", photoIds }, FIELDS.photos),
    fill("title", "Title", "title", { kind: "text", text: item.title.trim() }, FIELDS.title),
    fill(
      "description",
      "Description",
      "description",
      { kind: "text", text: item.description.trim() },
      FIELDS.description,
    ),
  ];
  if (item.category) {
    steps.push(
      fill(
        "category",
        "Category",
        "category",
        { kind: "path", path: [...CATEGORIES[item.category]] },
        FIELDS.category,
      ),
    );
  }
  steps.push(...brand(item));
  if (item.condition) {
    const accept = [...CONDITIONS[item.condition]];
    steps.push(fill("condition", "Condition", "condition", { kind: "choice", accept }, FIELDS.condition));
  }
  return [...steps, ...sizeOrColor(item)];
}

/** "No brand" locks the brand field, and a restored draft may have it ticked: it is set either way. */
function brand(item: Item): Step[] {
  if (saysNoBrand(item))
    return [fill("brand.none", "No brand", "brand", { kind: "switch", on: true }, FIELDS.noBrand)];
  const name = brandOf(item);
  if (name === "") return [];
  return [
    {
      ...fill("brand.none", "No brand", "form", { kind: "switch", on: false }, FIELDS.noBrand),
      need: "optional",
    },
    fill("brand", "Brand", "brand", { kind: "search", query: name, accept: [name] }, FIELDS.brand),
  ];
}

/** The form asks for a size in clothing and for a colour elsewhere. */
function sizeOrColor(item: Item): Step[] {
  if (!item.category) return [];
  const scale = sizeScaleOf(CATEGORIES[item.category]);
  if (scale) {
    const size = sizeOn(scale, item.size);
    return size === null
      ? []
      : [fill("size", "Size", "size", { kind: "choice", accept: [size] }, FIELDS.size)];
  }
  const [color] = item.colors;
  const accept = color ? COLORS[color] : null;
  if (!accept) return [];
  return [
    {
      ...fill("color", "Color", "colors", { kind: "choice", accept: [...accept] }, FIELDS.color),
      need: "optional",
    },
  ];
}

function delivery(item: Item): Step[] {
  const free = item.shippingProfile === "ship_seller_pays";
  const steps: Step[] = [];
  const zip = item.location?.postalCode.trim().slice(0, 5);
  if (zip)
    steps.push({
      kind: "gesture",
      id: "zip",
      label: "Ship from",
      field: "location",
      need: "required",
      gesture: "mercari.shipFrom",
      value: zip,
    });
  if (item.shippingProfile === "pickup_only") return steps;
  steps.push(
    fill(
      "delivery",
      "Delivery",
      "shippingProfile",
      { kind: "choice", accept: ["Mercari prepaid label", "MERCARI"] },
      FIELDS.delivery,
    ),
    fill(
      "free-shipping",
      "Free shipping",
      "shippingProfile",
      { kind: "choice", accept: free ? ["Yes (Recommended)", "Yes"] : ["No"] },
      FIELDS.freeShipping,
    ),
  );
  if (item.weightGrams !== null) {
    const { pounds, ounces, shoebox, inches } = parcelOf(item);
    steps.push({
      kind: "gesture",
      id: "label",
      label: "Shipping label",
      field: "weightGrams",
      need: "required",
      gesture: "mercari.shippingLabel",
      value: { pounds, ounces, shoebox, inches: inches ? [...inches] : null },
    });
  }
  return steps;
}

const price = (item: Item): Step[] => [
  fill("price", "Price", "price", { kind: "money", text: decimalText(item.price) }, FIELDS.price),
  fill("smart-pricing", "Smart Pricing", "form", { kind: "switch", on: false }, FIELDS.smartPricing),
];

export function previewOf(item: Item): PreviewLine[] {
  const here = itemFor(item, "mercari");
  const { pounds, ounces, shoebox, inches } = parcelOf(here);
  return previewOfPlan(planOf(item, { photoIds: item.photos.map(({ id }) => id) }), {
    "brand.none": saysNoBrand(here) ? "No brand" : "",
    price: formatMoney(here.price),
    zip: here.location?.postalCode ?? "",
    "free-shipping": here.shippingProfile === "ship_seller_pays" ? "Yes, you pay" : "No, the buyer pays",
    label: `${pounds} lb ${ounces} oz, ${shoebox ? "fits in a shoebox" : `${inches?.join(" x ")} in`}`,
  });
}

export function markerOf(item: Item): Marker {
  const here = itemFor(item, "mercari");
  return { title: here.title.trim(), priceText: `$${decimalText(here.price)}` };
}
