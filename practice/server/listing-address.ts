/** The ids and addresses each site gives its listings. */
import { randomInt } from "node:crypto";
import type { SiteId } from "../sites.ts";

export const newListingId: Readonly<Record<SiteId, () => string>> = {
  facebook: () => `${randomInt(100_000, 999_999)}${randomInt(1_000_000_000, 9_999_999_999)}`,
  mercari: () => `m${randomInt(10_000_000, 99_999_999)}${randomInt(100, 999)}`,
  craigslist: () => `77${randomInt(10_000_000, 99_999_999)}`,
};

const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "posting";

export const listingUrl = {
  facebook: (id: string) => `https://www.facebook.com/marketplace/item/${id}/`,
  mercari: (id: string) => `https://www.mercari.com/us/item/${id}/`,
  craigslist: (id: string, title: string, place = { host: "sfbay", area: "sfc", category: "for" }) =>
    `https://${place.host}.craigslist.org/${place.area}/${place.category}/d/${slugOf(title)}/${id}.html`,
} as const satisfies Readonly<Record<SiteId, (id: string, title: string) => string>>;
