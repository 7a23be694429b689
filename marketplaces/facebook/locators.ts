/**
 * Facebook has no stable handle on anything: classes change with every deploy. What holds is the visible label: the first
 * text line of the <label> around an input (read live 2026-08), and role plus name for what is pressed.
 */
import type { FieldMeaning, Locator } from "#core/plan/plan.ts";

const labelled = (text: string | string[], field: FieldMeaning): Locator[] => [
  { by: "label", text, first: true },
  { by: "role", role: "combobox", name: text, exact: true },
  { by: "meaning", field },
];
const typed = (text: string | string[], field: FieldMeaning): Locator[] => [
  { by: "label", text, first: true },
  { by: "role", role: "textbox", name: text, exact: true },
  { by: "meaning", field },
];
const button = (name: string | string[]): Locator[] => [{ by: "role", role: "button", name, exact: true }];

export const FIELDS = {
  photos: [
    { by: "css", css: 'input[type="file"]:is([accept*="image"], [accept*=".jp"])' },
    { by: "meaning", field: "photos" },
  ],
  title: typed("Title", "title"),
  price: typed("Price", "price"),
  category: labelled("Category", "category"),
  condition: labelled("Condition", "condition"),
  description: typed("Description", "description"),
  brand: typed("Brand", "brand"),
  color: labelled(["Color", "Colour"], "colors"),
  material: typed("Material", "material"),
  sku: typed("SKU", "sku"),
  availability: labelled("Availability", "quantity"),
  tags: typed("Product tags", "tags"),
  location: labelled("Location", "location"),
  allowOffers: [
    { by: "label", text: "Allow offers" },
    { by: "role", role: "switch", name: "Allow offers", exact: true },
  ],
} satisfies Record<string, Locator[]>;

export const ACTIONS = {
  next: button("Next"),
  publish: button("Publish"),
  close: button("Close"),
  welcome: [{ by: "role", role: "dialog", name: "Welcome to Marketplace", exact: true }],
  welcomeStart: [{ by: "role", role: "button", name: ["Get started", "Close"], exact: true }],
  cookies: [
    {
      by: "role",
      role: "dialog",
      name: "Allow the use of cookies from Facebook on this browser?",
      exact: true,
    },
  ],
  cookiesNecessary: button("Decline optional cookies"),
} satisfies Record<string, Locator[]>;
