import type { AccountRules } from "#core/marketplace/marketplace.ts";

export const account: AccountRules = {
  // The jar's names are not fully documented: all of mercari.com is kept, nothing of anybody else.
  cookies: [{ domain: "mercari.com", names: "*" }],
  localStorage: [{ origin: "https://www.mercari.com", keys: ["_s_did"] }],
  sessionCookies: ["_mwus"],
  handleUrl: "https://www.mercari.com/mypage/",
  handle: { locators: [{ by: "css", css: 'a[href="/mypage/"]' }], pattern: "^\\s*(\\S+)\\s*$" },
  listings: {
    url: "https://www.mercari.com/mypage/listings/active/",
    rows: 'li:has(a[href*="/item/m"])',
    title: 'a[href*="/item/m"]',
    price: "b",
    link: 'a[href*="/item/m"]',
    idPattern: "/item/(m\\d+)",
    ready: [{ by: "text", text: "Nothing here yet" }],
  },
  settleMs: [2_000, 10_000, 30_000, 60_000],
  replay: "unknown",
};
