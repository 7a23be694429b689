import type { Item } from "../item/item.ts";
import type { Plan } from "../plan/plan.ts";
import type { Marketplace } from "./marketplace.ts";

/** With as many photos as the site takes. @param city what the seller chose for sites that have one per city. */
export function planOfItem(marketplace: Marketplace, item: Item, city: string | null): Plan {
  const photoIds = item.photos.slice(0, marketplace.photos.max).map(({ id }) => id);
  return marketplace.planFor(item, { photoIds, ...(city ? { account: { city } } : {}) });
}
