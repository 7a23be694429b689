/**
 * Why a posting is where it is, as a code with its parameters; screens and logs put it into words (sentences.ts).
 * One table says what follows from each: only what may pass by itself is tried again, and only before a press.
 */
import type { RefusalReason, StopSign } from "../plan/plan.ts";

export type StopKind = StopSign["kind"];

export type Ending =
  /** The site shows a login, captcha, checkpoint, block or limit page. */
  | { code: "stop"; stop: StopKind }
  /** The site is signed in as somebody else. */
  | { code: "wrong-login"; shown: string | null; expected: string }
  /** A step of the form was refused, or not verified. */
  | { code: "field"; label: string; reason: RefusalReason; detail?: string }
  /** The site refused the form in words, and the form still stands. */
  | { code: "refused"; message: string }
  /** The item cannot be listed there as it is. */
  | { code: "item"; message: string }
  /** A photo is not where it can be read from. */
  | { code: "photo"; message: string }
  /** The account's own list could not be read whole. */
  | { code: "list-unreadable"; why: string }
  /** The site, or the way to it, did not answer. */
  | { code: "unreachable"; message: string }
  /** This computer has no network. */
  | { code: "offline" }
  /** The form's page did not do what a page does. */
  | { code: "page"; why: "keeps-reloading" | "too-many-pages" | "deadline" | "unfinished" }
  /** The browser ended while the page was in it. */
  | { code: "browser-gone" }
  | { code: "page-kills-browser" }
  | { code: "tab-closed" }
  | { code: "form-left" }
  | { code: "host-permission" }
  | { code: "account"; message: string }
  | { code: "interrupted" }
  | { code: "resting"; until: number }
  | { code: "paused" }
  | { code: "busy" }
  | { code: "waits-for-twin" }
  | { code: "permit-void" }
  /** Asked after several of these: nothing was pressed. */
  | { code: "permits-aged" }
  /** `filled`: a form stands that a person may send by the site's own button. `loggedOut`: it was not asked, for want of a login. */
  | { code: "service-away"; filled: boolean; loggedOut?: boolean }
  /** The service takes no such post: it says why. */
  | { code: "refused-by-service"; message: string }
  | { code: "sold" }
  | { code: "deleted" }
  | { code: "disconnected" }
  /** `restored`: that it was pressed is possible, and not known. */
  | { code: "cancelled"; pressed: boolean; filled: boolean; restored?: true }
  | { code: "superseded" }
  | { code: "already-listed" }
  | { code: "said-listed" }
  | { code: "no-answer" }
  /** The records were put back from a backup: it may have been pressed since. */
  | { code: "restored" }
  /** The row it was taken for is another posting's by a better proof. */
  | { code: "row-lost" }
  | { code: "not-found" }
  | { code: "several"; count: number }
  | { code: "unexplained-rows"; count: number }
  | { code: "late-row" }
  | { code: "not-there-said-person" }
  | { code: "nobody-came" }
  /** The cloud may not use this account any more. */
  | { code: "cloud-off" }
  /** Asked once it was left alone: `last` is what it came to the last time. */
  | { code: "stuck"; last: Ending }
  | { code: "hour-over" }
  | { code: "bug"; message: string };

export type EndingCode = Ending["code"];

/**
 * What follows when a run ends so before a press:
 * - `again`: it may pass; tried again after a pause, which uses an attempt up;
 * - `rest`: nobody failed; tried again later, uses nothing up, the hour runs on;
 * - `ask`: a person has to do something first;
 * - `fail`: trying again by itself would not help.
 */
type Consequence = "again" | "rest" | "ask" | "fail";

const CONSEQUENCES: Record<EndingCode, Consequence> = {
  stop: "ask",
  "wrong-login": "ask",
  field: "ask",
  refused: "ask",
  "tab-closed": "ask",
  "form-left": "ask",
  "host-permission": "ask",
  account: "ask",
  "page-kills-browser": "ask",
  item: "fail",
  "refused-by-service": "fail",
  sold: "fail",
  deleted: "fail",
  superseded: "fail",
  disconnected: "fail",
  photo: "again",
  unreachable: "again",
  bug: "again",
  "browser-gone": "rest",
  offline: "rest",
  "list-unreadable": "rest",
  interrupted: "rest",
  resting: "rest",
  busy: "rest",
  "waits-for-twin": "rest",
  "permit-void": "rest",
  "service-away": "rest",
  "permits-aged": "ask",
  paused: "ask",
  page: "ask",
  // How a posting ended, or what it is asked about once it was pressed: nothing begins again by itself.
  cancelled: "ask",
  "already-listed": "ask",
  "said-listed": "ask",
  "no-answer": "ask",
  restored: "ask",
  "row-lost": "ask",
  "not-found": "ask",
  several: "ask",
  "unexplained-rows": "ask",
  "late-row": "ask",
  "not-there-said-person": "ask",
  "nobody-came": "ask",
  "cloud-off": "ask",
  stuck: "ask",
  "hour-over": "ask",
};

/** Steps that may go better on a second try; everything else means that the page is not what the plan expects. */
const PASSING: readonly RefusalReason[] = ["timeout", "page-not-expected"];

export function consequenceOf(ending: Ending): Consequence {
  if (ending.code === "field" && PASSING.includes(ending.reason)) return "again";
  if (ending.code === "page" && ending.why === "deadline") return "again";
  return CONSEQUENCES[ending.code];
}

/** A person has to do something first. */
export const isForPerson = (ending: Ending | null): boolean =>
  ending !== null && consequenceOf(ending) === "ask";

const FIRST_PAUSE_MS = 2_000;

/** 2, 8, 32 seconds, each between half and whole of that: many failures at once must not come back at once. */
export function pauseMs(attempt: number, random: () => number): number {
  const whole = FIRST_PAUSE_MS * 4 ** Math.max(0, attempt - 1);
  return Math.max(1_000, Math.round(whole * (0.5 + random() / 2)));
}
