import type { Marketplace } from "#core/marketplace/marketplace.ts";
import { fromBrowserCookie, keptCookies } from "#core/session/storage-state.ts";

const wants = ({ account, identity }: Marketplace) => ({
  permissions: ["cookies"] as chrome.runtime.ManifestPermission[],
  origins: identity.hostPermissions,
  rules: account.cookies,
});

/** Has the browser already allowed this site? */
export const isAllowed = (marketplace: Marketplace): Promise<boolean> => {
  const { permissions, origins } = wants(marketplace);
  return chrome.permissions.contains({ permissions, origins });
};

/** Asks the browser; only inside a click. */
export const askAllowed = (marketplace: Marketplace): Promise<boolean> => {
  const { permissions, origins } = wants(marketplace);
  return chrome.permissions.request({ permissions, origins });
};

/** The names, never the values, of the cookies that connecting would take now. Needs the site to be allowed. */
export const cookieNamesFor = async (marketplace: Marketplace): Promise<string[]> => {
  const { rules } = wants(marketplace);
  const found = await Promise.all(
    rules.map(({ domain }) => chrome.cookies.getAll({ domain, partitionKey: {} })),
  );
  const kept = keptCookies(found.flat().map(fromBrowserCookie), { cookies: rules });
  return [...new Set(kept.map(({ name }) => name))].sort();
};
