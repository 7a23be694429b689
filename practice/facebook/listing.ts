/** What the create form sends and what is wrong with it. The page checks with the same rules as the server. */
import {
  availabilities,
  categories,
  colors,
  conditions,
  limits,
  localOnlyCategories,
  locations,
  meetups,
  weightClasses,
} from "./options.ts";

export interface ListingInput {
  readonly photoIds: readonly string[];
  readonly title: string;
  /** Digits, with or without cents: "45", "12.50". */
  readonly price: string;
  readonly category: string;
  readonly condition: string;
  readonly brand: string;
  readonly color: string;
  readonly material: string;
  readonly sku: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly location: string;
  readonly availability: string;
  readonly meetups: readonly string[];
  readonly hideFromFriends: boolean;
  readonly shipping: boolean;
  readonly pickup: boolean;
  /** A weight class, or "" before one is chosen. */
  readonly weight: string;
  readonly allowOffers: boolean;
  readonly minimumPrice: string;
  readonly groups: readonly string[];
}

export const emptyListing: ListingInput = {
  photoIds: [],
  title: "",
  price: "",
  category: "",
  condition: "",
  brand: "",
  color: "",
  material: "",
  sku: "",
  description: "",
  tags: [],
  location: "San Francisco, California",
  availability: availabilities[0],
  meetups: [],
  hideFromFriends: false,
  shipping: true,
  pickup: true,
  weight: "",
  allowOffers: true,
  minimumPrice: "",
  groups: [],
};

export const centsOf = (text: string): number | null => {
  const match = /^(\d{1,8})(?:\.(\d{0,2}))?$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : null;
};

export const canShip = (input: Pick<ListingInput, "category">): boolean =>
  !localOnlyCategories.includes(input.category);
export const isShipped = (input: ListingInput): boolean => input.shipping && canShip(input);

const includes = (list: readonly string[], value: string) => list.includes(value);

/** Whether the first step is complete except for the category, which has a message of its own. */
export const detailsComplete = (input: ListingInput): boolean =>
  input.photoIds.length > 0 &&
  input.title.trim() !== "" &&
  centsOf(input.price) !== null &&
  includes(conditions, input.condition) &&
  includes(locations, input.location);

/** Why the delivery step cannot be left, or null. */
export function deliveryProblem(input: ListingInput): string | null {
  if (!isShipped(input)) return input.pickup ? null : "Choose how buyers get the item";
  const label = weightClasses.find(({ label }) => label === input.weight);
  if (!label) return "Select a shipping label";
  return label.labelCents > (centsOf(input.price) ?? 0)
    ? "Your price must be higher than the cost of shipping"
    : null;
}

/** Why the offer step cannot be left, or null. */
export function offerProblem(input: ListingInput): string | null {
  if (!isShipped(input) || !input.allowOffers) return null;
  const price = centsOf(input.price) ?? 0;
  const minimum = centsOf(input.minimumPrice);
  if (minimum === null || minimum * 2 < price) return "Minimum price must be at least 50% of your price";
  return minimum >= price ? "Minimum price must be lower than your price" : null;
}

/** Everything wrong with a listing, as sentences. */
export function listingProblemsOf(input: ListingInput): string[] {
  const problems: string[] = [];
  if (!input.photoIds.length) problems.push("Add at least one photo");
  if (input.photoIds.length > limits.photos) problems.push(`You can add up to ${limits.photos} photos`);
  if (!input.title.trim()) problems.push("Please enter a title");
  if (input.title.length > limits.title) problems.push("The title is too long");
  if (centsOf(input.price) === null) problems.push("Please enter a valid price");
  if (!includes(categories, input.category)) problems.push("Please select a category");
  if (!includes(conditions, input.condition)) problems.push("Please select a condition");
  if (input.description.length > limits.description) problems.push("The description is too long");
  if (input.color && !includes(colors, input.color)) problems.push("Please select a color");
  if (input.tags.length > limits.tags) problems.push("Too many tags");
  if (!includes(locations, input.location)) problems.push("Please select a location");
  if (!includes(availabilities, input.availability)) problems.push("Please select an availability");
  if (!input.meetups.every((each) => includes(meetups, each))) problems.push("Unknown meetup preference");
  for (const problem of [deliveryProblem(input), offerProblem(input)]) if (problem) problems.push(problem);
  return problems;
}
