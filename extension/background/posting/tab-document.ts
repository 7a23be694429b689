/**
 * The documents of a tab and the page engine in them. A document is named by its documentId, so a script meant for one page
 * never runs in the next. Invariants:
 * - a call whose document went away ends with DocumentGone, also when the page sits in the back/forward cache and would
 *   never answer;
 * - the engine is our own file; what it answers is data.
 */
import { BrowserGone, DocumentGone, PageUnreadable } from "#core/host/index.ts";
import type { PageEngine } from "#core/plan/page-protocol.ts";

export type TabDocument = { tabId: number; documentId: string; host: string; url: string };

const LOAD_MS = 45_000;
/**
 * Chrome sends no event when a tab stops loading for a frame that came late, and none when a page that could not be read a
 * moment ago can be. So a tab from which nothing is heard is looked at again. A script that waits in the page for `load`
 * is no way out: Chrome holds the event back until the script has ended.
 */
const SILENCE_MS = 1_000;
const ANSWER_MS = 3_000;
const isClosed = (message: string): boolean => /No tab with id|tab was closed|Tabs cannot be/i.test(message);
const isGone = (message: string): boolean =>
  /No document with id|Frame with ID \d+ was removed|No frame with id|frame was removed|document was|back\/forward cache|message channel closed/i.test(
    message,
  );

const translate = (cause: unknown): Error => {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isClosed(message)) return new BrowserGone("The tab was closed.", { cause });
  if (isGone(message)) return new DocumentGone(cause);
  if (/error page/i.test(message))
    return new PageUnreadable("the browser shows an error in its place.", { cause });
  return new PageUnreadable(`The page could not be read: ${message}`, { cause });
};

/** Collects what happens to a tab from the moment it is made, so that nothing between looking and waiting is missed. */
const watchTab = (tabId: number) => {
  let wake: (() => void) | null = null;
  let happened = false;
  let closed = false;
  const notice = () => {
    happened = true;
    wake?.();
  };
  const onUpdated = (id: number) => void (id === tabId && notice());
  const onRemoved = (id: number) => {
    if (id !== tabId) return;
    closed = true;
    notice();
  };
  chrome.tabs.onUpdated.addListener(onUpdated);
  chrome.tabs.onRemoved.addListener(onRemoved);
  return {
    /** Resolves true when something happened since the last call, false when the time is over. @throws BrowserGone */
    async next(ms: number): Promise<boolean> {
      if (!happened) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      const seen = happened;
      happened = false;
      if (closed) throw new BrowserGone("The tab was closed.");
      return seen;
    },
    stop() {
      chrome.tabs.onUpdated.removeListener(onUpdated);
      chrome.tabs.onRemoved.removeListener(onRemoved);
    },
  };
};

type Seen = TabDocument & { loaded: boolean };

const lookAt = async (tabId: number, frameHost?: string): Promise<Seen | null> => {
  const target = frameHost ? { tabId, allFrames: true } : { tabId, frameIds: [0] };
  const looking = chrome.scripting.executeScript({
    target,
    injectImmediately: true, // one that never finishes loading must not keep us
    func: () => ({
      host: location.hostname,
      url: location.href,
      loaded: document.readyState === "complete",
    }),
  });
  // A document on its way out need not answer, ever.
  const silence = new Promise<[]>((resolve) => setTimeout(resolve, ANSWER_MS, []));
  const results = await Promise.race([looking, silence]);
  const found = results.find((one) => one.result && (!frameHost || one.result.host === frameHost));
  return found?.result && found.documentId ? { tabId, documentId: found.documentId, ...found.result } : null;
};

type Wanted = {
  frameHost?: string | undefined;
  /** A document that must have gone first. */
  not?: string | null;
  ms?: number;
  /** Called when the tab stands there with no page and none on its way. */
  onEmpty?: () => Promise<void>;
};

/** The tab's document once it has loaded. @throws BrowserGone | PageUnreadable */
export const loadedDocument = async (
  tabId: number,
  { frameHost, not = null, ms = LOAD_MS, onEmpty }: Wanted = {},
): Promise<TabDocument> => {
  const watch = watchTab(tabId);
  const ends = Date.now() + ms;
  let problem: Error | null = null;
  try {
    for (;;) {
      let isEmpty = false;
      try {
        // The tab also counts as loading while a frame put in later loads: the document is asked as well.
        const { status } = await chrome.tabs.get(tabId);
        isEmpty = status === "unloaded";
        const looking = isEmpty ? Promise.resolve(null) : lookAt(tabId, frameHost);
        // What a tab shows before the site answers need not be readable.
        const found = await (status === "complete" ? looking : looking.catch(() => null));
        if (found && found.documentId !== not) {
          const { loaded, ...document } = found;
          if (status === "complete" || loaded) return document;
        }
        problem = null;
      } catch (cause) {
        problem = translate(cause);
        if (problem instanceof BrowserGone) throw problem;
      }
      const left = ends - Date.now();
      // A page that cannot be read stays so unless it loads again.
      const silent = !(await watch.next(Math.max(0, Math.min(left, problem ? 3_000 : SILENCE_MS))));
      if (silent && isEmpty) await onEmpty?.();
      if (silent && (problem || left <= SILENCE_MS)) {
        throw (
          problem ??
          new PageUnreadable(not ? "The page that should have come did not." : "The page did not load.")
        );
      }
    }
  } finally {
    watch.stop();
  }
};

