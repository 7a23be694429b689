/**
 * The seller's cookies in a fresh context. A browser takes a list of cookies whole or not at all, and what it takes it may
 * still not keep (an insecure SameSite=None one): so one odd cookie must not cost the session, and what is there is read back.
 */
import type { BrowserContext } from "playwright-core";
import type { Cookie } from "#core/session/index.ts";

type SetCookie = Parameters<BrowserContext["addCookies"]>[0][number];

/** Playwright has a name of its own for the ancestor bit, and without it puts every partitioned cookie in the foreign jar. */
const asPlaywright = ({ hasCrossSiteAncestor, ...cookie }: Cookie): SetCookie =>
  cookie.partitionKey === undefined
    ? cookie
    : ({ ...cookie, _crHasCrossSiteAncestor: hasCrossSiteAncestor ?? false } as SetCookie);

const identityOf = (cookie: Pick<Cookie, "name" | "domain" | "path" | "partitionKey">): string =>
  JSON.stringify([cookie.name, cookie.domain.toLowerCase(), cookie.path, cookie.partitionKey ?? null]);

const addAllThatFit = async (context: BrowserContext, cookies: readonly SetCookie[]): Promise<void> => {
  try {
    await context.addCookies(cookies);
  } catch {
    // Which of them it was is not said. One alone is missing when they are read back; so is all of a browser that died.
    if (cookies.length <= 1) return;
    const half = Math.ceil(cookies.length / 2);
    await addAllThatFit(context, cookies.slice(0, half));
    await addAllThatFit(context, cookies.slice(half));
  }
};

type CookiesSet = {
  /** Names of those the browser holds now. */
  kept: Set<string>;
  /** Names of those it did not take. A cookie that has ended since it was captured is neither. */
  refused: string[];
};

/** Sets every cookie that this browser takes. */
export const setSellerCookies = async (
  context: BrowserContext,
  cookies: readonly Cookie[],
  now: Date,
): Promise<CookiesSet> => {
  const lasting = cookies.filter(({ expires }) => expires === -1 || expires * 1000 > now.getTime());
  await addAllThatFit(context, lasting.map(asPlaywright));
  const held = await context.cookies();
  const there = new Set(held.map(identityOf));
  const refused = lasting.filter((cookie) => !there.has(identityOf(cookie))).map(({ name }) => name);
  return { kept: new Set(held.map(({ name }) => name)), refused: [...new Set(refused)] };
};
