/** Joins the parts into the `PageEngine` a host drives. All state lives in the closure; the module has none. */
import type { AccountRules, OutcomeSigns } from "../marketplace/marketplace.ts";
import type { FoundControl, PageEngine, PhaseResult, Plan, StepReport } from "../plan/index.ts";
import type { UnknownForms } from "./inspect/unknown-forms.ts";
import { createSession } from "./page/session.ts";
import { handleShown, loginShown } from "./read/account.ts";
import { readListings } from "./read/listings.ts";
import { OldRefusal } from "./read/old-refusal.ts";
import { readOutcome } from "./read/outcome.ts";
import { stopSignOn } from "./read/stop-sign.ts";
import { allRoots } from "./page/roots.ts";
import { waitFor } from "./page/wait.ts";
import { Conversation } from "./run/conversation.ts";
import { formState } from "./run/form-state.ts";
import type { Gesture } from "./run/gesture.ts";
import { Hands } from "./run/hands.ts";
import { runPhase } from "./run/run-phase.ts";
import type { Done } from "./run/step-tools.ts";
import type { PhotoMemory } from "./write/write-value.ts";

export type EngineMarketplace = { outcome: OutcomeSigns; account: AccountRules };
export type EngineInput = {
  marketplaces: Readonly<Record<string, EngineMarketplace>>;
  gestures: Readonly<Record<string, Gesture>>;
  /** The finder as a tool (inspect, fill by meaning); left out of bundles that only run plans. */
  unknownForms?: UnknownForms;
};

const HANDLE_MS = 3000;

export function createEngine({ marketplaces, gestures, unknownForms }: EngineInput): PageEngine {
  let conversation = new Conversation();
  let abort = new AbortController();
  const photoFiles = new Map<string, File>();
  const photos: PhotoMemory = new Map();
  const done = new Map<string, Done>();
  const shownFirst = new Map<string, string>();
  const refusal = new OldRefusal();
  const hands = new Hands(document, (plan) =>
    refusal.note(document, marketplaces[plan.marketplace]?.outcome),
  );
  let inspected: FoundControl[] = [];

  const known = (id: string): EngineMarketplace => {
    const found = marketplaces[id];
    if (!found)
      throw new Error(
        `This page bundle knows no marketplace "${id}"; it knows ${Object.keys(marketplaces).join(", ")}.`,
      );
    return found;
  };
  const forms = (): UnknownForms => {
    if (!unknownForms)
      throw new Error("This page bundle was built without unknownForms; pass it to createEngine.");
    return unknownForms;
  };
  const begin = () => {
    abort.abort();
    abort = new AbortController();
    conversation = new Conversation();
    return abort.signal;
  };
  /** What was filled by another plan says nothing about this one. */
  const lookAfter = (plan: Plan) => {
    if (!hands.watch(plan)) return;
    for (const memory of [done, shownFirst, photos]) memory.clear();
  };

  return {
    start(input) {
      const signal = begin();
      lookAfter(input.plan);
      if (!input.resumed) hands.forget();
      const steps: StepReport[] = [];
      const pressed = async (): Promise<PhaseResult> => {
        const { by } = await hands.whenPressed();
        if (by === "person") abort.abort();
        return { kind: "pressed", by, steps };
      };
      return conversation.start(({ ask, tell }) => {
        if (hands.pressed) return pressed();
        const session = createSession({
          document,
          signal,
          deadlineMs: input.deadlineMs,
          ask,
          tell,
          hands,
          photos: photoFiles,
        });
        const signs = marketplaces[input.plan.marketplace]?.outcome;
        const run = { session, start: input, signs, gestures, hands, photos, done, shownFirst, steps };
        return hands.during(() => Promise.race([runPhase(run), pressed()]));
      });
    },
    reply: (id, reply) => conversation.reply(id, reply),
    abort: () => abort.abort(),
    watchSubmit(plan) {
      lookAfter(plan);
      return hands.whenPressed();
    },
    submitSeen(plan) {
      lookAfter(plan);
      return hands.pressed;
    },
    forgetSubmit(plan) {
      lookAfter(plan);
      hands.forget();
    },
    formState(plan, reports, byHand, keep) {
      lookAfter(plan);
      const ask = () => Promise.reject(new Error("Reading a form asks the host nothing."));
      const session = createSession({
        document,
        signal: new AbortController().signal,
        deadlineMs: HANDLE_MS,
        ask,
        tell: () => undefined,
        hands,
      });
      const signs = marketplaces[plan.marketplace]?.outcome;
      const more = {
        signs,
        gestures,
        hands,
        photos,
        done,
        shownFirst,
      };
      return formState({ session, byHand: new Set(), ...more }, plan, reports, byHand, keep);
    },
    stopSign(marketplace) {
      const { outcome, account } = marketplaces[marketplace] ?? {};
      return stopSignOn(
        document,
        outcome,
        account?.listings.map(({ rows }) => rows),
      );
    },
    outcome: (marketplace, deadlineMs, seenBefore = []) =>
      readOutcome(
        document,
        known(marketplace).outcome,
        seenBefore,
        deadlineMs,
        abort.signal.aborted ? new AbortController().signal : abort.signal,
        refusal,
      ),
    signedInAs: (marketplace) =>
      waitFor({
        roots: () => allRoots(document),
        look() {
          const { account } = known(marketplace);
          const handle = handleShown(document, account.handle);
          return handle === null ? null : { handle, login: loginShown(document, account) };
        },
        ms: HANDLE_MS,
        signal: new AbortController().signal,
      }),
    async readListings(marketplace, name, { anchors, deadlineMs }) {
      const { account: rules, outcome: signs } = known(marketplace);
      const page = rules.listings.find((each) => each.name === name);
      if (!page) throw new Error(`${marketplace} has no page of own listings called "${name}".`);
      const { signal } = new AbortController();
      return readListings({ document, rules, signs, page, anchors, ms: deadlineMs, signal });
    },
    inspect: () => forms().inspect(document),
    startByMeaning({ item, photoIds, deadlineMs }) {
      const signal = begin();
      inspected = [];
      return conversation.start(async ({ ask, tell }) => {
        const session = createSession({ document, signal, deadlineMs, ask, tell, hands, photos: photoFiles });
        const run = await forms().fill(session, { item, photoIds }, photos);
        inspected = run.controls;
        return run.result;
      });
    },
    inspected: () => inspected,
  };
}
