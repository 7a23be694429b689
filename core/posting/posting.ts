/**
 * One account's share of a request to list an item, and everything that is known of it. The same record is a row of
 * `job_targets` at the service and a row of the extension's own database at a login the service never knew.
 * All times are milliseconds since 1970 on the clock of whoever keeps the record.
 */
import type { Action, Driver, Mode, TargetState } from "../job/job.ts";
import type { Marker } from "../marketplace/marketplace.ts";
import type { Ending } from "./endings.ts";
import { HOUR_MS, WATCH_MS } from "./limits.ts";
import type { TwinKey } from "./marker.ts";

/** What a person agreed to: one listing. A permit takes it, a permit that was not used gives it back. */
export type Consent = {
  /** Start in publish mode, Publish in review mode, "post again", another one on purpose. */
  kind: "start" | "publish" | "again" | "another";
  /** The payload the person was shown; null where the item as it was at the start is meant. */
  hash: string | null;
};

/** The right to press once, for ten seconds from when it was asked for. */
export type Permit = {
  attempt: number;
  fence: number;
  at: number;
  until: number;
  consent: Consent;
};

/** The site said that it is listed. `externalId` is null where the site names none. */
export type Sign = { externalId: string | null; url: string | null };

/** How a row was recognised as this posting's listing. */
export type ProvedBy = "id" | "likeness" | "person";
export type ProvedListing = {
  externalId: string;
  url: string | null;
  by: ProvedBy;
  /** How its row stood when it was found: live, held for review, sold at once; null where nobody read it. */
  status: string | null;
};

/** A row of the account's own list as a question shows it. */
export type Candidate = {
  externalId: string;
  url: string | null;
  title: string;
  priceText: string;
  status: string;
};

/**
 * What a person is asked.
 * - `ready`: the form is filled; look it over and publish.
 * - `alike`: something that looks like it is listed already, and nobody here knows of it.
 * - `there`: it may have been posted; is it there?
 * - `field`: the form, or the site in the form, asks for something.
 * - `stop`: a login, captcha, checkpoint, block or limit page.
 * - `stuck`: nobody came for it, or nothing could be found out, in its hour.
 */
export type QuestionKind = "ready" | "alike" | "there" | "field" | "stop" | "stuck";
export type Question = {
  /** Counts the questions of this posting: an answer names the one it answers. */
  number: number;
  kind: QuestionKind;
  askedAt: number;
  candidates: Candidate[];
};

export type Posting = {
  id: string;
  /** Null where the action is about the account and not about an item. */
  itemId: string | null;
  action: Action;
  state: TargetState;
  driver: Driver;
  mode: Mode;
  /** Not driven before this moment; while `unknown`, when its driver looks next. */
  dueAt: number;
  /** Runs that failed before a press. Rests, outages and interruptions use none up. */
  attempt: number;
  /** Pages that took the browser with them. */
  crashes: number;
  /** Of the claim that drives it now. */
  fence: number | null;
  /** When it was claimed last; null while no driver ever came for it. */
  claimedAt: number | null;
  /** The driving run ends by itself by then; its lease is not renewed past it. */
  runUntil: number | null;
  /** A tab drove it once: from then on the cloud takes it only from a person's hand. */
  tabClaimed: boolean;
  /** When the cloud may take a tab's posting that no tab ever claimed; null where nobody allowed that. */
  fallbackAt: number | null;

  /** Asked for on purpose beside one that is live. */
  isBeside: boolean;
  /** Not used yet. */
  consent: Consent | null;
  /** Permits ever given; the newest one's number is its `attempt`. */
  permits: number;
  /** Presses that may have reached the site: permits not given back, and the person's own. */
  presses: number;
  /**
   * One of them is not known of: it may have been made before the records were put back from a backup; or the browser that was
   * pressed in has said so, and has yet to tell how.
   */
  guess: "restored" | "told" | null;
  permit: Permit | null;
  /** Evidence about attempts up to this one tells nothing new: a person, or absence, settled them. */
  settledAttempts: number;

  /** The window counts from here; null while nothing is unproven. */
  unsettledAt: number | null;
  windowMs: number;
  /** The channel shows every row within the window: there, absence is proof. */
  absenceProves: boolean;
  sign: Sign | null;
  /** The words it was pressed with, or, before any press, will be; null where nobody knows them. */
  marker: Marker | null;
  /** An earlier press went out with other words than these, or nobody knows with which. */
  reworded: boolean;
  twin: TwinKey | null;
  /** Ids of all rows before the first press; kept for good. */
  baseline: string[] | null;
  /** The newest complete reading, and the claim that made it. */
  readingAt: number | null;
  readingFence: number | null;
  /** When the first reading after the window that did not find it was told of: it was taken before that. */
  absentAt: number | null;
  /** "Wait" was answered: until then absence asks nobody. */
  quietUntil: number | null;
  /** New rows nobody owns, seen since the press: seen once is seen. */
  unexplained: Candidate[];
  /** Rows a person said are something else. */
  dismissed: string[];
  /** A tab began to fill a form, which may stand before a person. */
  filledAt: number | null;

  question: Question | null;
  questions: number;
  /** The hour at which a person is called, whatever is down. */
  decideBy: number;
  cancelAsked: boolean;

  listing: ProvedListing | null;
  ending: Ending | null;
  /**
   * When it ended, filled or pressed, without proof: its rows are watched for from then on, and likeness decides nothing any more.
   * Null again once something new is known of a press.
   */
  closedAt: number | null;
};

