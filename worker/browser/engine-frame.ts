/**
 * The page engine in a document: injected as a string (functions and script tags fail under strict CSP and in builds
 * that keep names), and called by expressions. A call whose document went away says so by `DocumentGoneError`.
 */
import type { Frame, Page } from "playwright-core";
import type { PageEngine } from "#core/plan/index.ts";

export class DocumentGoneError extends Error {
  constructor(cause: unknown) {
    super("The document was replaced while it was being worked on.", { cause });
    this.name = "DocumentGoneError";
  }
}

const GONE =
  /Execution context was destroyed|Cannot find context|Frame was detached|frame got detached|because of a navigation|Inspected target navigated|uniqueContextId not found/i;
const isGone = (error: unknown): boolean => error instanceof Error && GONE.test(error.message);

/** Runs an expression in the frame's own document. */
export const evaluateIn = async <T>(frame: Frame, expression: string): Promise<T> => {
  try {
    return await frame.evaluate<T>(expression);
  } catch (error) {
    throw isGone(error) ? new DocumentGoneError(error) : error;
  }
};

/** The frame the engine runs in: the page's own, or the one of the host the plan names. */
export const engineFrame = async (
  page: Page,
  frameHost: string | undefined,
  timeoutMs: number,
): Promise<Frame> => {
  if (!frameHost) return page.mainFrame();
  const find = () => page.frames().find((frame) => hostOf(frame.url()) === frameHost);
  const found = find();
  if (found) return found;
  const { promise, resolve, reject } = Promise.withResolvers<Frame>();
  const look = () => {
    const frame = find();
    if (frame) resolve(frame);
  };
  const timer = setTimeout(
    () => reject(new Error(`No frame of ${frameHost} came up on the page.`)),
    timeoutMs,
  );
  page.on("framenavigated", look);
  try {
    look();
    return await promise;
  } finally {
    clearTimeout(timer);
    page.off("framenavigated", look);
  }
};

const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).hostname : null);

/** Calls one method of the engine in this frame, injecting it first where the document does not have it yet. */
export const callEngine = async <M extends keyof PageEngine>(
  frame: Frame,
  bundle: string,
  method: M,
  ...args: Parameters<PageEngine[M]>
): Promise<Awaited<ReturnType<PageEngine[M]>>> => {
  await frame.waitForLoadState("domcontentloaded");
  if (!(await evaluateIn<boolean>(frame, "typeof __hawkerPage === 'object'")))
    await evaluateIn(frame, bundle);
  return evaluateIn<Awaited<ReturnType<PageEngine[M]>>>(
    frame,
    `__hawkerPage.${method}(${args.map((arg) => JSON.stringify(arg)).join(",")})`,
  );
};

/** As `callEngine` for questions that may be asked again: the next document is asked when this one goes away. */
export const askEngine = async <M extends keyof PageEngine>(
  page: Page,
  bundle: string,
  frameHost: string | undefined,
  method: M,
  ...args: Parameters<PageEngine[M]>
): Promise<Awaited<ReturnType<PageEngine[M]>>> => {
  for (let documents = 0; ; documents += 1) {
    try {
      const frame = await engineFrame(page, frameHost, 15_000);
      return await callEngine(frame, bundle, method, ...args);
    } catch (error) {
      if (!(error instanceof DocumentGoneError) || documents >= 8) throw error;
    }
  }
};
