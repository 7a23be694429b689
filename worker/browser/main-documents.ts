/**
 * The documents that a page's main frame shows one after the other, each by its script context: Chrome names it as soon as the
 * document is there, and refuses to run in it what was meant for another. Playwright's own way to a document takes three round
 * trips, and each may come behind the page's painting.
 */
import type { CDPSession, Frame, Page } from "playwright-core";

/** Whatever is asked of it runs in that document or nowhere. */
export type PageDocument = {
  frame: Frame;
  /** Of an expression; a promise is waited for. The value comes as JSON. */
  evaluate<T>(expression: string): Promise<T>;
};

/** The page's own, where its scripts live, or one beside it, as a content script has. */
export type World = "main" | "isolated";
const WORLD_NAME = "hawker";
const PROOF_MS = 3_000;

export type MainDocuments = {
  /** The one that is shown now; null between two. */
  now(): Promise<PageDocument | null>;
  /** Runs in every document to come, before its own scripts do. */
  runAhead(source: string): Promise<void>;
  /**
   * Asks the browser, which answers for a page that hangs too; one that is frozen itself is not waited for.
   * @throws when the page, or all of it, is gone.
   */
  proveAlive(): Promise<void>;
  /** It shows nothing any more. */
  isCrashed(): boolean;
  /** Calls back when another document is there. */
  onNext(heard: () => void): () => void;
};

type Context = { uniqueId: string; auxData?: { frameId?: string; isDefault?: boolean }; name: string };

/** Chrome leaves what was asked of a page that crashed unanswered. */
const watchCrash = (page: Page) => {
  const { promise: crashed, reject } = Promise.withResolvers<never>();
  let isCrashed = false;
  crashed.catch(() => (isCrashed = true)); // nobody may be waiting
  page.on("crash", () => reject(new Error("Target crashed")));
  return {
    isCrashed: () => isCrashed,
    untilCrash: <T>(work: Promise<T>): Promise<T> => Promise.race([work, crashed]),
  };
};

const watchMain = async (page: Page, world: World): Promise<MainDocuments> => {
  const { isCrashed, untilCrash } = watchCrash(page);
  const session = await page.context().newCDPSession(page);
  const [{ frameTree }] = await Promise.all([session.send("Page.getFrameTree"), session.send("Page.enable")]);
  const frameId = frameTree.frame.id; // stays the same over all documents
  let shown: { uniqueId: string; document: PageDocument } | null = null;
  const listeners = new Set<() => void>();
  const isOurs = ({ auxData, name }: Context): boolean =>
    auxData?.frameId === frameId && (world === "main" ? auxData.isDefault === true : name === WORLD_NAME);
  session.on("Runtime.executionContextCreated", ({ context }) => {
    if (!isOurs(context)) return;
    const { uniqueId } = context;
    const { evaluate, frame } = documentOf(session, page.mainFrame(), uniqueId);
    shown = { uniqueId, document: { frame, evaluate: (expression) => untilCrash(evaluate(expression)) } };
    for (const heard of listeners) heard();
  });
  session.on("Runtime.executionContextDestroyed", ({ executionContextUniqueId }) => {
    if (shown?.uniqueId === executionContextUniqueId) shown = null;
  });
  session.on("Runtime.executionContextsCleared", () => (shown = null));
  await session.send("Runtime.enable"); // tells of those that are there
  return {
    async now() {
      if (!shown && world === "isolated")
        await untilCrash(session.send("Page.createIsolatedWorld", { frameId, worldName: WORLD_NAME }));
      return shown?.document ?? null;
    },
    async runAhead(source) {
      const worldName = world === "isolated" ? { worldName: WORLD_NAME } : {};
      await untilCrash(session.send("Page.addScriptToEvaluateOnNewDocument", { source, ...worldName }));
    },
    async proveAlive() {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, PROOF_MS);
      try {
        await Promise.race([untilCrash(session.send("Page.getNavigationHistory")), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    isCrashed,
    onNext(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };
};

const documentOf = (session: CDPSession, frame: Frame, uniqueContextId: string): PageDocument => ({
  frame,
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      uniqueContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  },
});

const watched = {
  main: new WeakMap<Page, Promise<MainDocuments>>(),
  isolated: new WeakMap<Page, Promise<MainDocuments>>(),
};

/** One watch per page and world, however many hosts it has one after the other. */
export const mainDocumentsOf = (page: Page, world: World): Promise<MainDocuments> => {
  const known = watched[world].get(page);
  if (known) return known;
  const made = watchMain(page, world);
  watched[world].set(page, made);
  return made;
};
