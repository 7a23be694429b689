/** A public posting looks the same to its owner: nothing on it says "yours"; ids from the account's own list do. */
import type { ItemPageSigns } from "#core/marketplace/marketplace.ts";

export const itemPage: ItemPageSigns = {
  own: [],
  title: [{ by: "css", css: "#titletextonly" }],
  price: [{ by: "css", css: ".postingtitle .price" }],
  description: [{ by: "css", css: "#postingbody" }],
  photos: ".gallery img",
  anchor: [{ by: "css", css: ".postingtitle" }],
};
