/** Whether an address is the marketplace's own. What a row says is a listing's address may be anything. */
import type { Identity } from "./marketplace.ts";

/** Whether a match pattern such as https://*.mercari.com/* covers a host. */
export const covers = (pattern: string, host: string): boolean => {
  const domain = /^https:\/\/(\*\.)?([^/*]+)\/\*$/.exec(pattern);
  if (!domain) return false;
  return host === domain[2] || (domain[1] !== undefined && host.endsWith(`.${domain[2]}`));
};

/** The address when it is a page of this marketplace, else null. */
export const siteUrl = (
  { hostPermissions }: Pick<Identity, "hostPermissions">,
  url: unknown,
): string | null => {
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  const { protocol, hostname, username, port } = new URL(url);
  const isPlain = protocol === "https:" && username === "" && port === "";
  return isPlain && hostPermissions.some((pattern) => covers(pattern, hostname)) ? url : null;
};
