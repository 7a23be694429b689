/**
 * Posts as version 2 of the local database held them, made into what they are now. What may have been pressed stays open
 * until the seller's own listings were read; everything else is asked about or begins anew. Nothing is dropped.
 */
import { itemFor } from "#core/marketplace/marketplace.ts";
import {
  apply,
  newPosting,
  nobody,
  policyOf,
  pressedByPerson,
  type Ending,
  type Posting,
  type PostingEvent,
  type QuestionKind,
} from "#core/posting/index.ts";
import type { Mode, TargetState } from "#core/job/job.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import type { AccountRow, ListingRow, PostRow } from "./rows.ts";

/** What is read of a post of version 2. */
export type OldPost = Pick<
  PostRow,
  | "id"
  | "itemId"
  | "item"
  | "platform"
  | "accountId"
  | "paused"
  | "tabId"
  | "fillMs"
  | "createdAt"
  | "updatedAt"
  | "startedAt"
  | "settledAt"
> & {
  mode: Mode;
  target: { jobId: string; targetId: string } | null;
  state: TargetState;
  phase: "queued" | "preread" | "fill" | "ready" | "submit" | "readback" | "settled";
  stateReason: string | null;
  handoff: OldHandoff | null;
  listingUrl: string | null;
  externalId: string | null;
};

type OldHandoff =
  | "login"
  | "captcha"
  | "checkpoint"
  | "block"
  | "limit"
  | "field"
  | "check-listing"
  | "host-permission"
  | "tab-closed";

/** The write-ahead record of a press in version 2. */
export type OldFence = {
  postId: string;
  state: "intent" | "submitting" | "confirmed" | "absent" | "unknown";
};

type Known = {
  /** A press of it may have reached the site and was never settled. */
  isPressed: boolean;
  account: AccountRow | null;
  now: number;
};

export type Upgraded = {
  post: PostRow;
  /** What the service has to hear of it. */
  tell: PostingEvent | null;
  listing: ListingRow | null;
};

/** Only what was open counts; what was found or found absent is settled. */
export const isOpenFence = ({ state }: OldFence): boolean => state === "submitting" || state === "unknown";

export function upgradedPost(old: OldPost, known: Known): Upgraded {
  const begun = begunPosting(old, known.now);
  const press =
    known.isPressed || old.state === "submitting" || old.state === "unknown" ? pressOf(old) : null;
  const isOver = old.state === "done" || old.state === "cancelled";
  const posting =
    press && !isOver ? pressed(begun, press, known.now) : settled(begun, old, press !== null, known.now);
  const post = rowOf(old, posting, known.account);
  return { post, tell: press && post.keeper === "service" ? press : null, listing: listingOf(post) };
}

/** A form may still stand in its tab from before. */
const begunPosting = (old: OldPost, now: number): Posting => ({
  ...newPosting({
    id: old.target?.targetId ?? old.id,
    itemId: old.itemId,
    driver: "tab",
    mode: old.mode,
    at: now,
  }),
  tabClaimed: true,
  filledAt: ["fill", "ready", "submit", "readback"].includes(old.phase) ? now : null,
});

const pressOf = ({ platform, item }: OldPost): PostingEvent => {
  const marketplace = marketplaceOf(platform);
  return pressedByPerson(marketplace.markerOf(item), policyOf(marketplace), null);
};

function pressed(posting: Posting, press: PostingEvent, now: number): Posting {
  const applied = apply(posting, press, nobody(posting, now));
  if (!applied.ok) throw new Error(`A post from before could not be kept: ${applied.code}.`);
  return applied.posting;
}

function settled(posting: Posting, old: OldPost, wasPressed: boolean, now: number): Posting {
  switch (old.state) {
    case "done":
      return {
        ...posting,
        state: "done",
        presses: 1,
        consent: null,
        filledAt: null,
        listing: provedListing(old),
      };
    case "cancelled": {
      const over = { ...posting, presses: wasPressed ? 1 : 0, consent: null };
      const filled = over.filledAt !== null;
      const ending: Ending = { code: "cancelled", pressed: wasPressed, filled };
      return { ...over, state: "cancelled", ending, closedAt: wasPressed || filled ? now : null };
    }
    case "failed":
      return { ...posting, state: "failed", consent: null, ending: whyOf(old) };
    default:
      return isForPerson(old) ? asks(posting, old, now) : posting;
  }
}

const provedListing = ({ externalId, listingUrl }: OldPost): Posting["listing"] =>
  externalId === null ? null : { externalId, url: listingUrl, by: "id", status: null };

const isForPerson = ({ state, phase, target }: OldPost): boolean =>
  target === null && (state === "needs_human" || phase === "ready");

/** What it waited for, as the question it is now. The service's own question comes with its word. */
function asks(posting: Posting, old: OldPost, now: number): Posting {
  const ending = whyOf(old);
  const kind: QuestionKind = ending.code === "stop" ? "stop" : "field";
  return {
    ...posting,
    state: "needs_human",
    ending,
    questions: 1,
    question: { number: 1, kind, askedAt: now, candidates: [] },
  };
}

function whyOf({ handoff, stateReason, phase, state }: OldPost): Ending {
  switch (handoff) {
    case "login":
    case "captcha":
    case "checkpoint":
    case "block":
    case "limit":
      return { code: "stop", stop: handoff };
    case "host-permission":
    case "tab-closed":
      return { code: handoff };
    default:
      if (phase === "ready") return { code: "form-left" };
      if (stateReason !== null)
        return { code: state === "failed" ? "item" : "account", message: stateReason };
      return { code: "interrupted" };
  }
}

const PROGRESS: Partial<Record<TargetState, PostRow["progress"]>> = {
  done: { percent: 100, message: "Listed" },
  unknown: { percent: 94, message: "Checking that it is listed" },
};

function rowOf(old: OldPost, posting: Posting, account: AccountRow | null): PostRow {
  const isAtService = old.target !== null || (account !== null && !account.localOnly);
  return {
    id: old.id,
    itemId: old.itemId,
    item: old.item,
    city: null,
    platform: old.platform,
    accountId: old.accountId,
    login: account ? { id: account.loginId, name: account.handle } : null,
    keeper: isAtService ? "service" : "browser",
    target: old.target && { jobId: old.target.jobId, targetId: old.target.targetId },
    asked: null,
    posting,
    heardAt: null,
    note: null,
    paused: old.paused,
    tabId: old.tabId,
    plan: null,
    stepReports: [],
    byHand: [],
    isStanding: false,
    handBaseline: null,
    progress: PROGRESS[posting.state] ?? { percent: 0, message: "Waiting" },
    fillMs: old.fillMs,
    // What it told of then is not told of again.
    toldOf: posting.state === "done" ? "done" : null,
    createdAt: old.createdAt,
    updatedAt: old.updatedAt,
    startedAt: old.startedAt,
    settledAt: old.settledAt,
  };
}

/** Where this browser keeps the books, a listing is kept under its post's id. */
function listingOf({
  id,
  keeper,
  posting,
  itemId,
  item,
  accountId,
  platform,
  updatedAt,
}: PostRow): ListingRow | null {
  if (keeper !== "browser" || posting.listing === null) return null;
  const { externalId, url } = posting.listing;
  const seen = { firstSeenAt: updatedAt, lastSeenAt: updatedAt };
  const { title } = itemFor(item, platform);
  return { id, itemId, accountId, platform, externalId, url, title, status: "active", ...seen };
}
