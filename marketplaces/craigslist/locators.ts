/** Plain forms with ids and names that have not changed for years; labels as they are printed come second. */
import type { FieldMeaning, Locator } from "#core/plan/plan.ts";

const field = (css: string, text: string | string[], meaning: FieldMeaning): Locator[] => [
  { by: "css", css },
  { by: "label", text },
  { by: "meaning", field: meaning },
];
/** Radios of a wizard step: the only group on the page. */
const onlyRadios: Locator[] = [
  { by: "css", css: 'form input[type="radio"][name="id"]' },
  { by: "css", css: 'form input[type="radio"]' },
];

export const FIELDS = {
  title: field("#PostingTitle", "posting title", "title"),
  price: field('input[name="price"]', "price", "price"),
  city: field("#geographic_area", ["city or neighborhood", "specific location"], "city"),
  postal: field("#postingForm #postal_code", ["postal code", "ZIP code"], "postalCode"),
  body: field("#PostingBody", ["description", "posting body"], "description"),
  make: field('input[name="sale_manufacturer"]', "make / manufacturer", "brand"),
  size: field('input[name="sale_size"]', "size / dimensions", "size"),
  condition: field('select[name="condition"]', "condition", "condition"),
  language: [
    { by: "css", css: 'select[name="language"]' },
    { by: "label", text: "language of posting" },
  ],
  delivery: field('input[name="delivery_available"]', "delivery available", "shippingProfile"),
  photos: [
    { by: "css", css: 'input[type="file"][multiple]' },
    { by: "meaning", field: "photos" },
  ],
  area: onlyRadios,
  subarea: onlyRadios,
  type: onlyRadios,
  category: [...onlyRadios, { by: "meaning", field: "category" }],
} satisfies Record<string, Locator[]>;

const button = (css: string, name: string | string[]): Locator[] => [
  { by: "css", css },
  { by: "role", role: "button", name, exact: true },
];
export const ACTIONS = {
  skip: [
    ...button('button[name="brand_new_post"]', "skip"),
    { by: "role", role: "link", name: "skip", exact: true },
  ],
  bypass: button('button[name="bypass"]', "bypass this step"),
  continue: button("button.continue[name=go]", "continue"),
  imagesDone: button("#doneWithImages", "done with images"),
  publish: button("#publish_top button.publish", "publish"),
} satisfies Record<string, Locator[]>;
