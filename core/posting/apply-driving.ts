/** Claims, runs that end, leases that lapse, and the hour. */
import { type Applied, changed, isHeld, type Keeper, refuse } from "./keeper.ts";
import type { Ending } from "./endings.ts";
import type { PostingEvent } from "./events.ts";
import { DAY_MS, HOUR_MS, MAX_ATTEMPTS, MAX_CRASHES, RUN_MS, SECOND_MS } from "./limits.ts";
import { isAwaited, type Candidate, type Posting, type QuestionKind } from "./posting.ts";
import { cancelled, closed, inAWhile, opened, queued, wordsOfForm } from "./windows.ts";

type DrivingEvent = Extract<
  PostingEvent,
  {
    kind:
      | "claim"
      | "fill"
      | "looked"
      | "ready"
      | "requeue"
      | "fail"
      | "finish"
      | "ask"
      | "lapse"
      | "hour"
      | "taken-away"
      | "works-again";
  }
>;

/** The question a person is asked, and that nobody drives meanwhile. */
export function asked(
  posting: Posting,
  kind: QuestionKind,
  ending: Ending | null,
  candidates: Candidate[],
  now: number,
): Partial<Posting> {
  const number = posting.questions + 1;
  return {
    state: "needs_human",
    fence: null,
    runUntil: null,
    ending,
    questions: number,
    question: { number, kind, askedAt: now, candidates },
  };
}

export function applyDriving(posting: Posting, event: DrivingEvent, keeper: Keeper): Applied {
  const { now } = keeper;
  switch (event.kind) {
    case "claim":
      return claim(posting, event, keeper);
    case "lapse":
      return keeper.liveFence !== null && posting.fence === keeper.liveFence
        ? refuse("state")
        : lapse(posting, now);
    case "hour":
      return hour(posting, keeper);
    case "taken-away":
      return takenAway(posting, now);
    case "works-again":
      return worksAgain(posting, now);
    default:
      return isHeld(posting, event.fence, keeper) ? run(posting, event, keeper) : refuse("stale-fence");
  }
}

type RunEvent = Exclude<DrivingEvent, { kind: "claim" | "lapse" | "hour" | "taken-away" | "works-again" }>;

/** A run that ends with nothing unproven ends what was cancelled meanwhile, whatever it ended with. */
const ENDS_RUN: readonly RunEvent["kind"][] = ["ready", "requeue", "fail", "ask"];

function run(posting: Posting, event: RunEvent, keeper: Keeper): Applied {
  const { now } = keeper;
  if (posting.cancelAsked && posting.unsettledAt === null && ENDS_RUN.includes(event.kind))
    return changed(posting, cancelled(posting, now));
  switch (event.kind) {
    case "fill":
      return changed(posting, {
        state: "filling",
        ending: null,
        ...wordsOfForm(posting, event),
        // The cloud's page ends with its run; a tab's form may stand before a person from now on.
        filledAt: posting.driver === "tab" ? now : posting.filledAt,
      });
    case "looked":
      return changed(posting, {
        // What was there before the first press is what was there, however often is looked.
        baseline: posting.presses > 0 && posting.baseline !== null ? posting.baseline : event.baseline,
        readingAt: now,
        readingFence: event.fence,
      });
    case "ready":
      return changed(posting, {
        ...asked(posting, "ready", null, [], now),
        consent: null,
      });
    case "requeue":
      return requeue(posting, event, now);
    case "fail":
      return changed(posting, closed(posting, "failed", event.ending, now));
    case "finish":
      if (posting.action === "list") return refuse("state");
      return changed(posting, { state: "done", ending: null, runUntil: null, cancelAsked: false });
    case "ask":
      if (posting.state === "unknown" && !AFTER_PRESS.includes(event.question)) return refuse("state");
      if (isToBeLeftAlone(posting, event, now))
        return changed(posting, { fence: null, runUntil: null, dueAt: now + HOUR_MS });
      return changed(posting, asked(posting, event.question, event.ending, event.candidates, now));
  }
}

/** What may be asked while something is unproven: no other answer settles it. */
const AFTER_PRESS: readonly QuestionKind[] = ["there", "field", "stop"];

/** "Wait" was answered to what is asked again. */
const isToBeLeftAlone = (posting: Posting, event: RunEvent, now: number): boolean =>
  event.kind === "ask" &&
  event.question === "there" &&
  posting.quietUntil !== null &&
  now < posting.quietUntil;

/** Who may drive it: the driver it was asked of; the cloud for a tab only by the fallback, and never after a tab came. */
const isFor = (posting: Posting, driver: Posting["driver"], now: number): boolean =>
  driver === posting.driver ||
  (driver === "cloud" &&
    posting.fallbackAt !== null &&
    now >= posting.fallbackAt &&
    !posting.tabClaimed &&
    posting.presses === 0);

