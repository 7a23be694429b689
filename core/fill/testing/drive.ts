/**
 * The page as a host, for the engine's tests, the site tests, the benches and `npm run inspect`: the worker's own host, in the
 * page's world as there, or in an isolated one as a content script lives in.
 */
import type { Page } from "playwright-core";
import { drivePhase, type PhaseEnd, type PhaseInput } from "../../host/index.ts";
import type { PagePhoto, PageTurn, Plan, StartPhase } from "../../plan/index.ts";
import { pageHost, type PageDocument, type PageHost, type World } from "../../../worker/browser/page-host.ts";

export type { PageHost, World };
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
  const host = pageHost({ page, bundle, photo, cookieUrls: [], world });
  return {
    ...host,
    pressTrusted: (document, press) =>
      trusted ? host.pressTrusted(document, press) : Promise.resolve(false),
    async ask(document, method, ...args) {
      const [start] = args;
      if (method === "start" && onTurn) Object.assign(start as StartPhase, { stepByStep: true });
      const answer = await host.ask(document, method, ...args);
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
