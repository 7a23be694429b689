import type { AccountRules } from "#core/marketplace/marketplace.ts";

export const account: AccountRules = {
  // No source names the session cookies for sure: all of craigslist.org is kept, nothing of anybody else.
  cookies: [{ domain: "craigslist.org", names: "*" }],
  localStorage: [],
  sessionCookies: ["cl_session"],
  handleUrl: "https://accounts.craigslist.org/login/home?filter_page=1&show_tab=postings",
  handle: { locators: [{ by: "css", css: 'header a[href$="/login/home"]' }], pattern: "^\\s*(\\S+)\\s*$" },
  listings: {
    url: "https://accounts.craigslist.org/login/home?filter_page=1&show_tab=postings",
    rows: "table.accthp_postings tr.posting-row",
    title: "td.title a",
    price: "td.title",
    link: 'a[href*=".craigslist.org/"][href$=".html"]',
    idPattern: '(?:/|data-postingid=\\"|manage/)(\\d{10})',
    ready: [{ by: "css", css: "table.accthp_postings" }],
  },
  settleMs: [2_000, 15_000, 60_000, 180_000],
  replay: "unknown",
};
