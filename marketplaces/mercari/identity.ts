import type { Identity } from "#core/marketplace/marketplace.ts";

const ITEM_PAGE = /^https:\/\/www\.mercari\.com\/(?:us\/)?item\/(m\d+)(?:[/?#]|$)/;

export const identity: Identity = {
  id: "mercari",
  name: "Mercari",
  monogram: { text: "Me", color: "#5356ee" },
  hostPermissions: ["https://*.mercari.com/*"],
  hosts: ["www.mercari.com"],
  countries: ["US"],
  status: { kind: "working", verified: "2026-11-21" },
  urls: {
    home: "https://www.mercari.com/",
    login: "https://www.mercari.com/login/",
    create: "https://www.mercari.com/sell/",
    activeListings: "https://www.mercari.com/mypage/listings/active/",
    listing: (externalId) => `https://www.mercari.com/us/item/${externalId}/`,
  },
  recognizeListing: (url) => ITEM_PAGE.exec(url)?.[1] ?? null,
};
