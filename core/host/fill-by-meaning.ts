/** Fills what the engine is sure of on a page that no plan describes. Submits nothing. */
import type { FoundControl, PageEngine } from "../plan/page-protocol.ts";
import type { PhaseResult } from "../plan/plan.ts";
import { answersOf, converse } from "./answer.ts";
import type { Host } from "./host.ts";

type Input = Parameters<PageEngine["startByMeaning"]>[0];

export async function fillByMeaning<D>(
  host: Host<D>,
  document: D,
  input: Input,
): Promise<{ result: PhaseResult; controls: FoundControl[] }> {
  const answers = answersOf(host);
  try {
    const first = host.ask(document, "startByMeaning", input);
    const result = await converse(host, document, first, {
      hear: () => answers.hide(),
      replyTo: (turn) =>
        turn.kind === "needPermit" ? Promise.resolve({ ok: false }) : answers.to(document, turn),
    });
    return { result, controls: await host.ask(document, "inspected") };
  } finally {
    await answers.hide();
  }
}
