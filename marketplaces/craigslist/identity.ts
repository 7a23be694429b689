import type { Identity } from "#core/marketplace/marketplace.ts";

/** https://sfbay.craigslist.org/sfc/fuo/d/oak-chair/7712345678.html, and the owner's page of it. */
const ITEM_PAGE =
  /^https:\/\/(?!www\.|post\.|accounts\.)[a-z]+\.craigslist\.org\/(?:[a-z]{2,4}\/){1,2}d\/[^/]+\/(\d{10})\.html(?:[?#]|$)/;
const MANAGE_PAGE = /^https:\/\/post\.craigslist\.org\/manage\/(\d{10})(?:[/?#]|$)/;

export const identity: Identity = {
  id: "craigslist",
  name: "Craigslist",
  monogram: { text: "cl", color: "#5c2d91" },
  hostPermissions: ["https://*.craigslist.org/*"],
  hosts: ["post.craigslist.org"],
  countries: ["US"],
  status: { kind: "working", verified: "2026-11-21" },
  urls: {
    home: "https://www.craigslist.org/",
    login: "https://accounts.craigslist.org/login",
    create: "https://post.craigslist.org/",
    activeListings: "https://accounts.craigslist.org/login/home?filter_page=1&show_tab=postings",
    // The public address holds area, category and title, which an id does not give away.
    listing: (externalId) => `https://post.craigslist.org/manage/${externalId}`,
  },
  recognizeListing: (url) => ITEM_PAGE.exec(url)?.[1] ?? MANAGE_PAGE.exec(url)?.[1] ?? null,
};
