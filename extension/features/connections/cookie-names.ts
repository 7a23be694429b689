import type { Marketplace } from "#core/marketplace/marketplace.ts";

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
  const found = await Promise.all(
    wants(marketplace).rules.map(async ({ domain, names }) => {
      const cookies = await chrome.cookies.getAll({ domain, partitionKey: {} });
      return cookies.map((c) => c.name).filter((name) => names === "*" || names.includes(name));
    }),
  );
  return [...new Set(found.flat())].sort();
};
