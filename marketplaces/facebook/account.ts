import type { AccountRules } from "#core/marketplace/marketplace.ts";

export const account: AccountRules = {
  cookies: [{ domain: "facebook.com", names: ["c_user", "xs", "datr", "sb", "fr", "locale"] }],
  localStorage: [],
  sessionCookies: ["c_user", "xs"],
  handleUrl: "https://www.facebook.com/marketplace/you/selling",
  handle: { locators: [{ by: "css", css: 'a[href="/me/"]' }], pattern: "^\\s*(\\S.*\\S|\\S)\\s*$" },
  login: { by: "cookie", name: "c_user", pattern: "^\\d+$" },
  listingId: "/marketplace/item/(\\d+)",
  // One grid of everything. The unfiltered one may never draw old listings: it is scrolled, and refused when it does not end.
  listings: [
    {
      name: "selling",
      url: "https://www.facebook.com/marketplace/you/selling",
      statuses: [
        { status: "held", words: "being reviewed" },
        { status: "draft", words: "\\bdraft\\b" },
        { status: "sold", words: "mark as available|(?<!mark as )\\bsold\\b" },
        { status: "ended", words: "\\b(relist|expired)\\b" },
        { status: "active" },
      ],
      // The innermost box that holds a listing's picture link and its own menu button.
      rows: 'div:has(> a[href*="/marketplace/"] img):has([aria-label^="More options for"])',
      title: 'a[href*="/marketplace/"]:not(:has(img))',
      price: 'a[href*="/marketplace/"]:not(:has(img)) + span',
      link: 'a[href*="/marketplace/item/"]',
      order: "newest-first",
      empty: [{ by: "text", text: ["No listings found", "You have no listings"] }],
      loading: [{ by: "css", css: '[role="progressbar"], [data-visualcompletion="loading-state"]' }],
      filter: [
        { by: "css", css: 'input[placeholder="Search your listings"]:not(:placeholder-shown)' },
        { by: "role", role: "button", name: "Clear all" },
      ],
      more: { by: "scroll" },
    },
  ],
  settle: { windowMs: 120_000, lookMs: [3_000, 15_000, 45_000, 120_000] },
  // What is under review may be shown nowhere, for as long as it takes.
  absenceProves: false,
  replay: "unknown",
};
