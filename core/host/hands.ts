/**
 * The hands of a driver, and what they report: a tab of the extension, a page of the worker's browser, the model's. They read,
 * press and send; they decide nothing.
 */
import type { Marker } from "../marketplace/marketplace.ts";
import type { Outcome, StopSign } from "../plan/plan.ts";
import type {
  Applied,
  Books,
  ChannelPolicy,
  Ending,
  PostingEvent,
  Reading,
  RefusalCode,
  Trace,
} from "../posting/index.ts";

/** What came of filling the form. */
export type Filled =
  | { kind: "filled" }
  | { kind: "stopped"; stop: StopSign }
  | { kind: "refused"; ending: Ending }
  /** A person was faster: theirs is the press. */
  | { kind: "pressed" };
/**
 * A form of this posting where it was left: filled, not whole, or gone; or a person has pressed it since. `lost`: what they had
 * seen or set in it is gone, and what stands now, if anything does, was not shown to them yet.
 */
export type FormNow = "filled" | "begun" | "none" | "pressed" | "lost";
/**
 * What came of going for the last button. Once the first act was done after which the site may act without us it is
 * `pressed`, whatever became of its confirmations; everything else says that nothing was pressed.
 */
export type Pressed =
  | { kind: "pressed"; by: "hawker" | "person" }
  /** The permit was not given, or it aged. */
  | { kind: "unpressed" }
  | { kind: "stopped"; stop: StopSign }
  | { kind: "refused"; ending: Ending };
export type SiteAnswer = Outcome | { kind: "stopped"; stop: StopSign };

/**
 * How much of the lists is read. `anchors`: rows known before the press, where reading may end; none: to the end of every list.
 * `firstPageOnly`: a glance, which can find and is never complete.
 */
type HowToRead = { anchors: readonly string[]; firstPageOnly: boolean };

export type Hands = {
  now(): number;
  random(): number;
  itemId: string | null;
  /** The login this is for: its stable id, and how a person knows it. Null where it is not known yet. */
  login: { id: string; name: string } | null;
  marker: Marker;
  /** What proves the act; a listing where nothing is said. */
  trace?: Trace;
  policy: ChannelPolicy;
  lookMs: readonly number[];
  payloadHash(): Promise<string>;

  /** Tells the keeper of the record. @returns null when it was not reached: no answer is a yes or a no. */
  send(event: PostingEvent): Promise<Applied | null>;
  /** What else is known of this login. @throws ServiceAway */
  books(): Promise<Books>;
  /**
   * The account's own lists, freshly loaded. `aside`: not in the page where the form stands.
   */
  read(aside: boolean, how: HowToRead): Promise<Reading | { stopped: StopSign }>;
  /** A reading was taken: other postings may recognise a row of theirs in it. */
  noteReading(reading: Reading): Promise<void>;
  form(): Promise<FormNow>;
  /** Keeps that the form is lost until it was shown again: `form` says so, however often the story begins anew. */
  loseForm(): Promise<void>;
  fill(): Promise<Filled>;
  press(permit: () => Promise<boolean>): Promise<Pressed>;
  /** What the site says after the press. */
  siteAnswer(): Promise<SiteAnswer>;
  /** This host's own record of its presses, on disk before a permit is used. */
  record: {
    has(attempt: number): Promise<boolean>;
    /** The latest attempt it knows of, or null. */
    last(): Promise<number | null>;
    write(attempt: number): Promise<void>;
    erase(attempt: number): Promise<void>;
  };
  /** An error of the hands, as an ending; `crashed` when the page took the browser with it. */
  endingOf(error: unknown): { ending: Ending; crashed: boolean };
};

/** The keeper says that somebody else drives it now, or that it is over: stop, touch nothing. */
export class TakenOver extends Error {
  override name = "TakenOver";
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(`This posting is not ours to drive any more (${code}).`);
    this.code = code;
  }
}

/** The keeper was not reached where its word is needed. Nothing was pressed without it. */
export class ServiceAway extends Error {
  override name = "ServiceAway";
}