export type NewPosting = {
  id: string;
  itemId: string | null;
  action?: Action;
  driver: Driver;
  mode: Mode;
  at: number;
  dueAt?: number;
  fallbackAt?: number | null;
  /** Another one on purpose, beside one that is live. */
  consent?: "another";
};

/** A request as it begins: nothing is pressed, nothing is known of the site. */
export function newPosting(input: NewPosting): Posting {
  const dueAt = input.dueAt ?? input.at;
  return {
    id: input.id,
    itemId: input.itemId,
    action: input.action ?? "list",
    state: "queued",
    driver: input.driver,
    mode: input.mode,
    dueAt,
    attempt: 0,
    crashes: 0,
    fence: null,
    claimedAt: null,
    runUntil: null,
    tabClaimed: false,
    fallbackAt: input.fallbackAt ?? null,
    isBeside: input.consent !== undefined,
    consent: input.mode === "publish" ? { kind: input.consent ?? "start", hash: null } : null,
    permits: 0,
    presses: 0,
    guess: null,
    permit: null,
    settledAttempts: 0,
    unsettledAt: null,
    windowMs: 0,
    absenceProves: false,
    sign: null,
    marker: null,
    reworded: false,
    twin: null,
    baseline: null,
    readingAt: null,
    readingFence: null,
    absentAt: null,
    quietUntil: null,
    unexplained: [],
    dismissed: [],
    filledAt: null,
    question: null,
    questions: 0,
    decideBy: Math.max(dueAt, input.at) + HOUR_MS,
    cancelAsked: false,
    listing: null,
    ending: null,
    closedAt: null,
  };
}

export const FINAL: readonly TargetState[] = ["done", "failed", "cancelled"];
export const isFinal = (posting: Pick<Posting, "state">): boolean => FINAL.includes(posting.state);

/** Begun or waiting for its turn, and nothing is on its way to be pressed. */
export const isBeforePress = ({ state }: { state: string }): boolean =>
  state === "queued" || state === "claimed" || state === "filling";

/** Its hour was over and nobody had come for it: that is answered by coming. */
export const isAwaited = ({ state, question, claimedAt }: Posting): boolean =>
  state === "needs_human" && question?.kind === "stuck" && claimedAt === null;

/** Somebody is at it, or looks for what came of it: it moves by itself. */
export const isUnderWay = ({ state }: Pick<Posting, "state">): boolean =>
  state === "claimed" || state === "filling" || state === "submitting" || state === "unknown";

/** The last press that a host knows it may have made is one that the record lost with its permit (a power cut, a backup). */
export const isForgotten = (lastPress: number | null, { permits }: Pick<Posting, "permits">): boolean =>
  lastPress !== null && lastPress > permits;

/** When absence may begin to mean something; null where nothing is unproven. */
export const windowEndsAt = ({ unsettledAt, windowMs }: Posting): number | null =>
  unsettledAt === null ? null : unsettledAt + windowMs;

export const isWatched = (posting: Posting, now: number): boolean =>
  posting.closedAt !== null && now < posting.closedAt + WATCH_MS;
