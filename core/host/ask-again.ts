/** For questions that may be asked twice: when the document goes away meanwhile, the one that comes is asked. */
import type { PageEngine } from "../plan/page-protocol.ts";
import { DocumentGone, PageUnreadable, type Host } from "./host.ts";
import { OutOfTime, timeLimit } from "./time-limit.ts";

const MAX_DOCUMENTS = 8;
/** Longer than a page waits for what it is asked about. */
const ANSWER_MS = 60_000;

/** @throws PageUnreadable also where the page hangs; BrowserGone */
export async function askAgain<D, M extends keyof PageEngine>(
  host: Host<D>,
  frameHost: string | undefined,
  method: M,
  ...args: Parameters<PageEngine[M]>
): Promise<Awaited<ReturnType<PageEngine[M]>>> {
  for (let documents = 1; ; documents += 1) {
    const limit = timeLimit(ANSWER_MS);
    try {
      const document = await host.document({ frameHost });
      return await limit.within(host.ask(document, method, ...args));
    } catch (error) {
      if (error instanceof OutOfTime) throw new PageUnreadable("The page does not answer.", { cause: error });
      if (!(error instanceof DocumentGone) || documents === MAX_DOCUMENTS) throw error;
    } finally {
      limit.end();
    }
  }
}
