/** The practice marketplaces: names, hosts and the people who can log in. */

export const siteIds = ["facebook", "mercari", "craigslist"] as const;
export type SiteId = (typeof siteIds)[number];

/** Real hostnames, each routed to its site by the Host header. */
export const hosts: Readonly<Record<string, SiteId>> = {
  "www.facebook.com": "facebook",
  "www.mercari.com": "mercari",
  "www.craigslist.org": "craigslist",
  "post.craigslist.org": "craigslist",
  "accounts.craigslist.org": "craigslist",
  "sfbay.craigslist.org": "craigslist",
};

/** What each site's form calls the two things every list shows. */
export const fieldNames: Readonly<Record<SiteId, { readonly title: string; readonly price: string }>> = {
  facebook: { title: "title", price: "price" },
  mercari: { title: "title", price: "price" },
  craigslist: { title: "PostingTitle", price: "price" },
};

export interface Account {
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** The numeric id Facebook prints in `c_user`; an identifier, not a secret. */
  readonly userId: string;
}

/** How many logins there are that belong to nobody in particular. */
const SELLERS = 90;
const seller = (_: unknown, index: number): Account => {
  const number = String(index + 1).padStart(2, "0");
  return {
    handle: `seller-${number}`,
    name: `Seller ${number}`,
    email: `seller-${number}@example.test`,
    password: `practice-seller-${number}`,
    userId: `1000851234600${number}`,
  };
};

/** The same people on every site: two with a name, and sellers for tests that need a login of their own. */
export const accounts: readonly Account[] = [
  {
    handle: "maria",
    name: "Maria Lindqvist",
    email: "maria@example.test",
    password: "practice-maria",
    userId: "100085123450001",
  },
  {
    handle: "jonas",
    name: "Jonas Okafor",
    email: "jonas@example.test",
    password: "practice-jonas",
    userId: "100085123450002",
  },
  ...Array.from({ length: SELLERS }, seller),
];

export const accountOf = (handle: string): Account => {
  const account = accounts.find((each) => each.handle === handle);
  if (!account)
    throw new Error(`no practice account "${handle}": use maria or jonas, or seller-01 to seller-${SELLERS}`);
  return account;
};

export const isSiteId = (value: unknown): value is SiteId =>
  typeof value === "string" && (siteIds as readonly string[]).includes(value);
