import type { AccountRules } from "#core/marketplace/marketplace.ts";

export const account: AccountRules = {
  cookies: [{ domain: "facebook.com", names: ["c_user", "xs", "datr", "sb", "fr", "locale"] }],
  localStorage: [],
  sessionCookies: ["c_user", "xs"],
  handleUrl: "https://www.facebook.com/marketplace/you/selling",
  handle: { locators: [{ by: "css", css: 'a[href="/me/"]' }], pattern: "^\\s*(\\S.*\\S|\\S)\\s*$" },
  listings: {
    url: "https://www.facebook.com/marketplace/you/selling",
    // The innermost box that holds a listing's picture link and its own menu button.
    rows: 'div:has(> a[href*="/marketplace/item/"] img):has([aria-label^="More options for"])',
    title: 'a[href*="/marketplace/item/"]:not(:has(img))',
    price: 'a[href*="/marketplace/item/"]:not(:has(img)) + span',
    link: 'a[href*="/marketplace/item/"]',
    idPattern: "/marketplace/item/(\\d+)",
    // Not the heading: it stands there before the rows do.
    ready: [{ by: "text", text: ["No listings found", "You have no listings"] }],
  },
  settleMs: [3_000, 15_000, 45_000, 120_000],
  replay: "unknown",
};
