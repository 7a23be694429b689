/** The conversation with the engine in one document, and what every host answers alike. */
import type { PageReply, PageTurn, Told } from "../plan/page-protocol.ts";
import type { PhaseResult } from "../plan/plan.ts";
import type { Host } from "./host.ts";

export type Question = Exclude<PageTurn, { kind: "finished" | "progress" }>;

type Listener = { hear: (told: Told) => Promise<void>; replyTo: (question: Question) => Promise<PageReply> };

/** Hears and answers every turn until the engine has finished. */
export async function converse<D>(
  host: Host<D>,
  document: D,
  first: Promise<PageTurn>,
  { hear, replyTo }: Listener,
): Promise<PhaseResult> {
  let turn = await first;
  for (;;) {
    for (const told of turn.told) await hear(told);
    if (turn.kind === "finished") return turn.result;
    const reply = turn.kind === "progress" ? { ok: true } : await replyTo(turn);
    turn = await host.ask(document, "reply", turn.id, reply);
  }
}

export type Answers<D> = {
  to(document: D, turn: Exclude<Question, { kind: "needPermit" }>): Promise<PageReply>;
  /** A page shown for a step is put back when the step is over. */
  hide(): Promise<void>;
};

export function answersOf<D>(host: Host<D>): Answers<D> {
  let shown: (() => Promise<void>) | null = null;
  const hide = async () => {
    const back = shown;
    shown = null;
    await back?.();
  };
  return {
    hide,
    async to(document, turn) {
      switch (turn.kind) {
        case "needPhoto":
          return { photo: await host.photo(turn.photoId) };
        case "needTrusted":
          return { ok: await host.pressTrusted(document, turn) };
        case "needVisible":
          await hide();
          shown = await host.show();
          return { ok: true };
      }
    },
  };
}
