/**
 * Item -> Craigslist's wizard, a page load per step. Which steps come depends on the area and on earlier postings, so
 * each is marked by its address (`?s=edit`) and passed over when its page does not come. Filling ends on the preview;
 * `submit` is the publish button there.
 */
import type { Item, ListingField } from "#core/item/item.ts";
import { wholeText } from "#core/item/money.ts";
import { assertListable, brandOf } from "#core/marketplace/checks.ts";
import { itemFor, type Marker, type PlanContext } from "#core/marketplace/marketplace.ts";
import { previewOfPlan, type PreviewLine } from "#core/marketplace/preview.ts";
import type {
  ControlValue,
  Expectation,
  FillStep,
  Locator,
  PageMark,
  Plan,
  PressStep,
  Step,
} from "#core/plan/plan.ts";
import { areaOf, subareaOf, type Area } from "./areas.ts";
import { CATEGORIES } from "./categories.ts";
import { CONDITIONS } from "./conditions.ts";
import { photos } from "./fields.ts";
import { identity } from "./identity.ts";
import { ACTIONS, FIELDS } from "./locators.ts";
import { problemsOf } from "./problems.ts";

/** "s=edit" is also the beginning of "s=editimage". */
const at = (step: string): PageMark =>
  step === "edit" ? { urlIncludes: "s=edit", urlExcludes: "s=editimage" } : { urlIncludes: `s=${step}` };
const loads: Expectation = { any: [{ newDocument: true }] };
const loadsOneOf = (...steps: string[]): Expectation => ({
  any: steps.map((step) => ({ url: `[?&]s=${step}(&|#|$)` })),
});

/** The form on its own host: no frame around it. */
export function planFor(item: Item, context: PlanContext): Plan {
  assertListable("Craigslist", problemsOf(item));
  return planOf(item, context);
}

const zipOf = (item: Item): string => item.location?.postalCode.trim().slice(0, 5) ?? "";

/** Also for an item that still has problems: then steps without a value are left out. For previews only. */
function planOf(own: Item, { photoIds, account }: PlanContext): Plan {
  const item = itemFor(own, "craigslist");
  const area = areaOf(account?.city, zipOf(item));
  return {
    version: 1,
    marketplace: "craigslist",
    url: area ? `https://post.craigslist.org/c/${area.code}` : identity.urls.create,
    hosts: identity.hosts,
    fill: [
      ...where(item, area),
      ...what(item),
      ...form(item),
      ...map(),
      ...pictures(photoIds.slice(0, photos.max)),
    ],
    submit: [press("publish", "publish", {}, ACTIONS.publish, loads)],
  };
}

const press = (
  id: string,
  label: string,
  when: PageMark,
  locators: Locator[],
  expect: Expectation,
): PressStep => ({
  kind: "press",
  id,
  label,
  need: "required",
  ...(Object.keys(when).length > 0 ? { when } : {}),
  locators,
  expect,
});
const fill = (
  id: string,
  label: string,
  field: ListingField | "form",
  value: ControlValue,
  locators: Locator[],
  page: string,
  optional = false,
): FillStep => ({
  kind: "fill",
  id,
  label,
  field,
  need: optional ? "optional" : "required",
  when: at(page),
  value,
  locators,
});
/** The wizard asks for it only where the address has not said it, and where the area has parts. */
const sometimes = (step: FillStep): FillStep => ({ ...step, sometimes: true });
const choice = (...accept: string[]): ControlValue => ({ kind: "choice", accept });

function where(item: Item, area: Area | null): Step[] {
  const zip = zipOf(item);
  const subarea = subareaOf(zip);
  const areas = [area?.label, item.location?.city.toLowerCase()].filter((name): name is string => !!name);
  return [
    press("copy.skip", "skip copying an earlier posting", at("copyfromanother"), ACTIONS.skip, loads),
    ...(areas.length > 0
      ? [sometimes(fill("area", "area", "form", choice(...areas), FIELDS.area, "area"))]
      : []),
    press("area.continue", "continue", at("area"), ACTIONS.continue, loadsOneOf("subarea", "type")),
    ...(subarea
      ? [sometimes(fill("subarea", "part of the area", "form", choice(subarea), FIELDS.subarea, "subarea"))]
      : []),
    press("subarea.continue", "continue", at("subarea"), ACTIONS.continue, loadsOneOf("hood", "type")),
    press("hood.bypass", "bypass the neighborhood", at("hood"), ACTIONS.bypass, loadsOneOf("type")),
  ];
}

