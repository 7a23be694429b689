/**
 * Item -> Facebook's form and its wizard: details, delivery, offer (shipped items only), audience. Several fields are
 * locked until a photo is attached, and some exist only once there is a category, so the order here is the form's own.
 * "Hide from friends", meet-up preferences and groups are the seller's own business: not touched.
 */
import type { Item, ListingField } from "#core/item/item.ts";
import { decimalText, formatMoney } from "#core/item/money.ts";
import { assertListable, brandOf } from "#core/marketplace/checks.ts";
import { itemFor, type Marker, type PlanContext } from "#core/marketplace/marketplace.ts";
import { previewOfPlan, type PreviewLine } from "#core/marketplace/preview.ts";
import type { ControlValue, FillStep, Locator, PageMark, Plan, PressStep, Step } from "#core/plan/plan.ts";
import { CATEGORIES } from "./categories.ts";
import { COLORS, CONDITIONS } from "./conditions.ts";
import { fields, photos } from "./fields.ts";
import { identity } from "./identity.ts";
import { ACTIONS, FIELDS } from "./locators.ts";
import { placeOf } from "./place.ts";
import { problemsOf } from "./problems.ts";
import { weightClassOf } from "./weight-classes.ts";

const DETAILS: PageMark = { urlExcludes: "step=" };
const on = (step: string): PageMark => ({ urlIncludes: `step=${step}` });

export function planFor(item: Item, context: PlanContext): Plan {
  assertListable("Facebook", problemsOf(item));
  return planOf(item, context);
}

/** Also for an item that still has problems: then steps without a value are left out. For previews only. */
function planOf(own: Item, { photoIds }: PlanContext): Plan {
  const item = itemFor(own, "facebook");
  const shipped = item.shippingProfile !== "pickup_only";
  return {
    version: 1,
    marketplace: "facebook",
    url: identity.urls.create,
    hosts: identity.hosts,
    fill: [
      ...overlays(),
      ...details(item, photoIds.slice(0, photos.max)),
      next("details", DETAILS, "step=delivery"),
      ...delivery(item, shipped),
      next("delivery", on("delivery"), shipped ? "step=offer" : "step=audience"),
      ...(shipped ? offer() : []),
    ],
    submit: [
      {
        kind: "press",
        id: "publish",
        label: "Publish",
        need: "required",
        locators: ACTIONS.publish,
        expect: {
          any: [
            { url: "/marketplace/you/" },
            { newDocument: true },
            {
              visible: [
                {
                  by: "role",
                  role: "dialog",
                  name: [
                    "Your listing wasn't published",
                    "Something went wrong",
                    "Limit reached",
                    "You're Temporarily Blocked",
                  ],
                  exact: true,
                },
              ],
            },
          ],
        },
      },
    ],
  };
}

const overlays = (): Step[] => [
  {
    kind: "dismiss",
    id: "cookies",
    label: "Cookie dialog",
    need: "optional",
    overlay: ACTIONS.cookies,
    button: ACTIONS.cookiesNecessary,
  },
  {
    kind: "dismiss",
    id: "welcome",
    label: "Welcome",
    need: "optional",
    overlay: ACTIONS.welcome,
    button: ACTIONS.welcomeStart,
  },
];

const next = (from: string, when: PageMark, url: string): PressStep => ({
  kind: "press",
  id: `next.${from}`,
  label: `Next after ${from}`,
  need: "required",
  when,
  locators: ACTIONS.next,
  expect: { any: [{ url }] },
});

type FillOptions = { optional?: boolean; when?: PageMark };
const fill = (
  id: string,
  label: string,
  field: ListingField | "form",
  value: ControlValue,
  locators: Locator[],
  { optional, when = DETAILS }: FillOptions = {},
): FillStep => ({
  kind: "fill",
  id,
  label,
  field,
  need: optional ? "optional" : "required",
  when,
  value,
  locators,
});
const optional = { optional: true } as const;

