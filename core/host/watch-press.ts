/**
 * Waits until a filled form's submit control is pressed, which in review mode the seller does on the site itself. The page
 * remembers a press over one load, so a watch that begins after it still hears of it.
 */
import type { SubmitSeen } from "../plan/page-protocol.ts";
import type { Plan } from "../plan/plan.ts";
import { DocumentGone, PageUnreadable, type Host } from "./host.ts";
import { timeLimit } from "./time-limit.ts";

export type PressWatched<D> =
  | { kind: "pressed"; press: SubmitSeen }
  /** The form's page was left and nobody was seen pressing; null when what came cannot be looked at. */
  | { kind: "left"; document: D | null };

/**
 * Watches the document that is there now. Put what it says on record, then ask `forgetSubmit`: until then every run and every
 * watch in this page answers with that press.
 * @throws PageUnreadable | BrowserGone, and the signal's reason
 */
export async function watchPress<D>(
  host: Host<D>,
  plan: Plan,
  { signal }: { signal?: AbortSignal } = {},
): Promise<PressWatched<D>> {
  const limit = timeLimit(null, signal);
  try {
    const form = await limit.within(host.document({ frameHost: plan.frameHost }));
    try {
      return { kind: "pressed", press: await limit.within(host.ask(form, "watchSubmit", plan)) };
    } catch (error) {
      if (!(error instanceof DocumentGone)) throw error;
    }
    return await limit.within(whatCame(host, plan, form));
  } finally {
    limit.end();
  }
}

/** The press may have taken the page away before it could be told. */
async function whatCame<D>(host: Host<D>, plan: Plan, form: D): Promise<PressWatched<D>> {
  for (let left = form; ;) {
    try {
      const document = await host.document({ frameHost: plan.frameHost, not: left });
      left = document;
      const press = await host.ask(document, "submitSeen", plan);
      return press ? { kind: "pressed", press } : { kind: "left", document };
    } catch (error) {
      if (error instanceof PageUnreadable) return { kind: "left", document: null };
      if (!(error instanceof DocumentGone)) throw error;
    }
  }
}
