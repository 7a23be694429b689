/**
 * A Playwright page as the engine's host. The engine is injected as a string, because functions and script tags fail under
 * strict CSP and in builds that keep names: ahead of each page, which then has it when it has been parsed, and is asked in that
 * very turn. To wait for that from out here costs a round trip behind the page's first painting, on every page of a form.
 */
import { errors, type Frame, type Page } from "playwright-core";
import { BrowserGone, DocumentGone, PageUnreadable, type Host } from "#core/host/index.ts";
import type { PagePhoto } from "#core/plan/index.ts";
import { mainDocumentsOf, type MainDocuments, type PageDocument, type World } from "./main-documents.ts";

export type { PageDocument, World };
export type PageHost = Host<PageDocument> & { page: Page };

type Input = {
  page: Page;
  /** The page bundle, as source. */
  bundle: string;
  photo: (photoId: string) => Promise<PagePhoto>;
  /** Whose cookies may be read: the marketplace's own addresses. */
  cookieUrls: string[];
  world?: World | undefined;
};

const LOAD_MS = 30_000;
const GONE =
  /Execution context was destroyed|Cannot find context|Frame was detached|frame got detached|because of a navigation|Inspected target navigated|uniqueContextId not found|JSHandle is disposed|No frame/i;
const CLOSED = /\b(page|target|browser|pipe) (has been |was )?(closed|crashed)|session closed/i;
const STILL_LOADING = "The page is still loading.";

/** Resolves in the turn in which the document has been parsed. */
const PARSED = `new Promise((resolve, reject) => {
  if (document.readyState !== "loading") return resolve();
  document.addEventListener("DOMContentLoaded", resolve, { once: true });
  setTimeout(() => reject(new Error(${JSON.stringify(STILL_LOADING)})), ${LOAD_MS});
})`;

/** Calls the engine in a document that may still be loading: its answer in an array, or null where there is no engine. */
const callWhenParsed = (call: string): string =>
  `${PARSED}.then(() => typeof __hawkerPage === "object" ? Promise.resolve(${call}).then((answer) => [answer]) : null)`;

/** What a host throws, of whatever Playwright threw wherever. */
export const translate = (cause: unknown): unknown => {
  if (!(cause instanceof Error)) return cause;
  if (cause.message.includes(STILL_LOADING)) return new PageUnreadable(STILL_LOADING, { cause });
  if (cause instanceof errors.TimeoutError)
    return new PageUnreadable("The page did not answer in time.", { cause });
  if (cause.message.includes("net::ERR_")) return new PageUnreadable("The site was not reached.", { cause });
  if (CLOSED.test(cause.message)) return new BrowserGone("The browser's page is gone.", { cause });
  return GONE.test(cause.message) ? new DocumentGone(cause) : cause;
};
const translated = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    throw translate(cause);
  }
};

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).hostname : null);

/** Collects what happens to the page from the moment it is made, so that nothing between looking and waiting is missed. */
const watchPage = (page: Page, main: MainDocuments) => {
  let happened = Promise.withResolvers<"moved" | "gone">();
  const onMoved = () => happened.resolve("moved");
  const onGone = () => happened.resolve("gone");
  const stopListening = main.onNext(onMoved);
  page.on("framenavigated", onMoved);
  page.on("close", onGone);
  page.on("crash", onGone);
  if (page.isClosed() || main.isCrashed()) onGone(); // and tells nobody any more
  return {
    /** @throws PageUnreadable when nothing happens in time, BrowserGone */
    async next(ms: number, problem: string): Promise<void> {
      const timer = setTimeout(() => happened.reject(new PageUnreadable(problem)), ms);
      try {
        if ((await happened.promise) === "gone") throw new BrowserGone("The browser's page is gone.");
      } finally {
        clearTimeout(timer);
        happened = Promise.withResolvers();
      }
    },
    stop() {
      stopListening();
      page.off("framenavigated", onMoved);
      page.off("close", onGone);
      page.off("crash", onGone);
    },
  };
};

const isThere = async (document: PageDocument): Promise<boolean> => {
  try {
    return await document.evaluate<boolean>("true");
  } catch (error) {
    if (translate(error) instanceof DocumentGone) return false;
    throw error;
  }
};

