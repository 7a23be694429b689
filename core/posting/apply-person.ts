/** What a person does: answers, cancels, tries again, takes over. An answer names its question; an older one is refused. */
import { type Applied, changed, type Keeper, refuse } from "./keeper.ts";
import { answersTo } from "./answers.ts";
import type { Answer, PostingEvent } from "./events.ts";
import { DAY_MS, FIRST_LOOK_MS, HOUR_MS } from "./limits.ts";
import { type Posting, windowEndsAt } from "./posting.ts";
import { cancelled, closed, dismissedRows, done, lookUntil, queued } from "./windows.ts";

type PersonEvent = Extract<PostingEvent, { kind: "answer" | "cancel" | "retry" | "take-over" }>;

export function applyPerson(posting: Posting, event: PersonEvent, keeper: Keeper): Applied {
  switch (event.kind) {
    case "answer":
      if (posting.question?.number !== event.question) return refuse("old-question");
      if (!answersTo(posting).includes(event.answer.kind)) return refuse("no-such-answer");
      return answer(posting, event.answer, keeper);
    case "cancel":
      return cancel(posting, keeper.now);
    case "retry":
      return retry(posting, keeper);
    case "take-over":
      if (event.driver === "cloud" && !keeper.cloudReady) return refuse("not-yours");
      return takeOver(posting, event.driver, keeper.now);
  }
}

const lookedForAgain = (posting: Posting, dueAt: number): Partial<Posting> => ({
  state: "unknown",
  fence: null,
  question: null,
  dueAt,
});

/** Starts over with nothing unproven, for the consent given now. */
const pressedAgain = (posting: Posting, consent: Posting["consent"], now: number): Partial<Posting> => ({
  ...queued(posting, now),
  consent,
  settledAttempts: posting.permits,
  unsettledAt: null,
  absentAt: null,
  quietUntil: null,
  sign: null,
  unexplained: [],
  permit: null,
  filledAt: null,
  closedAt: null,
  cancelAsked: false,
  attempt: 0,
  crashes: 0,
  decideBy: now + HOUR_MS,
  ending: null,
});

function answer(posting: Posting, given: Answer, keeper: Keeper): Applied {
  const { now } = keeper;
  switch (given.kind) {
    case "publish":
      return changed(posting, {
        ...queued(posting, now),
        consent: { kind: "publish", hash: given.hash },
        decideBy: now + HOUR_MS,
        ending: null,
      });
    case "is-it":
      return isIt(posting, given, keeper);
    case "another-thing":
      return changed(posting, {
        ...queued(posting, now),
        ...dismissedRows(posting, shownRows(posting)),
        decideBy: now + HOUR_MS,
        ending: null,
      });
    case "not-there":
      return notThere(posting, given.again, now);
    case "wait":
      return posting.unsettledAt === null
        ? changed(posting, { ...queued(posting, now), decideBy: now + DAY_MS })
        : changed(posting, {
            ...lookedForAgain(posting, now + FIRST_LOOK_MS),
            decideBy: now + DAY_MS,
            quietUntil: now + DAY_MS,
          });
    case "go-on": {
      // Where nothing went on for an hour by itself, it is not asked about every hour.
      const patience = posting.question?.kind === "stuck" ? DAY_MS : HOUR_MS;
      return posting.unsettledAt === null
        ? changed(posting, { ...queued(posting, now), decideBy: now + patience, ending: null })
        : changed(posting, { ...lookedForAgain(posting, now), decideBy: lookUntil(posting, now) });
    }
    case "use-cloud":
      if (!keeper.cloudReady) return refuse("not-yours");
      return changed(posting, {
        ...queued(posting, now),
        driver: "cloud",
        decideBy: now + HOUR_MS,
        ending: null,
      });
  }
}

/** Everything that was shown, now and before. */
const shownRows = ({ question, unexplained }: Posting) => [...(question?.candidates ?? []), ...unexplained];

function isIt(posting: Posting, given: Extract<Answer, { kind: "is-it" }>, keeper: Keeper): Applied {
  const owner = keeper.ownerOf(given.externalId);
  const row = posting.question?.candidates.find(({ externalId }) => externalId === given.externalId);
  if (owner && owner.by !== "likeness") return refuse("row-taken");
  return changed(
    posting,
    done(posting, {
      externalId: given.externalId,
      url: given.url,
      by: "person",
      status: row?.status ?? null,
    }),
    owner?.posting ?? null,
  );
}

/** Before the window is over nobody can know: it is looked for until then, and asked again. */
function notThere(posting: Posting, again: boolean, now: number): Applied {
  const windowEnds = windowEndsAt(posting);
  if (windowEnds !== null && now < windowEnds)
    return changed(posting, {
      ...lookedForAgain(posting, windowEnds),
      decideBy: Math.max(posting.decideBy, windowEnds + HOUR_MS),
    });
  const without = { ...posting, ...dismissedRows(posting, shownRows(posting)) };
  if (again) return changed(without, pressedAgain(without, { kind: "again", hash: null }, now));
  return changed(without, closed(without, "failed", { code: "not-there-said-person" }, now));
}

/** What is driven, or may have been pressed, is not cancelled by saying so: it is a wish until that is known. */
function cancel(posting: Posting, now: number): Applied {
  switch (posting.state) {
    case "claimed":
    case "filling":
    case "submitting":
    case "unknown":
      return changed(posting, { cancelAsked: true });
    default:
      break;
  }
  // It had ended already, and was asked about again.
  const isOver = posting.unsettledAt === null || posting.closedAt !== null;
  if (!isOver)
    return changed(posting, {
      ...lookedForAgain(posting, now),
      cancelAsked: true,
      decideBy: lookUntil(posting, now),
    });
  return changed(posting, cancelled(posting, now));
}

function retry(posting: Posting, keeper: Keeper): Applied {
  if (keeper.hasSuccessor) return refuse("superseded");
  const { now } = keeper;
  const kind = posting.presses > 0 ? "again" : "start";
  const consent: Posting["consent"] = posting.mode === "publish" ? { kind, hash: null } : null;
  return changed(posting, pressedAgain(posting, consent, now));
}

/** A person's hand moves it to another driver: a tab of theirs, or the cloud. */
function takeOver(posting: Posting, driver: Posting["driver"], now: number): Applied {
  if (posting.unsettledAt !== null) {
    if (posting.state !== "needs_human") return refuse("state");
    return changed(posting, { ...lookedForAgain(posting, now), driver, decideBy: lookUntil(posting, now) });
  }
  return changed(posting, {
    ...queued(posting, now),
    driver,
    tabClaimed: driver === "tab" ? posting.tabClaimed : false,
    fallbackAt: null,
    decideBy: now + HOUR_MS,
    ending: null,
  });
}
