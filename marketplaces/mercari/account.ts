import type { AccountRules, ListingsPage } from "#core/marketplace/marketplace.ts";

/** Each state has a page of its own, all of one make. */
const pageOf = (name: string, path: string, statuses: ListingsPage["statuses"]): ListingsPage => ({
  name,
  url: `https://www.mercari.com/mypage/listings/${path}/`,
  statuses,
  rows: 'li:has(a[href*="/item/m"]), li:has([data-testid="ListingItemCheckbox"])',
  title: "a:has(img)",
  price: "b",
  link: 'a[href*="/item/m"]',
  order: "newest-first",
  empty: [{ by: "text", text: "Nothing here yet" }],
  loading: [{ by: "css", css: '[data-testid="ListingsSkeleton"]' }],
  filter: [{ by: "css", css: '[data-testid="AppliedFilters"]' }],
  count: { css: 'nav a[aria-current="page"]', pattern: "([\\d,]+)\\)?$" },
  more: { by: "scroll" },
});

export const account: AccountRules = {
  // The jar's names are not fully documented: all of mercari.com is kept, nothing of anybody else.
  cookies: [{ domain: "mercari.com", names: "*" }],
  localStorage: [{ origin: "https://www.mercari.com", keys: ["_s_did"] }],
  sessionCookies: ["_mwus"],
  handleUrl: "https://www.mercari.com/mypage/",
  handle: { locators: [{ by: "css", css: 'a[href="/mypage/"]' }], pattern: "^\\s*(\\S+)\\s*$" },
  // The site's tracker writes down the user's number on every page.
  login: { by: "storage", key: "^ab\\.storage\\.userId\\.", pattern: '"g":"([^"]+)"' },
  listingId: "/item/(m\\d+)",
  listings: [
    pageOf("active", "active", [{ status: "held", words: "under review" }, { status: "active" }]),
    pageOf("in progress", "in_progress", [{ status: "inProgress" }]),
    pageOf("complete", "complete", [{ status: "sold" }]),
    pageOf("inactive", "inactive", [{ status: "ended" }]),
    pageOf("drafts", "draft", [{ status: "draft" }]),
  ],
  settle: { windowMs: 60_000, lookMs: [2_000, 10_000, 30_000, 60_000] },
  // Nobody has written down what becomes of a listing that the site looks at first, nor how late the list may be.
  absenceProves: false,
  replay: "unknown",
};