/** A frame may live in a process of its own; a handle to its document reaches it wherever it is. */
const framedDocument = async (page: Page, frameHost: string): Promise<PageDocument | null> => {
  const frame = page.frames().find((each) => hostOf(each.url()) === frameHost);
  if (!frame) return null;
  const handle = await frame.evaluateHandle("document");
  return { frame, evaluate: (expression) => handle.evaluate(expression as never) };
};

/** The pages whose documents to come have the engine, by world. */
const injected = { main: new WeakSet<Page>(), isolated: new WeakSet<Page>() };

export const pageHost = ({ page, bundle, photo, cookieUrls, world = "main" }: Input): PageHost => {
  const documents = () => translated(mainDocumentsOf(page, world));
  /** Documents that are known to have the engine: every round trip counts where a form asks for thirty. */
  const entered = new WeakSet<PageDocument>();
  /** Frames are asked for by name, and get it then. */
  const inject = async (): Promise<void> => {
    if (injected[world].has(page)) return;
    injected[world].add(page);
    await (await documents()).runAhead(`if (window === window.top) {${bundle}}`);
  };
  const host: PageHost = {
    page,
    photo,
    async open(url) {
      let left: PageDocument | null = null;
      try {
        await inject();
        const before = await (await documents()).now();
        const response = await page.goto(url, { waitUntil: "commit", timeout: LOAD_MS });
        // Without a response it may be the same document, at another place in it.
        left = response ? before : null;
      } catch (cause) {
        const error = translate(cause);
        if (error instanceof BrowserGone) throw error;
        // A browser that ends takes back first what its pages are doing, as if the site had.
        await translated((await documents()).proveAlive());
        // The site went on to another page by itself: that one is what opened.
        if (!/interrupted by another navigation/.test(String(cause)))
          throw new PageUnreadable(`${hostOf(url)} did not open.`, { cause });
      }
      return host.document({ not: left });
    },

    async document({ frameHost, not = null } = {}) {
      const main = await documents();
      const watch = watchPage(page, main);
      const ends = performance.now() + LOAD_MS;
      const problem = frameHost
        ? `No frame of ${frameHost} came up.`
        : "The page that should have come did not.";
      try {
        for (;;) {
          const found = await translated(frameHost ? framedDocument(page, frameHost) : main.now()).catch(
            (error: unknown) => {
              if (error instanceof DocumentGone) return null;
              throw error;
            },
          );
          // Each look at a frame names its document anew.
          const isLeft =
            found === not || (frameHost && found?.frame === not?.frame && not && (await isThere(not)));
          if (found && !isLeft) return found;
          await watch.next(Math.max(0, ends - performance.now()), problem);
        }
      } finally {
        watch.stop();
      }
    },

    async ask(document, method, ...args) {
      const call = `__hawkerPage.${method}(${args.map((arg) => JSON.stringify(arg)).join(",")})`;
      if (entered.has(document)) return translated(document.evaluate<never>(call));
      // Another host's document may have the engine: it goes on where it is.
      const asked = await translated(document.evaluate<[never] | null>(callWhenParsed(call)));
      const answer = asked ? asked[0] : await translated(document.evaluate<never>(`${bundle};${call}`));
      entered.add(document);
      return answer;
    },

    async pressTrusted({ frame }, press) {
      if (press.action === "key") await translated(page.keyboard.press(press.key));
      else if (press.action === "text") await translated(page.keyboard.insertText(press.text));
      else {
        const corner = await translated(cornerOf(page, frame));
        await translated(page.mouse.click(corner.x + press.x, corner.y + press.y));
      }
      return true;
    },

    async show() {
      await translated(page.bringToFront());
      return () => Promise.resolve();
    },

    async cookie(name) {
      const cookies = await translated(page.context().cookies(cookieUrls));
      return cookies.find((cookie) => cookie.name === name)?.value ?? null;
    },
  };
  return host;
};

/** Where the frame's viewport begins in the page's. */
const cornerOf = async (page: Page, frame: Frame): Promise<{ x: number; y: number }> => {
  if (frame === page.mainFrame()) return { x: 0, y: 0 };
  const element = await frame.frameElement();
  return (await element.boundingBox()) ?? { x: 0, y: 0 };
};
