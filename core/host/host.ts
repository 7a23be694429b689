/**
 * What drives the page engine: a tab of the extension, a page of the worker's browser, a test. A host only opens pages,
 * carries questions to the engine in a document and answers, and lends its hands; what to do with them is said once, in
 * this folder. No DOM, no Node, no `chrome` here.
 *
 * `D` names one document of the page: what is asked of it is never answered by the one that comes after it.
 */
import type { PageEngine, PagePhoto, TrustedPress } from "../plan/page-protocol.ts";

export type Host<D> = {
  /**
   * Loads the address freshly and gives its document once it has loaded.
   * @throws PageUnreadable | BrowserGone
   */
  open(url: string): Promise<D>;
  /**
   * The document that is loaded now: the page's own, or the one of the frame of exactly this host. Waits for one that is
   * not `not`.
   * @throws PageUnreadable when none comes | BrowserGone
   */
  document(wanted?: { frameHost?: string | undefined; not?: D | null }): Promise<D>;
  /**
   * Asks the engine in this document, putting it there when it is missing.
   * @throws DocumentGone | PageUnreadable | BrowserGone; an Error with the engine's own message when the engine failed.
   */
  ask<M extends keyof PageEngine>(
    document: D,
    method: M,
    ...args: Parameters<PageEngine[M]>
  ): Promise<Awaited<ReturnType<PageEngine[M]>>>;
  /** The photo as the page may have it: fitted to the channel. */
  photo(photoId: string): Promise<PagePhoto>;
  /** Real mouse and keyboard; false: this host has none. Coordinates are those of the document's own viewport. */
  pressTrusted(document: D, press: TrustedPress): Promise<boolean>;
  /** Brings the page to the front; call what it gives to put it back. */
  show(): Promise<() => Promise<void>>;
  /** A cookie of the marketplace's own hosts, or null: for the login's stable id. */
  cookie(name: string): Promise<string | null>;
};

/** The document was replaced while it was being worked on, or before it could answer. */
export class DocumentGone extends Error {
  override name = "DocumentGone";
  constructor(cause?: unknown) {
    super("The page was left.", { cause });
  }
}

/** No document to ask: offline, an error page, a host that may not be looked at, or one that never finished loading. */
export class PageUnreadable extends Error {
  override name = "PageUnreadable";
}

/** The tab was closed, or the browser or its context is gone: nothing can be asked any more. */
export class BrowserGone extends Error {
  override name = "BrowserGone";
}
