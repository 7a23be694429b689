/** A browser context that is the seller's: session, user agent, language and time zone as they were captured. */
import type { BrowserContext, Page } from "playwright-core";
import { presentableAs, type Session } from "#core/session/index.ts";
import { newPage, type BrowserPool, type Seating } from "./pool.ts";
import { setSellerCookies } from "./seller-cookies.ts";

const VIEWPORT = { width: 1280, height: 900 };

/** What of the session could not be given to the browser. Names only. */
export type LeftOut = {
  /** Of cookies the browser refused. */
  cookies: string[];
  /** The same, of those that no other cookie of that name stands in for. */
  missing: string[];
  /** Sentences: what was used in place of what the seller's browser said. */
  replaced: string[];
};

type Input = { session: Session; ignoreHttpsErrors: boolean; signal: AbortSignal } & Seating;

/** A zone newer than this browser's tables passes our check and fails in it. */
const isUnknownZone = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("Invalid timezone ID");

const inContext = <T>(
  pool: BrowserPool,
  { session, ignoreHttpsErrors, signal, alone = false }: Input,
  use: (context: BrowserContext) => Promise<T>,
): Promise<T> => {
  const options = {
    storageState: { cookies: [], origins: session.storageState.origins },
    userAgent: session.userAgent,
    locale: session.locale,
    timezoneId: session.timezone,
    viewport: VIEWPORT,
    ignoreHTTPSErrors: ignoreHttpsErrors,
    acceptDownloads: false,
    serviceWorkers: "block" as const,
  };
  const inIt = async (context: BrowserContext): Promise<T> => {
    signal.throwIfAborted();
    const close = () => void context.close().catch(() => undefined);
    signal.addEventListener("abort", close, { once: true });
    context.setDefaultTimeout(30_000);
    try {
      return await use(context);
    } catch (error) {
      signal.throwIfAborted(); // what failed then is only the closing
      throw error;
    } finally {
      signal.removeEventListener("abort", close);
    }
  };
  return pool.withContext(options, inIt, { alone });
};

/** `signal` closes the context, so whatever runs in it ends at once. No traces, HAR or video: they would hold cookies. */
export const withSellerPage = async <T>(
  pool: BrowserPool,
  input: Input,
  use: (page: Page, leftOut: LeftOut) => Promise<T>,
): Promise<T> => {
  const { usable, replaced } = presentableAs(input.session);
  const open = (session: Session, sentences: string[]): Promise<T> =>
    inContext(pool, { ...input, session }, async (context) => {
      const { kept, refused } = await setSellerCookies(context, session.storageState.cookies, new Date());
      const page = await newPage(context); // here a browser says whether it knows the time zone
      const missing = refused.filter((name) => !kept.has(name));
      return use(page, { cookies: refused, missing, replaced: sentences });
    });
  try {
    return await open(usable, replaced);
  } catch (error) {
    if (!isUnknownZone(error)) throw error;
    const sentence = `The cloud's browser does not know the time zone "${usable.timezone}"; UTC is used instead.`;
    return open({ ...usable, timezone: "UTC" }, [...replaced, sentence]);
  }
};