/** The wizard remembers the last category without a word: it is chosen every time. */
function what(item: Item): Step[] {
  const category = item.category && CATEGORIES[item.category];
  return [
    fill("type", "type of posting", "form", choice("for sale by owner"), FIELDS.type, "type"),
    press("type.continue", "continue", at("type"), ACTIONS.continue, loadsOneOf("cat")),
    ...(category
      ? [
          fill(
            "category",
            "category",
            "category",
            choice(`${category} - by owner`, category),
            FIELDS.category,
            "cat",
          ),
        ]
      : []),
    press("category.continue", "continue", at("cat"), ACTIONS.continue, loadsOneOf("edit")),
  ];
}

function form(item: Item): Step[] {
  const text = (
    id: string,
    label: string,
    field: ListingField,
    value: string,
    locators: Locator[],
    optional = true,
  ): Step[] =>
    value.trim() === ""
      ? []
      : [fill(id, label, field, { kind: "text", text: value.trim() }, locators, "edit", optional)];
  return [
    ...text("title", "posting title", "title", item.title, FIELDS.title, false),
    fill("price", "price", "price", { kind: "money", text: wholeText(item.price) }, FIELDS.price, "edit"),
    ...text("city", "city or neighborhood", "location", item.location?.city ?? "", FIELDS.city),
    ...text("postal", "postal code", "location", zipOf(item), FIELDS.postal, false),
    ...text("body", "description", "description", item.description, FIELDS.body, false),
    ...text("make", "make / manufacturer", "brand", brandOf(item), FIELDS.make),
    ...text("size", "size / dimensions", "size", item.size, FIELDS.size),
    ...(item.condition
      ? [
          fill(
            "condition",
            "condition",
            "condition",
            choice(...CONDITIONS[item.condition]),
            FIELDS.condition,
            "edit",
          ),
        ]
      : []),
    fill("language", "language of posting", "form", choice("english"), FIELDS.language, "edit", true),
    fill(
      "delivery",
      "delivery available",
      "shippingProfile",
      { kind: "switch", on: item.shippingProfile !== "pickup_only" },
      FIELDS.delivery,
      "edit",
      true,
    ),
    press(
      "edit.continue",
      "continue",
      at("edit"),
      ACTIONS.continue,
      loadsOneOf("geoverify", "editimage", "preview"),
    ),
  ];
}

/** The map comes filled with the postal code of the form. */
const map = (): Step[] => [
  press(
    "map.continue",
    "continue after the map",
    at("geoverify"),
    ACTIONS.continue,
    loadsOneOf("editimage", "preview"),
  ),
];

const pictures = (photoIds: string[]): Step[] => [
  ...(photoIds.length > 0
    ? [fill("photos", "images", "photos", { kind: "photos", photoIds }, FIELDS.photos, "editimage")]
    : []),
  press("images.done", "done with images", at("editimage"), ACTIONS.imagesDone, loadsOneOf("preview")),
];

/** Steps that only find the way through the wizard are no news to a seller. */
export const previewOf = (item: Item): PreviewLine[] =>
  previewOfPlan(planOf(item, { photoIds: item.photos.map(({ id }) => id) }), {
    price: `$${wholeText(itemFor(item, "craigslist").price)}`,
    type: "",
    language: "",
    delivery: itemFor(item, "craigslist").shippingProfile === "pickup_only" ? "no" : "yes",
  });

export function markerOf(item: Item): Marker {
  const here = itemFor(item, "craigslist");
  return { title: here.title.trim(), priceText: `$${wholeText(here.price)}` };
}
