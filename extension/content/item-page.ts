/** The seller's own item page showing now, by the marketplace's signs; null on every other page. */
import { itemPageShown } from "#core/fill/read/item-page.ts";
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

export type OwnItemPage = {
  platform: ChannelId;
  externalId: string;
  fields: NonNullable<ReturnType<typeof itemPageShown>>["fields"];
  photoUrls: string[];
  /** The site's own action the button goes beside. */
  anchor: HTMLElement | null;
};

export const ownItemPage = (document: Document): OwnItemPage | null => {
  const { hostname } = document.location;
  for (const [platform, site] of Object.entries(SITES) as [ChannelId, (typeof SITES)[ChannelId]][]) {
    if (!site.host.test(hostname)) continue;
    const shown = itemPageShown(document, site.page, site.account.listings.idPattern);
    if (!shown?.own) return null;
    const found = locateElement(document, site.page.anchor);
    return {
      platform,
      externalId: shown.externalId,
      fields: shown.fields,
      photoUrls: shown.photoUrls,
      anchor: "target" in found ? found.target : null,
    };
  }
  return null;
};
