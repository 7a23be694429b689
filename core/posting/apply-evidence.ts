/** What the site showed and what a host's own record says: true whoever brings it, however late. */
import { type Applied, changed, type Keeper, refuse } from "./keeper.ts";
import { asked } from "./apply-driving.ts";
import type { PostingEvent } from "./events.ts";
import { HOUR_MS } from "./limits.ts";
import { type Candidate, isFinal, type Posting, type Sign } from "./posting.ts";
import { done, isReworded, opened, wordsOfForm } from "./windows.ts";

type EvidenceEvent = Extract<
  PostingEvent,
  {
    kind:
      | "pressed"
      | "pressed-by-person"
      | "form-stands"
      | "said-listed"
      | "found"
      | "row-lost"
      | "late-row"
      | "restored";
  }
>;

export function applyEvidence(posting: Posting, event: EvidenceEvent, keeper: Keeper): Applied {
  const { now } = keeper;
  switch (event.kind) {
    case "pressed":
      if (event.attempt <= posting.settledAttempts) return refuse("already-known");
      return pressed(posting, event.attempt, now);
    case "pressed-by-person":
      return pressedByPerson(posting, event, now);
    case "form-stands":
      return formStands(posting, event, now);
    case "said-listed":
      return saidListed(posting, event, now);
    case "found":
      return found(posting, event, keeper);
    case "restored":
      return changed(posting, {
        ...opened(posting, now, now),
        fence: null,
        permit: null, // there may have been later ones
        ...(posting.presses === 0
          ? { presses: 1, guess: "restored" as const, marker: null, twin: null }
          : {}),
        windowMs: Math.max(posting.windowMs, HOUR_MS),
        ending: { code: "restored" },
      });
    case "row-lost":
      return changed(posting, {
        ...opened(posting, now, now),
        permit: null, // what it was taken for may be its own after all
        listing: null,
        ending: { code: "row-lost" },
      });
    case "late-row":
      return lateRow(posting, event.candidates, now);
  }
}

/**
 * One whose permit is not known was given it before a power cut, or by a record that was put back: it is found anew. It is the
 * one that was guessed, and with which words it went out is not on record.
 */
function pressed(posting: Posting, attempt: number, now: number): Applied {
  const isForgotten = attempt > posting.permits;
  const isGuessed = posting.guess === "restored";
  const known: Posting = isForgotten
    ? {
        ...posting,
        permits: attempt,
        presses: isGuessed ? posting.presses : posting.presses + 1,
        guess: isGuessed ? null : posting.guess,
        marker: null,
        twin: null,
        permit: null,
        consent: null,
        windowMs: Math.max(posting.windowMs, HOUR_MS),
      }
    : posting;
  const from = known.permit?.until ?? now;
  return changed(known, { ...opened(known, from, now), ending: { code: "no-answer" } });
}

/** What looks like it after it ended may be something else: asked, not decided. */
function lateRow(posting: Posting, candidates: Candidate[], now: number): Applied {
  if (posting.closedAt === null) return refuse("already-known");
  return changed(posting, {
    ...asked(posting, "there", { code: "late-row" }, candidates, now),
    unsettledAt: posting.unsettledAt ?? posting.closedAt,
  });
}

/** A press by hand is consent and press in one: one listing. */
function pressedByPerson(
  posting: Posting,
  event: Extract<EvidenceEvent, { kind: "pressed-by-person" }>,
  now: number,
): Applied {
  const isTold = posting.guess === "told";
  // The words of an earlier form that nobody pressed are no longer its; those of an earlier press are, as far as they are known.
  const isFirst = posting.presses === 0 || isTold;
  const pressed: Posting = {
    ...posting,
    presses: isTold ? posting.presses : posting.presses + 1,
    guess: isTold ? null : posting.guess,
    consent: null,
    permit: null, // unused or not, it settles nothing any more
    marker: (isFirst ? null : posting.marker) ?? event.marker,
    twin: (isFirst ? null : posting.twin) ?? event.twin,
    reworded: isTold ? posting.reworded : isReworded(posting, event.marker),
    baseline: posting.baseline ?? event.baseline,
    windowMs: isTold ? event.policy.windowMs : Math.max(posting.windowMs, event.policy.windowMs),
    absenceProves: event.policy.absenceProves,
  };
  return changed(pressed, { ...opened(pressed, now, now), ending: { code: "no-answer" } });
}

