/**
 * A page of the worker's browser with the seller's session in it. Whose login it really is, the first reading says, before
 * anything is filled.
 */
import type { Page } from "playwright-core";
import type { Marketplace } from "#core/marketplace/index.ts";
import { filterSession } from "#core/session/index.ts";
import type { AccountRow } from "../data/accounts.ts";
import { withSellerPage, type LeftOut } from "../browser/context.ts";
import type { Seating } from "../browser/pool.ts";
import { SessionRefusedError, withAccountSession } from "../sessions/open-account-session.ts";
import type { WorkerContext } from "../worker-context.ts";

type Wanted = {
  account: AccountRow;
  marketplace: Marketplace;
  fence: number;
  signal: AbortSignal;
  /** Sentences for the log: what of the session the browser did not take. */
  onLeftOut: (sentences: string[], names: { cookies: string[]; replaced: string[] }) => void;
} & Seating;

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** @throws SessionRefusedError when the login itself could not be given to the browser. */
const tellLeftOut = ({ cookies, missing, replaced }: LeftOut, { marketplace, onLeftOut }: Wanted): void => {
  const lost = marketplace.account.sessionCookies.filter((name) => missing.includes(name));
  if (lost.length > 0)
    throw new SessionRefusedError(
      "cookie-refused",
      `The cloud's browser does not take the sign-in cookie ${quoted(lost)} of this session. Log in on ${marketplace.identity.name} anew and connect this account again, or post from your own tabs.`,
    );
  const left =
    cookies.length > 0
      ? [`The cloud's browser does not take the cookie ${quoted(cookies)}; it was left out.`]
      : [];
  const sentences = [...replaced, ...left];
  if (sentences.length > 0) onLeftOut(sentences, { cookies, replaced });
};

/** @throws SessionRefusedError */
export const withSignedInPage = <T>(
  context: WorkerContext,
  wanted: Wanted,
  use: (page: Page) => Promise<T>,
): Promise<T> => {
  const { account, marketplace, fence, signal, alone = false } = wanted;
  return withAccountSession(context, { accountId: account.id, fence }, (sealed) => {
    // Whoever sealed it may have put more into it than sellers' browsers do: what names the login has to be the site's word.
    const session = filterSession(sealed, marketplace.account);
    const input = { session, ignoreHttpsErrors: context.ignoreHttpsErrors, signal, alone };
    return withSellerPage(context.browsers, input, (page, leftOut) => {
      tellLeftOut(leftOut, wanted);
      return use(page);
    });
  });
};
