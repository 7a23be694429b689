/**
 * The story up to the filled form, where the keeper of the record cannot be reached: for a person, who presses the site's own
 * button. It looks first and ends like any other run; only that its word is a note and not the record.
 */
import {
  apply,
  consequenceOf,
  isBeforePress,
  keeperOf,
  type Applied,
  type Ending,
  type Posting,
  type PostingEvent,
} from "../posting/index.ts";
import { fillOrEnd, lookFirst } from "./before-press.ts";
import type { Hands } from "./hands.ts";
import { Run } from "./run.ts";

export type ForHand =
  /** It stands, for a person to press. */
  | { kind: "filled" }
  /** They have: it is to be told. */
  | { kind: "pressed" }
  /** `again`: when it may go better by itself; null where a person, or the record's keeper, comes first. */
  | { kind: "ended"; ending: Ending; again: number | null };

/** What nobody can have pressed, as it was heard last; not what the cloud may come for as well, or what nobody wants any more. */
export const mayBeFilledForHand = ({ action, state, presses, fallbackAt, cancelAsked }: Posting): boolean =>
  action === "list" && presses === 0 && fallbackAt === null && !cancelAsked && isBeforePress({ state });

const FENCE = 1;

export type ForHandHands = Omit<Hands, "send" | "noteReading" | "loseForm" | "press" | "record">;

export type Heard = {
  /** The rows that were there before. */
  looked(baseline: string[]): Promise<void>;
  /** A form is being filled: from here on it may be pressed. */
  fills(): Promise<void>;
};

export async function prepareForHand(hands: ForHandHands, posting: Posting, heard: Heard): Promise<ForHand> {
  const run = new Run(scratch(hands, posting, heard), begun(posting, hands.now()), 0);
  try {
    const form = await hands.form();
    if (form === "filled" || form === "pressed") return { kind: form };
    if (form !== "begun" && !(await lookFirst(run, form === "lost"))) return ended(run.posting);
    const filled = await fillOrEnd(run);
    return filled === "over" ? ended(run.posting) : { kind: filled };
  } catch (error) {
    const { ending, crashed } = hands.endingOf(error);
    await run.endWith(ending, crashed);
    return ended(run.posting);
  }
}

/** As if it were claimed: what is played to it is forgotten. */
const begun = (posting: Posting, now: number): Posting => ({
  ...posting,
  state: "claimed",
  fence: FENCE,
  claimedAt: now,
});

function ended({ state, ending, dueAt }: Posting): ForHand {
  const why = ending ?? { code: "service-away" as const, filled: false };
  const mayPass = state === "queued" && consequenceOf(why) !== "ask";
  return { kind: "ended", ending: why, again: mayPass ? dueAt : null };
}

const unused = () => Promise.reject(new Error("Nothing is pressed without the record's keeper."));

function scratch(hands: ForHandHands, posting: Posting, heard: Heard): Hands {
  let record = begun(posting, hands.now());
  const known = { liveFence: FENCE, leaseUntil: null, gone: null, cloudReady: false };
  return {
    ...hands,
    loseForm: unused,
    async send(event: PostingEvent): Promise<Applied> {
      const applied = apply(record, event, keeperOf(record, [], { ...known, now: hands.now() }));
      if (applied.ok) record = applied.posting;
      if (event.kind === "looked") await heard.looked(event.baseline);
      if (event.kind === "fill") await heard.fills();
      return applied;
    },
    noteReading: () => Promise.resolve(),
    press: unused,
    record: {
      has: () => Promise.resolve(false),
      last: () => Promise.resolve(null),
      write: unused,
      erase: unused,
    },
  };
}
