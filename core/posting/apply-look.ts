/** Looks for what may have been posted. Absence is two agreeing readings after the window; it asks, and presses only where it proves. */
import { type Applied, changed, isHeld, type Keeper, refuse } from "./keeper.ts";
import { asked } from "./apply-driving.ts";
import type { Ending } from "./endings.ts";
import type { PostingEvent } from "./events.ts";
import { AGREE_MS, DAY_MS, HOUR_MS, MAX_PRESSES } from "./limits.ts";
import { type Candidate, type Posting, windowEndsAt } from "./posting.ts";
import { cancelled, inAWhile, isPressUnknown, queued } from "./windows.ts";

type LookEvent = Extract<PostingEvent, { kind: "absent" | "unreadable" }>;

export function applyLook(posting: Posting, event: LookEvent, keeper: Keeper): Applied {
  if (!isHeld(posting, event.fence, keeper)) return refuse("stale-fence");
  const { now } = keeper;
  const later = { fence: null, runUntil: null, dueAt: inAWhile(event.againInMs, now) };
  if (event.kind === "unreadable") return changed(posting, later);
  const unexplained = together(posting.unexplained, event.unexplained);
  return absent({ ...posting, ...later, unexplained }, keeper);
}

/** Not in a complete reading. */
function absent(posting: Posting, keeper: Keeper): Applied {
  const windowEnds = windowEndsAt(posting);
  // Whatever the host's clock says: a reading is taken after its claim, and before it is told of.
  const begunAt = posting.claimedAt ?? 0;
  if (windowEnds === null || begunAt <= windowEnds) return changed(posting, {});
  if (posting.absentAt === null) return changed(posting, { absentAt: keeper.now });
  if (begunAt < posting.absentAt + AGREE_MS) return changed(posting, {});
  return agreed(posting, keeper);
}

const together = (known: readonly Candidate[], seen: readonly Candidate[]): Candidate[] => [
  ...known,
  ...seen.filter((row) => !known.some(({ externalId }) => externalId === row.externalId)),
];

/** Two complete readings after the window say so. */
function agreed(posting: Posting, keeper: Keeper): Applied {
  const { now } = keeper;
  const { unexplained } = posting;
  // The site's own word outranks its list for a day: reviews and queues are slow. A new row that nobody owns may be what it
  // spoke of, under another title.
  const isYoungWord = posting.sign !== null && now < (posting.unsettledAt ?? now) + DAY_MS;
  if (isYoungWord && unexplained.length === 0) return changed(posting, {});
  if (posting.quietUntil !== null && now < posting.quietUntil) return changed(posting, {});
  if (posting.sign || unexplained.length > 0) {
    const why = isYoungWord ? otherRows(unexplained) : whyAsked(posting, unexplained);
    return changed(posting, asked(posting, "there", why, unexplained, now));
  }
  if (posting.cancelAsked) return changed(posting, cancelled(posting, now));
  if (mayRepeat(posting) && !keeper.isItemOpen) {
    const again = { ...posting, consent: posting.permit?.consent ?? null, unsettledAt: null, absentAt: null };
    return changed(again, {
      ...queued(again, now),
      settledAttempts: posting.permits,
      decideBy: now + HOUR_MS,
      ending: { code: "not-found" },
    });
  }
  return changed(posting, asked(posting, "there", whyAsked(posting, []), [], now));
}

const otherRows = (unexplained: readonly Candidate[]): Ending => ({
  code: "unexplained-rows",
  count: unexplained.length,
});

const whyAsked = (posting: Posting, unexplained: readonly Candidate[]): Ending => {
  if (posting.sign) return { code: "said-listed" };
  if (unexplained.length > 0) return otherRows(unexplained);
  return { code: isPressUnknown(posting) ? "restored" : "not-found" };
};

/** Only where absence is proof, what the person agreed to was one press straight away, and not without end. */
const mayRepeat = (posting: Posting): boolean =>
  posting.mode === "publish" &&
  posting.absenceProves &&
  posting.presses < MAX_PRESSES &&
  posting.permit !== null &&
  posting.permit.attempt > posting.settledAttempts;