function claim(posting: Posting, event: Extract<DrivingEvent, { kind: "claim" }>, keeper: Keeper): Applied {
  const { now } = keeper;
  if (keeper.liveFence !== event.fence) return refuse("stale-fence");
  const driven = {
    fence: event.fence,
    claimedAt: now,
    question: null,
    runUntil: now + RUN_MS,
    tabClaimed: posting.tabClaimed || event.driver === "tab",
  };
  // Looking presses nothing: whoever has the login may look.
  if (posting.state === "unknown") return changed(posting, driven);
  const mayCome = isAwaited(posting);
  if (posting.state === "needs_human" && !mayCome) return refuse("state");
  if (posting.unsettledAt !== null) return refuse("state");
  if (posting.cancelAsked) return changed(posting, cancelled(posting, now));
  if (posting.dueAt > now + SECOND_MS) return refuse("not-due");
  if (!isFor(posting, event.driver, now)) return refuse("not-yours");
  // A run that ends every time before it has ended anything is claimed again at once: nobody would see it queued by its hour.
  const struck = posting.ending?.code === "interrupted" ? hour(posting, keeper) : null;
  if (struck?.ok) return struck;
  const decideBy = mayCome ? now + HOUR_MS : posting.decideBy;
  return changed(posting, { ...driven, state: "claimed", driver: event.driver, decideBy });
}

function lapse(posting: Posting, now: number): Applied {
  if (posting.state === "submitting") {
    const from = posting.permit?.until ?? now;
    return changed(posting, {
      ...opened(posting, from, now),
      fence: null,
      runUntil: null,
      ending: { code: "no-answer" },
    });
  }
  if (posting.state === "unknown") return changed(posting, { fence: null, runUntil: null });
  if (posting.cancelAsked) return changed(posting, cancelled(posting, now));
  return changed(posting, { ...queued(posting, now), ending: { code: "interrupted" } });
}

function requeue(posting: Posting, event: Extract<DrivingEvent, { kind: "requeue" }>, now: number): Applied {
  const dueAt = inAWhile(event.inMs, now);
  if (posting.state === "unknown") return changed(posting, { fence: null, runUntil: null, dueAt });
  const crashes = event.crashed ? posting.crashes + 1 : posting.crashes;
  if (crashes >= MAX_CRASHES) {
    const ending: Ending = { code: "page-kills-browser" };
    return changed(posting, { ...asked(posting, "field", ending, [], now), crashes: 0 });
  }
  const attempt = posting.attempt + (event.usesAttempt ? 1 : 0);
  if (event.usesAttempt && attempt >= MAX_ATTEMPTS) {
    return changed(posting, { ...closed(posting, "failed", event.ending, now), attempt });
  }
  return changed(posting, { ...queued(posting, dueAt), attempt, crashes, ending: event.ending });
}

/** Somebody is called, whatever is down. What waits for its time is not late. */
function hour(posting: Posting, { now, servedAt }: Keeper): Applied {
  if (now < posting.decideBy) return refuse("not-due");
  const isUnsettled = posting.unsettledAt !== null;
  // Behind others at a login that is being served, its turn has not come yet; but another browser may be who serves it.
  const isWaitingItsTurn =
    posting.claimedAt === null &&
    servedAt !== null &&
    now < Math.min(servedAt + HOUR_MS, posting.decideBy + DAY_MS);
  if (!isUnsettled && isWaitingItsTurn) return refuse("not-due");
  return changed(posting, asked(posting, isUnsettled ? "there" : "stuck", hourEnding(posting), [], now));
}

/** Asked now, not in an hour. Whoever came for it did come: it is not claimed as one that nobody came for. */
function takenAway(posting: Posting, now: number): Applied {
  if (posting.driver !== "cloud") return refuse("not-yours");
  const ending: Ending = { code: "stuck", last: { code: "cloud-off" } };
  return changed(posting, { ...asked(posting, "stuck", ending, [], now), claimedAt: now });
}

/** What rests because of its account goes on now; what waits for its time does not. */
function worksAgain(posting: Posting, now: number): Applied {
  const isResting = posting.ending?.code === "account" || posting.ending?.code === "resting";
  if (!isResting || posting.driver !== "cloud" || posting.dueAt <= now) return refuse("already-known");
  return changed(posting, { dueAt: now });
}

const hourEnding = (posting: Posting): Ending => {
  if (posting.sign) return { code: "said-listed" };
  if (posting.unsettledAt !== null) return { code: "hour-over" };
  const last = posting.ending ?? { code: "nobody-came" };
  return last.code === "nobody-came" || last.code === "stuck" ? last : { code: "stuck", last };
};
