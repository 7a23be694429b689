/**
 * Items that want mending: between them they call up every fix any marketplace offers. The folders' own tests apply each;
 * the extension's tests press each button.
 */
import type { Item } from "#core/item/index.ts";
import { sampleItem } from "./sample-items.ts";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const listable = {
  description: "A sturdy thing in good order, with everything that belongs to it.",
  condition: "good",
  category: "home.decor",
  brand: "Acme",
  weightGrams: 700,
  location: { postalCode: "94110", city: "San Francisco", country: "US" },
} as const;

export const BROKEN_ITEMS: readonly Item[] = [
  sampleItem(901, 1, {
    ...listable,
    title: "Much too long a title ".repeat(9).trim(),
    description: "Many words, and then some more of them. ".repeat(210),
    price: usd(20_00),
  }),
  sampleItem(902, 1, {
    ...listable,
    title: "No brand, and not to be shipped",
    price: usd(19_99),
    brand: "",
    shippingProfile: "pickup_only",
  }),
  sampleItem(903, 1, { ...listable, title: "Weight unknown", price: usd(30_00), weightGrams: null }),
  sampleItem(904, 1, { ...listable, title: "Too heavy to ship", price: usd(45_00), weightGrams: 60_000 }),
  sampleItem(905, 1, { ...listable, title: "Cheaper than its label", price: usd(3_00) }),
  sampleItem(907, 1, { ...listable, title: "Without a price", price: usd(0) }),
  sampleItem(906, 1, {
    ...listable,
    title: "Differences that cannot be used",
    price: usd(25_00),
    overrides: {
      facebook: { price: "cheap", overrides: { facebook: { title: "Nested" } } },
      mercari: { title: "Kept at Mercari", colour: "red" },
      craigslist: { weightGrams: -1 },
    },
  }),
];
