/** For questions that may be asked twice: when the document goes away meanwhile, the one that comes is asked. */
import type { PageEngine } from "../plan/page-protocol.ts";
import { DocumentGone, type Host } from "./host.ts";

const MAX_DOCUMENTS = 8;

export async function askAgain<D, M extends keyof PageEngine>(
  host: Host<D>,
  frameHost: string | undefined,
  method: M,
  ...args: Parameters<PageEngine[M]>
): Promise<Awaited<ReturnType<PageEngine[M]>>> {
  for (let documents = 1; ; documents += 1) {
    try {
      return await host.ask(await host.document({ frameHost }), method, ...args);
    } catch (error) {
      if (!(error instanceof DocumentGone) || documents === MAX_DOCUMENTS) throw error;
    }
  }
}