function details(item: Item, photoIds: string[]): Step[] {
  const steps: Step[] = [
    fill("photos", "Photos", "photos", { kind: "photos", photoIds }, FIELDS.photos),
    fill("title", "Title", "title", { kind: "text", text: item.title.trim() }, FIELDS.title),
    fill(
      "price",
      "Price",
      "price",
      { kind: "money", text: decimalText(item.price).replace(/\.00$/, "") },
      FIELDS.price,
    ),
  ];
  if (item.category) {
    steps.push(
      fill(
        "category",
        "Category",
        "category",
        { kind: "choice", accept: [CATEGORIES[item.category]] },
        FIELDS.category,
      ),
    );
  }
  if (item.condition) {
    steps.push(
      fill(
        "condition",
        "Condition",
        "condition",
        { kind: "choice", accept: [...CONDITIONS[item.condition]] },
        FIELDS.condition,
      ),
    );
  }
  steps.push(
    fill(
      "description",
      "Description",
      "description",
      { kind: "text", text: item.description.trim() },
      FIELDS.description,
    ),
  );
  return [...steps, ...attributes(item), ...stock(item), ...place(item)];
}

/** Fields that come with the category. A left-over draft may have filled the text ones, so the empty are set as well. */
function attributes(item: Item): Step[] {
  const steps: Step[] = [];
  const [color] = item.colors;
  if (color)
    steps.push(
      fill(
        "color",
        "Color",
        "colors",
        { kind: "choice", accept: [...COLORS[color]] },
        FIELDS.color,
        optional,
      ),
    );
  steps.push(
    fill(
      "material",
      "Material",
      "material",
      { kind: "text", text: item.material.trim() },
      FIELDS.material,
      optional,
    ),
  );
  steps.push(fill("sku", "SKU", "sku", { kind: "text", text: item.sku.trim() }, FIELDS.sku, optional));
  const brand = brandOf(item);
  if (brand)
    steps.push(fill("brand", "Brand", "brand", { kind: "text", text: brand }, FIELDS.brand, optional));
  return steps;
}

function stock(item: Item): Step[] {
  const accept =
    item.quantity > 1 ? ["List as in stock", "In stock"] : ["List as single item", "Single item"];
  const steps: Step[] = [
    fill(
      "availability",
      "Availability",
      "quantity",
      { kind: "choice", accept },
      FIELDS.availability,
      optional,
    ),
  ];
  const max = fields.tags.kind === "supported" ? fields.tags.max : undefined;
  const tags = item.tags.map((tag) => tag.trim().replace(/^#/, "")).filter(Boolean);
  const texts = [...new Set(tags)].slice(0, max);
  if (texts.length > 0)
    steps.push(fill("tags", "Product tags", "tags", { kind: "chips", texts }, FIELDS.tags, optional));
  return steps;
}

function place(item: Item): Step[] {
  const found = placeOf(item.location);
  if (!found) return [];
  const { city, state } = found;
  return [
    fill(
      "location",
      "Location",
      "location",
      { kind: "search", query: city, accept: [`${city}, ${state}`] },
      FIELDS.location,
    ),
  ];
}

function delivery(item: Item, shipped: boolean): Step[] {
  const when = on("delivery");
  const steps: Step[] = [
    {
      kind: "gesture",
      id: "delivery.method",
      label: "Delivery method",
      field: "shippingProfile",
      need: "required",
      when,
      gesture: "facebook.deliveryMethod",
      value: { shipping: shipped, pickup: !shipped },
    },
  ];
  const weight = item.weightGrams === null ? null : weightClassOf(item.weightGrams);
  if (shipped && weight) {
    steps.push({
      kind: "gesture",
      id: "delivery.label",
      label: "Shipping label",
      field: "weightGrams",
      need: "required",
      when,
      gesture: "facebook.shippingLabel",
      value: weight,
    });
  }
  return steps;
}

/** Offers are on when the step opens, with a minimum that is not allowed: they go off unless the seller asks for them. */
const offer = (): Step[] => [
  fill("offers", "Allow offers", "form", { kind: "switch", on: false }, FIELDS.allowOffers, {
    when: on("offer"),
  }),
  next("offer", on("offer"), "step=audience"),
];

export function previewOf(item: Item): PreviewLine[] {
  const here = itemFor(item, "facebook");
  return previewOfPlan(planOf(item, { photoIds: item.photos.map(({ id }) => id) }), {
    price: here.price.amountMinor === 0 ? "Free" : formatMoney(here.price).replace(/\.00$/, ""),
    location: placeOf(here.location) ? Object.values(placeOf(here.location) ?? {}).join(", ") : "",
    "delivery.method": here.shippingProfile === "pickup_only" ? "Local pickup" : "Shipping",
    "delivery.label": here.weightGrams === null ? "" : (weightClassOf(here.weightGrams) ?? ""),
  });
}

export function markerOf(item: Item): Marker {
  const here = itemFor(item, "facebook");
  return { title: here.title.trim(), priceText: `$${decimalText(here.price).replace(/\.00$/, "")}` };
}
