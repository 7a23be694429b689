/**
 * Every state a posting can get into, by walking `apply` over all events with few parameters each. Times are kept as they are
 * and told apart only by what is decided from them, so the walk ends. What is found here needs no world: a state without a way
 * out is one whether or not a browser ever brings it about.
 */
import {
  answersTo,
  apply,
  HOUR_MS,
  LEASE_MS,
  newPosting,
  SECOND_MS,
  twinKeyOf,
  type Answer,
  type Keeper,
  type NewPosting,
  type Posting,
  type PostingEvent,
} from "../index.ts";
import { keyOf } from "./reached-key.ts";

/** What a walk tries; all it leaves out is another walk's. */
export type Vocabulary = {
  from: Omit<NewPosting, "id" | "itemId" | "at">;
  absenceProves: boolean;
  /** What the site said, what a list showed, what a person pressed by hand. */
  evidence: boolean;
  /** A sign without an id, rows nobody knows, backups, rows that are taken away. */
  isRich: boolean;
  /** The cloud as well, and moving between the two. */
  drivers: boolean;
  /** Runs that use attempts up, and pages that take the browser with them. */
  failures: boolean;
};

/** A posting, what its keeper knows besides, and how it got here. */
export type Reached = {
  posting: Posting;
  now: number;
  lease: { fence: number; until: number } | null;
  by: string;
  path: Reached | null;
};

const NOON = Date.UTC(2026, 5, 1, 12);
const MARKER = { title: "Brass lamp", priceText: "$45" };
const TWIN = twinKeyOf(MARKER);
const ROW = { externalId: "9", url: null, title: "Brass lamp", priceText: "$45", status: "active" };

/** Everything allowed: what a keeper may refuse for other postings' sake changes nothing and leads nowhere. */
export const keeperAt = ({ now, lease }: Pick<Reached, "now" | "lease">): Keeper => ({
  now,
  liveFence: lease && lease.until > now ? lease.fence : null,
  leaseUntil: lease && lease.until > now ? lease.until : null,
  gone: null,
  isTwinUnclear: () => false,
  hasSuccessor: false,
  isItemPressed: false,
  isItemOpen: false,
  cloudReady: true,
  servedAt: null,
  ownerOf: () => null,
});

export const beginning = ({ from }: Vocabulary): Reached => ({
  posting: newPosting({ id: "lamp@1", itemId: "lamp", at: NOON, ...from }),
  now: NOON,
  lease: null,
  by: "asked for",
  path: null,
});

/** The waits that make a difference: past the agreeing look, the lease and the window; the hour; the day. */
const WAITS_MS = [140, 3_610, 86_410].map((seconds) => seconds * SECOND_MS);

const REFUSED = { code: "field", label: "Category", reason: "option-missing" } as const;

/** What the driver with this fence can send. */
function driving(fence: number, { state, permits: attempt }: Posting, walk: Vocabulary): PostingEvent[] {
  const ending = { code: "interrupted" } as const;
  const requeue = { kind: "requeue", fence, ending, inMs: 60 * SECOND_MS, usesAttempt: false } as const;
  const policy = { windowMs: 120 * SECOND_MS, absenceProves: walk.absenceProves };
  const events: PostingEvent[] = [
    { kind: "fill", fence, marker: MARKER, twin: TWIN },
    { kind: "looked", fence, baseline: ["1"] },
    { kind: "ready", fence },
    { kind: "permit", fence, marker: MARKER, twin: TWIN, policy, hash: "hash" },
    requeue,
    { kind: "fail", fence, ending: { code: "item", message: "no" } },
    { kind: "ask", fence, question: "stop", ending: { code: "stop", stop: "captcha" }, candidates: [] },
    {
      kind: "ask",
      fence,
      question: state === "unknown" ? "there" : "alike",
      ending: { code: "several", count: 1 },
      candidates: [ROW],
    },
    { kind: "said-no", fence, attempt, message: "no" },
    { kind: "absent", fence, unexplained: [], againInMs: 31 * SECOND_MS },
    { kind: "unreadable", fence, why: "gap", againInMs: 31 * SECOND_MS },
  ];
  if (walk.isRich) events.push({ kind: "absent", fence, unexplained: [ROW], againInMs: 31 * SECOND_MS });
  if (walk.failures)
    events.push(
      { ...requeue, usesAttempt: true },
      { ...requeue, crashed: true },
      { kind: "finish", fence },
      { kind: "ask", fence, question: "field", ending: REFUSED, candidates: [] },
    );
  return events;
}

/** What may come at any time, from anybody. */
function anytime(posting: Posting, walk: Vocabulary): PostingEvent[] {
  const attempt = posting.permits;
  const policy = { windowMs: 120 * SECOND_MS, absenceProves: walk.absenceProves };
  const events: PostingEvent[] = [
    { kind: "lapse" },
    { kind: "hour" },
    { kind: "cancel" },
    { kind: "retry" },
    { kind: "unpressed", attempt, fence: posting.permit?.fence ?? 0 },
    { kind: "pressed", attempt },
    ...answersOf(posting).map((answer) => answerEvent(posting, answer)),
  ];
  if (walk.evidence)
    events.push(
      { kind: "pressed-by-person", marker: MARKER, twin: TWIN, baseline: ["1"], policy },
      { kind: "said-listed", externalId: "9", url: null },
      { kind: "found", externalId: "9", url: null, by: "id" },
      { kind: "found", externalId: "9", url: null, by: "likeness" },
    );
  if (walk.isRich)
    events.push(
      { kind: "said-listed", externalId: null, url: null },
      { kind: "late-row", candidates: [ROW] },
      { kind: "row-lost" },
      { kind: "restored" },
    );
  if (walk.drivers)
    events.push(
      { kind: "form-stands", marker: MARKER, twin: TWIN, baseline: null },
      { kind: "take-over", driver: "tab" },
      { kind: "take-over", driver: "cloud" },
    );
  return events;
}

