/**
 * Endings in English: for logs, for the API's `error`, and until there are more languages for the screens. What is said of
 * the outside is only what was read there.
 */
import type { Ending, EndingCode } from "./endings.ts";
import type { RefusalCode } from "./keeper.ts";
import type { Posting } from "./posting.ts";
import type { RefusalReason, StopSign } from "../plan/plan.ts";

type Words = { [C in EndingCode]: (ending: Extract<Ending, { code: C }>, site: string) => string };

const STOPS: Record<StopSign["kind"], (site: string) => string> = {
  login: (site) => `${site} asks you to log in.`,
  captcha: (site) => `${site} shows a captcha.`,
  checkpoint: (site) => `${site} wants to check that it is you.`,
  block: (site) => `${site} has blocked this account for now. Its page says why.`,
  limit: (site) => `${site} says you have posted as much as it allows for now.`,
};

const PAGES: Record<Extract<Ending, { code: "page" }>["why"], (site: string) => string> = {
  "keeps-reloading": (site) => `${site}'s page keeps reloading by itself. Look at its tab.`,
  "too-many-pages": (site) => `${site}'s form went through too many pages. Look at its tab.`,
  deadline: (site) => `${site}'s form took too long.`,
  unfinished: (site) => `${site}'s form ended before its last button.`,
};

const REASONS: Record<RefusalReason, string> = {
  "not-found": "the field was not found",
  ambiguous: "more than one field looks like it",
  "not-visible": "the field is hidden",
  "forbidden-control": "the field is one Hawker never fills",
  "option-missing": "the site does not offer this choice",
  "read-back-differs": "the site shows something else than was set",
  "site-changed-it": "the site changed it again",
  "photos-rejected": "the site did not take the photos",
  timeout: "the site took too long",
  "page-not-expected": "another page came than expected",
  "write-had-no-effect": "the field did not take the value",
  "left-empty": "the field is empty",
  "not-verified": "what it says could not be read again",
  "changed-by-hand": "you changed it",
};

/** Why a field was not filled. */
export const reasonText = (reason: RefusalReason): string => REASONS[reason];

const detailed = (text: string, detail: string | undefined): string => (detail ? `${text}: ${detail}` : text);

const WORDS: Words = {
  stop: ({ stop }, site) => STOPS[stop](site),
  "wrong-login": ({ shown, expected }, site) =>
    shown
      ? `${site} is signed in as ${shown}; this is for ${expected}. Change the account there.`
      : `${site} does not show who is signed in; this is for ${expected}.`,
  field: ({ label, reason, detail }, site) =>
    reason === "changed-by-hand"
      ? `You changed ${label} in the form on ${site}. Continue keeps what you set.`
      : `Hawker was not sure about "${label}" on ${site} (${detailed(REASONS[reason], detail)}).`,
  refused: ({ message }, site) => `${site} did not take it: ${message}`,
  item: ({ message }) => message,
  photo: ({ message }) => message,
  "list-unreadable": (_, site) => `Your listings on ${site} could not be read whole.`,
  unreachable: ({ message }, site) => `${site} did not answer: ${message}`,
  offline: () => "This computer is offline. It goes on when the network is back.",
  page: ({ why }, site) => PAGES[why](site),
  "browser-gone": () => "The browser closed in the middle.",
  "page-kills-browser": (_, site) => `${site}'s page made the browser crash twice.`,
  "tab-closed": (_, site) => `The ${site} tab was closed before it was finished.`,
  "form-left": (_, site) => `The ${site} form was left since it was filled.`,
  "host-permission": (_, site) => `Hawker needs your permission to work on ${site}. Connect it first.`,
  account: ({ message }) => message,
  interrupted: () => "It was interrupted, and goes on by itself.",
  resting: () => "This site or account failed several times in a row and rests for a while.",
  paused: () => "Paused.",
  busy: () => "Waiting: this account is busy with another post.",
  "waits-for-twin": () => "Waiting: one that looks the same is being checked at this account.",
  "permit-void": () => "It took too long between the check and the press; trying again.",
  "permits-aged": (_, site) =>
    `It took too long between the check and the press every time, so nothing was pressed. Look at the ${site} tab, then go on.`,
  "service-away": ({ filled, loggedOut }, site) => {
    if (loggedOut)
      return filled
        ? `You are logged out of Hawker. The form is filled: press ${site}'s own button, or log in.`
        : "You are logged out of Hawker, which keeps this account's posts. It goes on when you log in.";
    return filled
      ? `Hawker's service cannot be reached. The form is filled: press ${site}'s own button, or wait.`
      : "Hawker's service cannot be reached. Nothing is published without it; it goes on by itself when it is back.";
  },
  "refused-by-service": ({ message }) => message,
  sold: () => "The item is sold.",
  deleted: () => "The item was deleted.",
  disconnected: () => "The account was disconnected.",
  cancelled: ({ pressed, filled, restored }, site) => {
    if (restored)
      return `Cancelled. Whether it was published before Hawker's records were put back from a backup is not known; Hawker keeps an eye on your listings on ${site}.`;
    if (pressed)
      return `Cancelled after publishing on ${site} had begun. Hawker looks for it whenever it reads your listings there.`;
    if (filled)
      return `Cancelled. Hawker will not publish it; a filled form may still stand in the ${site} tab.`;
    return "Cancelled. Hawker has published nothing.";
  },
  superseded: (_, site) => `It was started twice; the other one was sent to ${site} first.`,
  "already-listed": (_, site) => `It was among your listings on ${site} already.`,
  "said-listed": (_, site) =>
    `${site} said that it is posted; Hawker has not found it among your listings there yet.`,
  "no-answer": (_, site) => `${site} did not say whether it was posted. Looking for it.`,
  restored: (_, site) =>
    `Hawker's records were put back from a backup. It may have been published on ${site} before that, and is not known to be there.`,
  "row-lost": (_, site) =>
    `The listing on ${site} that it was taken for belongs to another item. Looking for its own.`,
  "not-found": (_, site) =>
    `Publishing had begun, ${site} gave no answer, and it is not among your listings there.`,
  several: ({ count }, site) =>
    count === 1 ? `A listing on ${site} could be it.` : `${count} listings on ${site} could be it.`,
  "unexplained-rows": ({ count }, site) =>
    count === 1
      ? `There is a new listing on ${site} that nobody knows of. It may be this one under another title.`
      : `There are ${count} new listings on ${site} that nobody knows of. One may be this item.`,
  "late-row": (_, site) => `A listing has come up on ${site} that may be this one.`,
  "not-there-said-person": () => "Not posted, as you said.",
  "cloud-off": () =>
    "The cloud may no longer use this account. Allow it under Connections, or go on in a tab.",
  "nobody-came": () => "No browser of yours has come for it yet.",
  stuck: ({ last }, site) => `It does not go on by itself. ${lastly(last, site)}`,
  "hour-over": (_, site) => `It could not be found out in time whether it is on ${site}.`,
  bug: ({ message }) => `Hawker made a mistake: ${message}`,
};

