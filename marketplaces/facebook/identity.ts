import type { Identity } from "#core/marketplace/marketplace.ts";

const ITEM_PAGE = /^https:\/\/www\.facebook\.com\/marketplace\/item\/(\d+)(?:[/?#]|$)/;

export const identity: Identity = {
  id: "facebook",
  name: "Facebook Marketplace",
  monogram: { text: "Fb", color: "#0866ff" },
  hostPermissions: ["https://*.facebook.com/*"],
  hosts: ["www.facebook.com"],
  countries: ["US"],
  status: { kind: "working", verified: "2026-11-21" },
  urls: {
    home: "https://www.facebook.com/marketplace/",
    login: "https://www.facebook.com/login/",
    create: "https://www.facebook.com/marketplace/create/item",
    activeListings: "https://www.facebook.com/marketplace/you/selling",
    listing: (externalId) => `https://www.facebook.com/marketplace/item/${externalId}/`,
  },
  recognizeListing: (url) => ITEM_PAGE.exec(url)?.[1] ?? null,
};
