/** The permit: one press, given last, to whoever holds the lease, for an unused consent. */
import { type Applied, changed, isHeld, type Keeper, refuse } from "./keeper.ts";
import { asked } from "./apply-driving.ts";
import type { PostingEvent } from "./events.ts";
import { HOUR_MS, LEASE_LEFT_MS, MAX_GIVEN_BACK, PERMIT_MS, READING_MS } from "./limits.ts";
import type { Posting } from "./posting.ts";
import { cancelled, isReworded, queued } from "./windows.ts";

type PermitEvent = Extract<PostingEvent, { kind: "permit" | "unpressed" | "said-no" }>;

export function applyPermit(posting: Posting, event: PermitEvent, keeper: Keeper): Applied {
  switch (event.kind) {
    case "permit":
      return permit(posting, event, keeper);
    case "unpressed":
      return unpressed(posting, event, keeper.now);
    case "said-no":
      return saidNo(posting, event, keeper);
  }
}

/** The lists were read in this claim, no longer ago than `withinMs`. */
export function isFreshlyRead(
  { baseline, readingAt, readingFence }: Posting,
  fence: number,
  now: number,
  withinMs = READING_MS,
): boolean {
  if (baseline === null || readingFence !== fence || readingAt === null) return false;
  return readingAt <= now && now - readingAt <= withinMs; // a clock that was set back says nothing of how old it is
}

/** Every reason not to press, in the order a person would name them. */
function whyNot(
  posting: Posting,
  { fence, twin }: Extract<PermitEvent, { kind: "permit" }>,
  keeper: Keeper,
): Extract<Applied, { ok: false }>["code"] | null {
  const { now, leaseUntil } = keeper;
  if (!isHeld(posting, fence, keeper)) return "stale-fence";
  if (posting.cancelAsked) return "cancelled";
  if (keeper.gone) return keeper.gone;
  if (posting.sign) return "already-known";
  if (!posting.consent) return "no-consent";
  if (!isFreshlyRead(posting, fence, now)) return "no-reading";
  // Another browser's press of the same item: this consent was for one listing, not for a second.
  const isForOneMore = posting.isBeside || posting.consent.kind === "again";
  if (keeper.isItemPressed && !isForOneMore) return "superseded";
  if (keeper.isTwinUnclear(twin)) return "twin-unclear";
  if (leaseUntil === null || leaseUntil < now + LEASE_LEFT_MS) return "lease-too-short";
  if (posting.runUntil === null || now >= posting.runUntil) return "lease-too-short";
  return null;
}

function permit(posting: Posting, event: Extract<PermitEvent, { kind: "permit" }>, keeper: Keeper): Applied {
  const { now } = keeper;
  const no = whyNot(posting, event, keeper);
  if (no || !posting.consent) return refuse(no ?? "no-consent");
  // Consent is for what was shown; where nothing was (publish mode), for the item as it was at the start.
  if (posting.consent.hash !== null && posting.consent.hash !== event.hash) return refuse("no-consent");
  const attempt = posting.permits + 1;
  return changed(posting, {
    state: "submitting",
    permits: attempt,
    presses: posting.presses + 1,
    permit: { attempt, fence: event.fence, at: now, until: now + PERMIT_MS, consent: posting.consent },
    consent: null,
    marker: event.marker,
    reworded: isReworded(posting, event.marker),
    twin: event.twin,
    windowMs: event.policy.windowMs,
    absenceProves: event.policy.absenceProves,
    unsettledAt: now + PERMIT_MS,
    absentAt: null,
    ending: null,
  });
}

/**
 * What a permit took is given back: the consent, and that something may have been pressed. Nothing was unproven when it was
 * given, and what else may have been pressed since (apply-evidence.ts) leaves no permit to give back.
 */
const givenBack = (posting: Posting): Partial<Posting> => ({
  presses: Math.max(0, posting.presses - 1),
  consent: posting.permit?.consent ?? posting.consent,
  permit: null,
  unsettledAt: null,
});

/** The host's own record, written before every press, knows of none: the permit was not used and cannot be any more. */
function unpressed(
  posting: Posting,
  { attempt, fence }: Extract<PermitEvent, { kind: "unpressed" }>,
  now: number,
): Applied {
  const { permit: given } = posting;
  if (given?.attempt !== attempt || given.fence !== fence) return refuse("other-attempt");
  // Absence, or a person, settled it meanwhile: what it took was given back then.
  if (attempt <= posting.settledAttempts) return refuse("already-known");
  if (posting.sign) return refuse("already-known");
  if (posting.state === "submitting") return changed(posting, { ...givenBack(posting), state: "filling" });
  const back = { ...posting, ...givenBack(posting) };
  if (posting.cancelAsked) return changed(back, cancelled(back, now));
  // What a page asks of a person is asked all the same: nobody has answered it.
  const { question } = back;
  if (question?.kind === "stop" || question?.kind === "field") return changed(back, { absentAt: null });
  const isInVain = back.permits - back.presses >= MAX_GIVEN_BACK;
  if (isInVain)
    return changed(back, { ...asked(back, "field", { code: "permits-aged" }, [], now), absentAt: null });
  return changed(back, {
    ...queued(back, now),
    ending: { code: "permit-void" },
    absentAt: null,
    decideBy: Math.max(back.decideBy, now + HOUR_MS),
  });
}

/** The form's own error, in the form that still stands: nothing was made of this press. */
function saidNo(posting: Posting, event: Extract<PermitEvent, { kind: "said-no" }>, keeper: Keeper): Applied {
  if (!isHeld(posting, event.fence, keeper)) return refuse("stale-fence");
  if (posting.permit?.attempt !== event.attempt) return refuse("other-attempt");
  const given = { ...posting, ...givenBack(posting) };
  if (posting.cancelAsked) return changed(given, cancelled(given, keeper.now));
  // In review mode what is mended by hand is shown again before it is published.
  const back = posting.mode === "review" ? { ...given, consent: null } : given;
  return changed(back, asked(back, "field", { code: "refused", message: event.message }, [], keeper.now));
}