/** What was said while it still went on by itself, for when it does not any more. */
const LASTLY: Partial<Record<EndingCode, string>> = {
  interrupted: "It was interrupted.",
  offline: "The computer was offline.",
  resting: "This site or account had failed several times in a row.",
  busy: "The account was busy with another post.",
  "waits-for-twin": "One that looks the same was being checked at this account.",
  "permit-void": "It took too long between the check and the press.",
  "service-away": "Hawker's service could not be reached.",
};

const lastly = (ending: Ending, site: string): string => LASTLY[ending.code] ?? sentenceOf(ending, site);

export const ENDING_CODES = Object.keys(WORDS) as [EndingCode, ...EndingCode[]];

/** @param site the channel's name. */
export function sentenceOf(ending: Ending, site: string): string {
  const word = WORDS[ending.code] as (ending: Ending, site: string) => string;
  return word(ending, site);
}

const REFUSALS: Record<RefusalCode, string> = {
  state: "It has changed meanwhile. Look at it again.",
  "stale-fence": "Something else works on it now. Look at it again.",
  "not-due": "It is not due yet.",
  "not-yours": "The cloud may not use this account. Allow it under Connections, or go on in a tab.",
  "old-question": "This question was answered already, or asks something else now.",
  "no-such-answer": "This is no answer to what is asked.",
  "row-taken": "That listing belongs to another of your items.",
  cancelled: "It was cancelled.",
  sold: "The item is sold.",
  deleted: "The item was deleted.",
  disconnected: "The account was disconnected.",
  "no-consent": "It was changed since you saw it. Look it over again.",
  "no-reading": "Your listings have to be looked at first.",
  "twin-unclear": "One that looks the same is being checked at this account.",
  "lease-too-short": "The account's turn is almost over. It goes on with the next one.",
  superseded: "The item is listed, or being listed, at this account already.",
  "already-known": "This is known already. There is nothing left to do.",
  "other-attempt": "This was about another attempt. Look at it again.",
};

export const REFUSAL_CODES = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]];

/** Why something a person asked for was not done. */
export const refusalSentence = (code: RefusalCode): string => REFUSALS[code];

/** What a cancel means that cannot end it yet: it may be listed already, or somebody is at the form. */
export const cancelSentence = (
  { presses }: Pick<Posting, "presses">,
  note: Ending | null,
  site: string,
): string => {
  if (note?.code === "service-away")
    return "You cancelled it. Hawker presses nothing any more, and ends it when its service is back.";
  return presses > 0
    ? `You cancelled it. Publishing had begun, so ${site} is read first.`
    : "You cancelled it. It stops at its next step.";
};
