/** A Playwright page as far as readings need a host: it opens pages and asks the engine in them. */
import type { JSHandle, Page } from "playwright-core";
import { DocumentGone, PageUnreadable, type Host } from "#core/host/index.ts";

const GONE = /context was destroyed|because of a navigation|JSHandle is disposed|Cannot find context/i;
const none = () => Promise.reject(new Error("A reading asks for no such thing."));

export function readingHost(page: Page, bundle: string): Host<JSHandle> {
  const evaluateIn = async <T>(document: JSHandle, expression: string): Promise<T> => {
    try {
      return await document.evaluate<T, void>(expression as never);
    } catch (cause) {
      throw GONE.test(String(cause)) ? new DocumentGone(cause) : cause;
    }
  };
  return {
    async open(url) {
      await page.goto(url, { waitUntil: "domcontentloaded" }).catch((cause: unknown) => {
        throw new PageUnreadable(`${url} did not open.`, { cause });
      });
      return page.evaluateHandle("document");
    },
    async document() {
      await page.waitForLoadState("domcontentloaded");
      return page.evaluateHandle("document");
    },
    async ask(document, method, ...args) {
      await evaluateIn(document, `${bundle};undefined`);
      const json = args.map((arg) => JSON.stringify(arg)).join(",");
      return evaluateIn<never>(document, `__hawkerPage.${method}(${json})`);
    },
    show: () => Promise.resolve(() => Promise.resolve()),
    async cookie(name) {
      const cookies = await page.context().cookies();
      return cookies.find((cookie) => cookie.name === name)?.value ?? null;
    },
    photo: none,
    pressTrusted: none,
  };
}
