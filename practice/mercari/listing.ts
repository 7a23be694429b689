/** What the sell form sends and what is wrong with it. The page checks with the same rules as the server. */
import type { ListingStatus } from "../ledger-entry.ts";
import {
  allPaths,
  brands,
  carriersFor,
  colors,
  conditions,
  dollars,
  leastFloorCents,
  limits,
  sizesFor,
} from "./options.ts";

export interface ShippingLabel {
  readonly pounds: number;
  readonly ounces: number;
  readonly shoebox: boolean;
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly carrierId: string;
}

export interface SellInput {
  readonly photoIds: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly brand: string;
  readonly noBrand: boolean;
  /** The radio id, "1".."5", or "". */
  readonly condition: string;
  readonly size: string;
  readonly color: string;
  readonly zip: string;
  readonly delivery: "" | "MERCARI" | "OWN";
  readonly freeShipping: boolean;
  readonly label: ShippingLabel | null;
  readonly price: string;
  readonly smartPricing: boolean;
  readonly floor: string;
}

export const emptyInput: SellInput = {
  photoIds: [],
  title: "",
  description: "",
  category: "",
  brand: "",
  noBrand: false,
  condition: "",
  size: "",
  color: "",
  zip: "",
  delivery: "",
  freeShipping: true,
  label: null,
  price: "",
  smartPricing: true,
  floor: "",
};

export type SellField = keyof SellInput;
export type SellProblems = Partial<Record<SellField, string>>;

/** Cents of a typed amount, or null when it is not one. */
export function centsOf(text: string): number | null {
  const match = /^\$?(\d{1,7})(?:\.(\d{0,2}))?$/.exec(text.trim().replaceAll(",", ""));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : null;
}

/** Ounces of a parcel. */
export const weightOf = (label: Pick<ShippingLabel, "pounds" | "ounces">): number =>
  label.pounds * 16 + label.ounces;

export const sidesOf = (label: ShippingLabel): number[] | null =>
  label.shoebox ? null : [label.length, label.width, label.height];

/** Sentences per field, in the words of the site; empty when the form can be listed. */
export function sellProblemsOf(input: SellInput): SellProblems {
  const problems: Partial<Record<SellField, string>> = {};
  const price = centsOf(input.price);
  const words = input.description.trim().split(/\s+/).filter(Boolean);

  if (!input.photoIds.length) problems.photoIds = "Please add at least one photo";
  else if (input.photoIds.length > limits.photos)
    problems.photoIds = `You can add up to ${limits.photos} photos`;
  if (!input.title.trim()) problems.title = "Please enter a title";
  else if (input.title.length > limits.title)
    problems.title = `Title must be ${limits.title} characters or less`;
  if (words.length < limits.descriptionMinWords)
    problems.description = `Description must be at least ${limits.descriptionMinWords} words`;
  else if (input.description.length > limits.description)
    problems.description = `Description must be ${limits.description} characters or less`;
  if (!allPaths.includes(input.category)) problems.category = "Please select a category";
  if (!input.noBrand && !(brands as readonly string[]).includes(input.brand))
    problems.brand = "Please select a brand";
  if (!conditions.some(({ id }) => id === input.condition)) problems.condition = "Please select a condition";
  const sizes = sizesFor(input.category);
  if (sizes.length && !sizes.includes(input.size)) problems.size = "Please select a size";
  if (input.color && !(colors as readonly string[]).includes(input.color))
    problems.color = "Please select a color";
  if (!/^\d{5}$/.test(input.zip)) problems.zip = "Please enter a 5-digit ZIP code";
  if (!input.delivery) problems.delivery = "Please select a delivery method";
  if (input.delivery === "MERCARI" && !isLabelValid(input.label))
    problems.label = "Please select a shipping carrier";
  if (price === null) problems.price = "Please enter a price";
  else if (price < limits.priceMin * 100) problems.price = `The minimum price is $${limits.priceMin}`;
  else if (price > limits.priceMax * 100) problems.price = `The maximum price is $${limits.priceMax}`;
  if (input.smartPricing && price !== null) {
    const problem = floorProblem(input.floor, price);
    if (problem) problems.floor = problem;
  }
  return problems;
}

function floorProblem(text: string, price: number): string | null {
  const floor = centsOf(text);
  const least = leastFloorCents(price);
  if (floor === null || floor <= least) return `The floor price needs to be more than ${dollars(least)}`;
  return floor >= price ? "The floor price needs to be less than your listing price" : null;
}

const isLabelValid = (label: ShippingLabel | null): boolean =>
  label !== null && carriersFor(weightOf(label), sidesOf(label)).some(({ id }) => id === label.carrierId);

/** A listing as the pages show it. */
export interface Card {
  /** Empty for the sell form's own draft. */
  readonly id: string;
  readonly title: string;
  readonly price: string;
  readonly status: ListingStatus;
  readonly photos: readonly string[];
}
