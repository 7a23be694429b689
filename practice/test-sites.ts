/** What tests of all three sites need to name per site. */
import { postByScript as postToCraigslist } from "./craigslist/script.ts";
import { postByScript as postToFacebook } from "./facebook/script.ts";
import { postByScript as postToMercari } from "./mercari/script.ts";

export const scripts = { facebook: postToFacebook, mercari: postToMercari, craigslist: postToCraigslist };
/** A page only the signed-in seller sees. */
export const homes = {
  facebook: "https://www.facebook.com/marketplace/create/item",
  mercari: "https://www.mercari.com/sell/",
  craigslist: "https://accounts.craigslist.org/login/home",
};
/** The seller's own listings. */
export const lists = {
  facebook: "https://www.facebook.com/marketplace/you/selling",
  mercari: "https://www.mercari.com/mypage/listings/active/",
  craigslist: homes.craigslist,
};
