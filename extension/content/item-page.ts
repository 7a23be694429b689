/** The seller's own item page or own list showing now, by the marketplace's signs. */
import { itemPageShown, type ItemPage } from "#core/fill/read/item-page.ts";
import { handleShown } from "#core/fill/read/account.ts";
import { rowsShown } from "#core/fill/read/listing-rows.ts";
import { locateElement } from "#core/fill/find/locate.ts";
import type { AccountRules, ChannelId, ItemPageSigns } from "#core/marketplace/marketplace.ts";
import { account as craigslistAccount } from "#marketplaces/craigslist/account.ts";
import { itemPage as craigslistPage } from "#marketplaces/craigslist/item-page.ts";
import { account as facebookAccount } from "#marketplaces/facebook/account.ts";
import { itemPage as facebookPage } from "#marketplaces/facebook/item-page.ts";
import { account as mercariAccount } from "#marketplaces/mercari/account.ts";
import { itemPage as mercariPage } from "#marketplaces/mercari/item-page.ts";

type Signs = { page: ItemPageSigns; account: AccountRules };

const SITES: Record<ChannelId, Signs & { host: RegExp }> = {
  facebook: { host: /(^|\.)facebook\.com$/, page: facebookPage, account: facebookAccount },
  mercari: { host: /(^|\.)mercari\.com$/, page: mercariPage, account: mercariAccount },
  craigslist: { host: /(^|\.)craigslist\.org$/, page: craigslistPage, account: craigslistAccount },
};

export type OwnItemPage = Omit<ItemPage, "own"> & {
  platform: ChannelId;
  /** False where the page does not say whose it is: then the id decides. */
  saysSo: boolean;
  /** The site's own action the button goes beside. */
  anchor: HTMLElement | null;
};

const siteOf = ({ hostname }: Location): [ChannelId, (typeof SITES)[ChannelId]] | undefined =>
  (Object.entries(SITES) as [ChannelId, (typeof SITES)[ChannelId]][]).find(([, { host }]) =>
    host.test(hostname),
  );

/** Null on every page that shows no item, or surely somebody else's. */
export const ownItemPage = (document: Document): OwnItemPage | null => {
  const [platform, site] = siteOf(document.location) ?? [];
  if (!platform || !site) return null;
  const saysSo = site.page.own.length > 0;
  const shown = itemPageShown(document, site.page, site.account.listingId);
  if (!shown || (saysSo && !shown.own)) return null;
  const found = locateElement(document, site.page.anchor);
  return {
    platform,
    saysSo,
    externalId: shown.externalId,
    fields: shown.fields,
    unreadPrice: shown.unreadPrice,
    photoUrls: shown.photoUrls,
    anchor: "target" in found ? found.target : null,
  };
};

/** Ids in the account's own list when that is the page, where item pages do not say whose they are. */
export const ownIdsShown = (document: Document): { platform: ChannelId; externalIds: string[] } | null => {
  const [platform, site] = siteOf(document.location) ?? [];
  if (!platform || !site || site.page.own.length > 0) return null;
  const { origin, pathname } = document.location;
  const page = site.account.listings.find(({ url }) => {
    const list = new URL(url);
    return origin === list.origin && pathname === list.pathname;
  });
  if (!page) return null;
  if (handleShown(document, site.account.handle) === null) return null;
  const rows = rowsShown(document, page, site.account.listingId);
  const externalIds = rows.flatMap((row) => row.externalId ?? []);
  return externalIds.length > 0 ? { platform, externalIds: externalIds.slice(0, 500) } : null;
};