/** Every answer its question takes, as a person would give it. */
export function answersOf(posting: Posting): Answer[] {
  return answersTo(posting).flatMap((kind): Answer[] => {
    switch (kind) {
      case "publish":
        return [{ kind, hash: null }];
      case "is-it":
        return [{ kind, externalId: "9", url: null }];
      case "not-there":
        return [true, false].map((again) => ({ kind, again }));
      default:
        return [{ kind }];
    }
  });
}

export const answerEvent = (posting: Posting, answer: Answer): PostingEvent => ({
  kind: "answer",
  question: posting.question?.number ?? 0,
  answer,
});

const named = (event: PostingEvent): string => {
  if (event.kind === "ask") return `ask ${event.question}`;
  if (event.kind !== "answer") return event.kind;
  return `answer ${event.answer.kind}${event.answer.kind === "not-there" && event.answer.again ? " again" : ""}`;
};

/** @throws with the way it went, when the machine would make a move that its table does not know. */
export function after(reached: Reached, event: PostingEvent): Reached | null {
  try {
    const applied = apply(reached.posting, event, keeperAt(reached));
    return applied.ok ? { ...reached, posting: applied.posting, path: reached, by: named(event) } : null;
  } catch (error) {
    throw new Error(`${storyOf(reached)}; ${named(event)}`, { cause: error });
  }
}

/** A driver comes and takes the lease with its claim. */
function claims(reached: Reached, walk: Vocabulary): Reached[] {
  const { lease, now, posting } = reached;
  if (lease && lease.until > now) return [];
  const fence = (lease?.fence ?? 0) + 1;
  const drivers = walk.drivers ? (["tab", "cloud"] as const) : [posting.driver];
  return drivers.flatMap((driver) => {
    const taken = { ...reached, lease: { fence, until: now + LEASE_MS } };
    return after(taken, { kind: "claim", driver, fence }) ?? [];
  });
}

/** Every event there may be, now and after each wait. */
function nextOf(reached: Reached, walk: Vocabulary): Reached[] {
  return [0, ...WAITS_MS].flatMap((ms) => {
    const later =
      ms === 0
        ? reached
        : { ...reached, now: reached.now + ms, by: `${ms / SECOND_MS} s pass`, path: reached };
    return nextAt(later, walk);
  });
}

function nextAt(reached: Reached, walk: Vocabulary): Reached[] {
  const { posting, lease, now } = reached;
  const isHeld = lease !== null && lease.until > now;
  const isDriven = isHeld && posting.fence === lease.fence;
  const events = [...(isDriven ? driving(lease.fence, posting, walk) : []), ...anytime(posting, walk)];
  // What drives nothing any more gives its lease back.
  const freed = isHeld && !isDriven ? { ...reached, lease: { ...lease, until: now } } : reached;
  return [...claims(freed, walk), ...events.flatMap((event) => after(reached, event) ?? [])];
}

export type Walk = {
  /** By key, the shortest way there first found. */
  reached: Map<string, Reached>;
  edges: Map<string, string[]>;
  isWhole: boolean;
};

/** Breadth first, so that every way is a shortest one. */
export function walkAll(walk: Vocabulary, most: number): Walk {
  const reached = new Map<string, Reached>();
  const edges = new Map<string, string[]>();
  const front: Reached[] = [];
  const add = (one: Reached): string => {
    const key = keyOf(one);
    if (!reached.has(key)) {
      reached.set(key, one);
      front.push(one);
    }
    return key;
  };
  add(beginning(walk));
  for (let at = 0; at < front.length && reached.size < most; at += 1)
    edges.set(
      keyOf(front[at]!),
      nextOf(front[at]!, walk).map((next) => add(next)),
    );
  return { reached, edges, isWhole: reached.size < most };
}

export function storyOf(reached: Reached): string {
  const steps: string[] = [];
  for (let at: Reached | null = reached; at; at = at.path) steps.unshift(`${at.by} (${at.posting.state})`);
  return steps.join("; ");
}

/** What happens when everything stands still but the keeper's own sweep. */
export function sweptOnly(reached: Reached): Posting {
  const { posting } = reached;
  const now = Math.max(posting.decideBy, reached.now + LEASE_MS) + SECOND_MS;
  const lapsed = after({ ...reached, now, lease: null }, { kind: "lapse" })?.posting ?? posting;
  const later = Math.max(now, lapsed.decideBy + SECOND_MS, reached.now + HOUR_MS);
  return after({ ...reached, posting: lapsed, now: later, lease: null }, { kind: "hour" })?.posting ?? lapsed;
}