/** It can be pressed from now on, without anybody hearing of it: what has ended is watched for as well. */
function formStands(
  posting: Posting,
  event: Extract<EvidenceEvent, { kind: "form-stands" }>,
  now: number,
): Applied {
  if (posting.filledAt !== null) return refuse("already-known");
  const stands = {
    ...posting,
    filledAt: now,
    ...wordsOfForm(posting, event),
    // Which rows an unknown press found there nobody knows: those of its form may hold what it made.
    baseline: posting.presses > 0 ? posting.baseline : (posting.baseline ?? event.baseline),
  };
  if (!isFinal(posting)) return changed(stands, {});
  const { ending } = posting;
  return changed(stands, {
    closedAt: posting.closedAt ?? now,
    ending: ending?.code === "cancelled" ? { ...ending, filled: true } : ending,
  });
}

function saidListed(
  posting: Posting,
  event: Extract<EvidenceEvent, { kind: "said-listed" }>,
  now: number,
): Applied {
  // A link on the page that leads to an older listing of one's own is no sign.
  const isOlder = event.externalId !== null && (posting.baseline?.includes(event.externalId) ?? false);
  if (isOlder) return refuse("already-known");
  const sign: Sign = {
    externalId: event.externalId ?? posting.sign?.externalId ?? null,
    url: event.url ?? posting.sign?.url ?? null,
  };
  if (posting.state === "done") {
    const isAnother = sign.externalId !== null && sign.externalId !== posting.listing?.externalId;
    if (!isAnother || posting.listing?.by !== "likeness") return refuse("already-known");
    // The site's own word outranks a likeness: the row it was taken for is nobody's again.
    return changed(posting, {
      ...opened({ ...posting, sign }, now, now),
      sign,
      listing: null,
      ending: { code: "said-listed" },
    });
  }
  const from = posting.state === "submitting" ? (posting.permit?.until ?? now) : (posting.unsettledAt ?? now);
  return changed(posting, {
    ...opened({ ...posting, sign }, from, now),
    sign,
    ending: { code: "said-listed" },
  });
}

/** A row proves one posting; a named id, or a person, takes it from one that held it by likeness only. */
function found(posting: Posting, event: Extract<EvidenceEvent, { kind: "found" }>, keeper: Keeper): Applied {
  const { externalId, url, by } = event;
  if (posting.state === "done" && (posting.listing === null || posting.listing.externalId === externalId))
    return refuse("already-known");
  if (posting.state === "done" && (posting.listing?.by !== "likeness" || by === "likeness"))
    return refuse("already-known");
  // The site named another row: what only looks like it is not it.
  const named = posting.sign?.externalId ?? null;
  if (by === "likeness" && named !== null && named !== externalId) return refuse("already-known");
  if (by === "likeness" && isFinal(posting) && posting.closedAt === null) return refuse("already-known");
  const owner = keeper.ownerOf(externalId);
  const isTakable = owner !== null && owner.by === "likeness" && by !== "likeness";
  if (owner && !isTakable) return refuse("row-taken");
  if (posting.closedAt !== null && by === "likeness")
    return isFinal(posting)
      ? lateRow(posting, [{ externalId, url, title: "", priceText: "", status: "active" }], keeper.now)
      : refuse("already-known");
  return changed(
    posting,
    done(posting, { externalId, url: url ?? posting.sign?.url ?? null, by, status: event.status ?? null }),
    isTakable ? (owner?.posting ?? null) : null,
  );
}
