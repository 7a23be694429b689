/** The values an item is made of; apart from the item, whose schema takes longer to make than waking a service worker should. */
import { z } from "zod";

export const CONDITIONS = ["new_with_tags", "new", "like_new", "good", "fair", "poor"] as const;
export const COLORS = [
  "beige", "black", "blue", "brown", "clear", "gold", "gray", "green",
  "multicolor", "orange", "pink", "purple", "red", "silver", "white", "yellow",
] as const; // oxfmt-ignore

export const moneySchema = z.strictObject({
  amountMinor: z.int().min(0).max(100_000_000_00).describe("in minor units: 1999 is 19.99 USD"),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as USD"),
});
