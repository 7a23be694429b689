/** What a host keeps about its postings, on its disk and in its pages. */
import type { PostingEvent } from "../index.ts";
import type { HostName } from "./host.ts";
import type { PressAnswer, SecondPage } from "./site.ts";

/** A form that stands in a page of this browser. */
export type Form = {
  host: HostName;
  version: number;
  /** The second page of its submit: what is left to press there. */
  second: SecondPage | null;
};
/** What a host keeps about one posting: `record` and `outbox` on its disk, the rest in its pages. */
export type Memory = {
  record: { attempt: number; at: number } | null;
  outbox: PostingEvent[];
  form: Form | null;
  /** What the page shows after a press. */
  answer: PressAnswer | null;
  /** The person pressed the site's own button, as the page's listener on it knows. */
  byHand: PressAnswer | null;
  /** On its disk: what was seen or set in the form is gone, and it was not shown since. */
  isLost: boolean;
  /** A run is at the button: what the person presses is its to tell. */
  isAtButton: boolean;
};

/** What a browser knows of a posting that it never saw. */
export const BLANK: Memory = {
  record: null,
  outbox: [],
  form: null,
  answer: null,
  byHand: null,
  isLost: false,
  isAtButton: false,
};
