/** Listings that come into a seller's list without a form: made by hand, years ago, by another tool. */
import { z } from "zod";
import type { ListingFields, ListingStatus } from "../ledger-entry.ts";
import { accounts, fieldNames, siteIds, type SiteId } from "../sites.ts";
import { listingUrl, newListingId } from "./listing-address.ts";
import type { HandMade } from "./listings.ts";

/** The states each site shows. */
const statusesOf = {
  facebook: ["active", "held", "sold", "inactive", "draft"],
  mercari: ["active", "held", "in_progress", "sold", "inactive", "draft"],
  craigslist: ["active", "held", "inactive", "deleted", "draft"],
} as const satisfies Readonly<Record<SiteId, readonly ListingStatus[]>>;

const oneListing = z.strictObject({
  title: z.string().min(1),
  /** As the site's form would send it, without a currency sign. */
  price: z.string().regex(/^\d+(\.\d\d)?$/),
  status: z.enum(["active", "held", "in_progress", "sold", "inactive", "draft", "deleted"]).default("active"),
  /** When it was made; now, unless told. */
  at: z.iso.datetime({ offset: true }).optional(),
});

export const handMadeRequest = z
  .strictObject({
    site: z.enum(siteIds),
    account: z.enum(accounts.map(({ handle }) => handle) as [string, ...string[]]),
    listings: z.array(oneListing).min(1).max(1000),
  })
  .superRefine(({ site, listings }, context) => {
    const known: readonly string[] = statusesOf[site];
    for (const [index, { status }] of listings.entries()) {
      if (known.includes(status)) continue;
      const message = `${site} shows no listing as "${status}", only as ${known.join(", ")}`;
      context.addIssue({ code: "custom", message, path: ["listings", index, "status"] });
    }
  });
export type HandMadeRequest = z.input<typeof handMadeRequest>;

/** In the order they are asked for; of those made at one moment, the later one is the newer. */
export function handMade({ site, account, listings }: z.output<typeof handMadeRequest>): HandMade[] {
  return listings.map(({ title, price, status, at }) => {
    const externalId = newListingId[site]();
    const names = fieldNames[site];
    const shown = site === "craigslist" ? price.replace(/\.\d\d$/, "") : Number(price).toFixed(2);
    const fields: ListingFields = { [names.title]: title, [names.price]: shown };
    const url = listingUrl[site](externalId, title);
    return { site, account, externalId, url, fields, status, at: new Date(at ?? Date.now()).toISOString() };
  });
}
