import type { AccountRules, ListingsPage } from "#core/marketplace/marketplace.ts";

const tableUrl = (tab: string, page: string): string =>
  `https://accounts.craigslist.org/login/home?filter_page=${page}&show_tab=${tab}`;

/** One table for postings of all states, and one of the same make for unfinished ones. */
const pageOf = (tab: string, statuses: ListingsPage["statuses"]): ListingsPage => ({
  name: tab,
  url: tableUrl(tab, "1"),
  statuses,
  rows: "table.accthp_postings tr.posting-row",
  title: "td.title",
  titleWithout: " - \\$[\\d,.]+$",
  price: "td.title",
  link: 'a[href*=".craigslist.org/"][href$=".html"]',
  // What is deleted has no link any more.
  idFrom: { css: "td.status[data-postingid]", attribute: "data-postingid" },
  order: "newest-first",
  empty: [{ by: "css", css: "table.accthp_postings:not(:has(tbody tr))" }],
  loading: [{ by: "css", css: "main .loading" }],
  filter: [{ by: "css", css: "main p.filter" }],
  more: {
    by: "pages",
    url: tableUrl(tab, "{page}"),
    perPage: 50,
    next: [{ by: "role", role: "link", name: "next" }],
  },
});

export const account: AccountRules = {
  // No source names the session cookies for sure: all of craigslist.org is kept, nothing of anybody else.
  cookies: [{ domain: "craigslist.org", names: "*" }],
  localStorage: [],
  sessionCookies: ["cl_session"],
  handleUrl: tableUrl("postings", "1"),
  handle: { locators: [{ by: "css", css: 'header a[href$="/login/home"]' }], pattern: "^\\s*(\\S+)\\s*$" },
  // No page of the site shows a number or another steady id.
  login: { by: "handle" },
  listingId: "/(\\d{10})(?:\\.html)?(?:$|[/?#])",
  listings: [
    pageOf("postings", [
      { status: "held", css: "td.status.pending" },
      { status: "ended", css: "td.status.deleted, td.status.expired, td.status.removed" },
      { status: "active" },
    ]),
    pageOf("drafts", [{ status: "draft" }]),
  ],
  settle: { windowMs: 180_000, lookMs: [2_000, 15_000, 60_000, 180_000] },
  // Postings are flagged or ghosted without a word.
  absenceProves: false,
  replay: "unknown",
};