/** Opens an address in the tab and waits for its document. */
export const openIn = async (tabId: number, url: string): Promise<TabDocument> => {
  const before = await lookAt(tabId).catch(() => null); // about:blank and error pages have no id to tell the next one by
  const go = async () => {
    await chrome.tabs.update(tabId, { url }).catch((cause: unknown) => {
      throw translate(cause);
    });
  };
  await go();
  // Chrome now and then drops what a tab made a moment ago is told: it is told again.
  return loadedDocument(tabId, { not: before?.documentId ?? null, onEmpty: go });
};

const isThere = async ({ tabId, documentId }: TabDocument): Promise<boolean> => {
  try {
    await chrome.scripting.executeScript({
      target: { tabId, documentIds: [documentId] },
      func: () => true,
      injectImmediately: true,
    });
    return true;
  } catch {
    return false; // whatever the reason, nothing can be asked of it any more
  }
};

/** Rejects when the document has gone; resolves never. `stop` ends the watching. */
const untilGone = (document: TabDocument) => {
  const watch = watchTab(document.tabId);
  let stopped = false;
  const gone = (async (): Promise<never> => {
    for (;;) {
      await watch.next(2 ** 31 - 1);
      if (!stopped && !(await isThere(document))) throw new DocumentGone();
    }
  })();
  gone.catch(() => undefined); // raced by the caller; when it lost the race nobody listens
  return {
    gone,
    stop() {
      stopped = true;
      watch.stop();
    },
  };
};

/** While a page gives way to the next, Chrome says of its document that it may not be read: then it has gone. */
const whyUnasked = async (document: TabDocument, cause: unknown): Promise<Error> => {
  const why = translate(cause);
  return why instanceof PageUnreadable && !(await isThere(document)) ? new DocumentGone(cause) : why;
};

type Answered = { ok: true; value: unknown } | { ok: false; missing: boolean; message: string };

/** Runs in the page, by name only: no code travels. */
const callInPage = async (method: string, args: unknown[]): Promise<Answered> => {
  const engine = (globalThis as { __hawkerPage?: Record<string, (...input: unknown[]) => unknown> })
    .__hawkerPage;
  const call = engine?.[method];
  if (!engine || !call) return { ok: false, missing: true, message: "" };
  try {
    return { ok: true, value: (await call.apply(engine, args)) ?? null };
  } catch (error) {
    return { ok: false, missing: false, message: error instanceof Error ? error.message : String(error) };
  }
};

const execute = async (document: TabDocument, method: string, args: unknown[]): Promise<Answered> => {
  const { tabId, documentId } = document;
  let results: { result?: unknown }[];
  try {
    results = await chrome.scripting.executeScript({
      target: { tabId, documentIds: [documentId] },
      injectImmediately: true, // it has loaded: without this, a frame that comes late would hold the call up
      func: callInPage,
      args: [method, args] as [string, unknown[]],
    });
  } catch (cause) {
    throw await whyUnasked(document, cause);
  }
  const answered = results[0]?.result as Answered | null | undefined;
  if (!answered) throw new DocumentGone();
  return answered;
};

/**
 * Asks the engine in a document, putting it there first when it is missing.
 * @throws DocumentGone | BrowserGone | PageUnreadable; Error with the engine's own message when it failed.
 */
export const askEngine = async <M extends keyof PageEngine>(
  document: TabDocument,
  method: M,
  ...args: Parameters<PageEngine[M]>
): Promise<Awaited<ReturnType<PageEngine[M]>>> => {
  const watching = untilGone(document);
  try {
    const work = async () => {
      let answered = await execute(document, method, args);
      if (!answered.ok && answered.missing) {
        await chrome.scripting
          .executeScript({
            target: { tabId: document.tabId, documentIds: [document.documentId] },
            injectImmediately: true,
            files: ["/page-engine.js"],
          })
          .catch(async (cause: unknown) => {
            throw await whyUnasked(document, cause);
          });
        answered = await execute(document, method, args);
      }
      if (!answered.ok) throw new Error(answered.message || "The page engine did not start in this page.");
      return answered.value as Awaited<ReturnType<PageEngine[M]>>;
    };
    return await Promise.race([work(), watching.gone]);
  } finally {
    watching.stop();
  }
};
