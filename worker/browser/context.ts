/** A browser context that is the seller's: session, user agent, language and time zone as they were captured. */
import type { BrowserContext } from "playwright-core";
import type { Session } from "#core/session/index.ts";
import type { BrowserPool } from "./pool.ts";

const VIEWPORT = { width: 1280, height: 900 };

/** `signal` closes the context, so whatever runs in it ends at once. No traces, HAR or video: they would hold cookies. */
export const withSellerContext = <T>(
  pool: BrowserPool,
  input: { session: Session; ignoreHttpsErrors: boolean; signal: AbortSignal },
  use: (context: BrowserContext) => Promise<T>,
): Promise<T> => {
  const { session, ignoreHttpsErrors, signal } = input;
  const options = {
    storageState: session.storageState,
    userAgent: session.userAgent,
    locale: session.locale,
    timezoneId: session.timezone,
    viewport: VIEWPORT,
    ignoreHTTPSErrors: ignoreHttpsErrors,
    acceptDownloads: false,
    serviceWorkers: "block" as const,
  };
  return pool.withContext(options, async (context) => {
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
  });
};
