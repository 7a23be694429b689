/** What is captured from a signed-in browser: Playwright's storageState and how that browser presented itself. */
import { z } from "zod";
import { toBase64Url } from "./base64url.ts";
import { lengthPrefixed, sha256 } from "./length-prefix.ts";

export const cookieSchema = z.strictObject({
  name: z.string(),
  value: z.string(),
  domain: z.string().min(1),
  path: z.string().startsWith("/"),
  /** Unix time in seconds; -1 for a cookie that ends with the browser. */
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(["Strict", "Lax", "None"]),
  /** Top-level site of a partitioned (CHIPS) cookie. */
  partitionKey: z.string().optional(),
  /** Of a partitioned cookie: whether a foreign site lay between. False is the jar of the site's own pages. */
  hasCrossSiteAncestor: z.boolean().optional(),
});

export const storageStateSchema = z.strictObject({
  cookies: z.array(cookieSchema),
  origins: z.array(
    z.strictObject({
      origin: z.string().regex(/^https?:\/\/[^/]+$/, "an origin such as https://www.mercari.com"),
      localStorage: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    }),
  ),
});

export const sessionSchema = z.strictObject({
  storageState: storageStateSchema,
  userAgent: z.string().min(1),
  /** BCP 47, as `navigator.language` says it. */
  locale: z.string().min(1),
  /** IANA name, as `Intl.DateTimeFormat().resolvedOptions().timeZone` says it. */
  timezone: z.string().min(1),
});

export type Cookie = z.infer<typeof cookieSchema>;
export type StorageState = z.infer<typeof storageStateSchema>;
export type Session = z.infer<typeof sessionSchema>;

/** What may leave the browser. A marketplace's `account` rules have this shape. */
export type SessionAllowlist = {
  /** Domain and everything below it; "*" keeps every name there. */
  cookies: readonly { domain: string; names: readonly string[] | "*" }[];
  localStorage: readonly { origin: string; keys: readonly string[] | "*" }[];
};

const names = (list: readonly string[] | "*", name: string): boolean => list === "*" || list.includes(name);

const isWithin = (cookieDomain: string, domain: string): boolean => {
  const host = cookieDomain.replace(/^\./, "").toLowerCase();
  const allowed = domain.replace(/^\./, "").toLowerCase();
  return host === allowed || host.endsWith(`.${allowed}`);
};

/** A jar that belongs to another site's pages is no part of a login here, and tells where the seller has been. */
const isOwnJar = ({ partitionKey }: Cookie, domain: string): boolean => {
  if (partitionKey === undefined) return true;
  if (!URL.canParse(partitionKey)) return false;
  const site = new URL(partitionKey).hostname;
  return isWithin(site, domain) || isWithin(domain, site);
};

/** The cookies an allowlist names. */
export const keptCookies = (
  cookies: readonly Cookie[],
  allowlist: Pick<SessionAllowlist, "cookies">,
): Cookie[] =>
  cookies.filter((cookie) =>
    allowlist.cookies.some(
      (rule) =>
        isWithin(cookie.domain, rule.domain) &&
        names(rule.names, cookie.name) &&
        isOwnJar(cookie, rule.domain),
    ),
  );

/** The session with only what the allowlist names: no other cookie, no other origin, no other key. */
export const filterSession = (session: Session, allowlist: SessionAllowlist): Session => ({
  ...session,
  storageState: {
    cookies: keptCookies(session.storageState.cookies, allowlist),
    origins: session.storageState.origins
      .map(({ origin, localStorage }) => ({
        origin,
        localStorage: localStorage.filter((entry) =>
          allowlist.localStorage.some((rule) => rule.origin === origin && names(rule.keys, entry.name)),
        ),
      }))
      .filter((origin) => origin.localStorage.length > 0),
  },
});

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A fingerprint of the allowlist, the same whatever the order its entries are written in. */
export const allowlistHash = async (allowlist: SessionAllowlist): Promise<string> => {
  const entry = (where: string, list: readonly string[] | "*"): string =>
    toBase64Url(lengthPrefixed([where, ...(list === "*" ? [null] : [...new Set(list)].sort(byBytes))]));
  const cookies = allowlist.cookies.map((rule) =>
    entry(rule.domain.replace(/^\./, "").toLowerCase(), rule.names),
  );
  const origins = allowlist.localStorage.map((rule) => entry(rule.origin, rule.keys));
  return toBase64Url(
    await sha256(
      lengthPrefixed([
        "hawker/allowlist/v1",
        cookies.length,
        ...cookies.sort(byBytes),
        ...origins.sort(byBytes),
      ]),
    ),
  );
};

/** What is shown to the seller and kept in `session_meta`: names, never values. */
export const cookieNamesOf = (session: Session): string[] =>
  [...new Set(session.storageState.cookies.map((cookie) => cookie.name))].sort(byBytes);

/** The earliest moment (Unix seconds) one of these cookies ends, or null when none says. */
export const sessionExpiry = (session: Session, cookieNames: readonly string[]): number | null => {
  const ends = session.storageState.cookies
    .filter((cookie) => cookieNames.includes(cookie.name) && cookie.expires > 0)
    .map((cookie) => cookie.expires);
  return ends.length > 0 ? Math.min(...ends) : null;
};

/** The part of `chrome.cookies.Cookie` that is read; written out so that this folder needs no extension types. */
export type BrowserCookie = {
  name: string;
  value: string;
  domain: string;
  path: string;
  expirationDate?: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite: string;
  partitionKey?: { topLevelSite?: string; hasCrossSiteAncestor?: boolean };
};

/** Which of a site's two jars. Chrome before 130 does not say: then it is the one the site's own pages use. */
const jarOf = ({ partitionKey }: BrowserCookie): Partial<Cookie> =>
  partitionKey?.topLevelSite
    ? {
        partitionKey: partitionKey.topLevelSite,
        hasCrossSiteAncestor: partitionKey.hasCrossSiteAncestor ?? false,
      }
    : {};

/** A cookie as the extension API gives it, as it is stored. An unspecified SameSite is Lax to Chrome. */
export const fromBrowserCookie = (cookie: BrowserCookie): Cookie => ({
  name: cookie.name,
  value: cookie.value,
  domain: cookie.domain,
  path: cookie.path,
  expires: cookie.expirationDate ?? -1,
  httpOnly: cookie.httpOnly,
  secure: cookie.secure,
  sameSite: cookie.sameSite === "no_restriction" ? "None" : cookie.sameSite === "strict" ? "Strict" : "Lax",
  ...jarOf(cookie),
});
