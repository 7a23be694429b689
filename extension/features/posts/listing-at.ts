import type { Marketplace } from "#core/marketplace/marketplace.ts";
import { siteUrl } from "#core/marketplace/site-url.ts";

/** The listing an address of the marketplace leads to; null when it is no such address. */
export const listingAt = (
  { identity, account }: Pick<Marketplace, "identity" | "account">,
  text: string,
): { externalId: string; url: string } | null => {
  const url = siteUrl(identity, text.trim());
  const externalId = url?.match(new RegExp(account.listingId))?.[1];
  return url && externalId ? { externalId, url } : null;
};
