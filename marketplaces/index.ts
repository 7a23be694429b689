/** Every marketplace, by channel. Adding one: its folder, its id in core/job/job.ts, and its line here and in page.ts. */
import type { ChannelId, Marketplace } from "#core/marketplace/marketplace.ts";
import { craigslist } from "./craigslist/index.ts";
import { facebook } from "./facebook/index.ts";
import { mercari } from "./mercari/index.ts";

export const MARKETPLACES: Readonly<Record<ChannelId, Marketplace>> = { facebook, mercari, craigslist };

export const CHANNEL_IDS = Object.keys(MARKETPLACES) as ChannelId[];

export const isChannelId = (id: string): id is ChannelId => Object.hasOwn(MARKETPLACES, id);

/** The marketplace of a channel. Throws on an id that is none: ask `isChannelId` first about anything from outside. */
export function marketplaceOf(id: ChannelId): Marketplace {
  const found = Object.hasOwn(MARKETPLACES, id) ? MARKETPLACES[id] : undefined;
  if (!found) throw new Error(`No marketplace "${id}"; there are ${CHANNEL_IDS.join(", ")}.`);
  return found;
}

/** The channel whose listing page this URL is, with the listing's id there. */
export function recognizeListing(url: string): { channel: ChannelId; externalId: string } | null {
  for (const channel of CHANNEL_IDS) {
    const externalId = MARKETPLACES[channel].identity.recognizeListing(url);
    if (externalId !== null) return { channel, externalId };
  }
  return null;
}
