/**
 * The page as a host, for the engine's tests, the site tests, the benches and `npm run inspect`: the worker's own host, in the
 * page's world as there, or in an isolated one as a content script lives in.
 */
import type { CDPSession, Page } from "playwright-core";
import { DocumentGone, drivePhase, type PhaseEnd, type PhaseInput } from "../../host/index.ts";
import type { PagePhoto, PageTurn, Plan, StartPhase } from "../../plan/index.ts";
import {
  callWhenParsed,
  evaluateIn,
  inMainFrame,
  pageHost,
  type PageDocument,
  type PageHost,
} from "../../../worker/browser/page-host.ts";

export type { PageHost };
export type World = "main" | "isolated";
export type TestHostOptions = {
  world?: World;
  photo?: (id: string) => Promise<PagePhoto>;
  /** Real mouse and keyboard, as the worker has them; off, as a content script. */
  trusted?: boolean;
  /** Hears every turn before it is answered; then the page goes on step by step. */
  onTurn?: (turn: PageTurn) => void | Promise<void>;
};

const noPhoto = (id: string) => Promise.reject(new Error(`This test gives no photo; ${id} was asked for.`));

export function testHost(page: Page, bundle: string, options: TestHostOptions = {}): PageHost {
  const { world = "main", photo = noPhoto, trusted = false, onTurn } = options;
  const isolated = world === "isolated" ? isolatedWorld(page, bundle) : null;
  const host = pageHost({ page, bundle, photo, cookieUrls: [], injectAhead: isolated?.injectAhead });
  const ask = isolated?.ask ?? host.ask;
  return {
    ...host,
    pressTrusted: (document, press) =>
      trusted ? host.pressTrusted(document, press) : Promise.resolve(false),
    async ask(document, method, ...args) {
      const [start] = args;
      if (method === "start" && onTurn) Object.assign(start as StartPhase, { stepByStep: true });
      const answer = await ask(document, method, ...args);
      if (method === "start" || method === "reply") await onTurn?.(answer as PageTurn);
      return answer as never;
    },
  };
}

/** One phase in the page as it is, with every turn that was taken. */
export async function runPhaseIn(
  host: PageHost,
  plan: Plan,
  input: Partial<PhaseInput> = {},
): Promise<PhaseEnd<PageDocument>> {
  return drivePhase(host, { plan, phase: "fill", deadlineMs: 20_000, ...input });
}

const WORLD = "hawker";

/** As the worker's host does it in the page's world, in an isolated one of the document. */
function isolatedWorld(page: Page, bundle: string) {
  const session = page.context().newCDPSession(page);
  const worlds = new WeakMap<PageDocument["handle"], Promise<number>>();
  const worldOf = (document: PageDocument): Promise<number> => {
    const known = worlds.get(document.handle);
    if (known) return known;
    const made = enter(document);
    worlds.set(document.handle, made);
    return made;
  };
  const enter = async (document: PageDocument): Promise<number> => {
    const cdp = await session;
    const frameId = await frameIdOf(cdp, document);
    const { executionContextId } = await cdp.send("Page.createIsolatedWorld", {
      frameId,
      worldName: WORLD,
    });
    await evaluateIn(document, "true"); // the world is this document's, not the next one's
    return executionContextId;
  };
  const injectAhead = async (): Promise<void> => {
    const cdp = await session;
    await cdp.send("Page.enable");
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", {
      source: inMainFrame(bundle),
      worldName: WORLD,
    });
  };
  const ask: PageHost["ask"] = async (document, method, ...args) => {
    const call = `__hawkerPage.${method}(${args.map((arg) => JSON.stringify(arg)).join(",")})`;
    const [cdp, world] = [await session, await worldOf(document)];
    const asked = (await run(cdp, world, callWhenParsed(call))) as [never] | null;
    return asked ? asked[0] : ((await run(cdp, world, `${bundle};${call}`)) as never);
  };
  return { ask, injectAhead };
}

const LOST =
  /context was destroyed|cannot find context|uniquecontextid not found|no frame|inspected target navigated/i;

async function run(cdp: CDPSession, contextId: number, expression: string): Promise<unknown> {
  const answer = await cdp
    .send("Runtime.evaluate", { expression, contextId, awaitPromise: true, returnByValue: true })
    .catch((cause: unknown) => {
      throw LOST.test(String(cause)) ? new DocumentGone(cause) : cause;
    });
  const { result, exceptionDetails } = answer;
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as unknown;
}

/** The main frame keeps its id over all its documents. */
const mainFrameIds = new WeakMap<CDPSession, string>();

async function frameIdOf(cdp: CDPSession, { frame }: PageDocument): Promise<string> {
  const known = frame.parentFrame() ? undefined : mainFrameIds.get(cdp);
  if (known) return known;
  const { frameTree } = await cdp.send("Page.getFrameTree");
  mainFrameIds.set(cdp, frameTree.frame.id);
  const inner = frame.parentFrame()
    ? frameTree.childFrames?.find((child) => child.frame.url === frame.url())
    : frameTree;
  if (!inner) throw new DocumentGone();
  return inner.frame.id;
}
