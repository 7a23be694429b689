import type { ItemPageSigns } from "#core/marketplace/marketplace.ts";

const editListing = [
  { by: "role", role: "link", name: "Edit listing", exact: true },
  { by: "role", role: "button", name: "Edit listing", exact: true },
] as const;

export const itemPage: ItemPageSigns = {
  own: [...editListing],
  title: [{ by: "css", css: "h1" }],
  price: [{ by: "css", css: "h1 + div" }],
  description: [{ by: "css", css: "h1 ~ p" }],
  photos: 'img[alt^="Photo "], img[alt^="Product photo"]',
  anchor: [...editListing, { by: "css", css: "h1" }],
};
