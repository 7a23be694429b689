/**
 * One field, one control. A control's best meaning must lead its next by a margin; a field claimed twice goes to the
 * clearly stronger claim, else to none. Dimensions and shipping switches may be several controls.
 */
import type { FieldMeaning } from "../../plan/index.ts";
import type { Control } from "../find/control.ts";
import { forbiddenReason, insideCaptcha } from "../find/forbidden.ts";
import { hitAtCentre, isReachable, visibleProxy } from "../page/visible.ts";
import { textSpots } from "./position.ts";
import type { Reader } from "./reading.ts";
import type { MeaningClass } from "./decoy-words.ts";
import { opinionOn, type Opinion } from "./votes.ts";

export type Claim = Opinion & {
  meaning: MeaningClass | null;
  field: FieldMeaning | null;
  score: number;
  margin: number;
  status: "sure" | "unsure" | "forbidden" | "unknown";
  reason?: string;
};

const SURE_SCORE = 5;
const SURE_MARGIN = 2.5;

const FIELD_OF: Partial<Record<MeaningClass, FieldMeaning>> = {
  length: "dimensionsMm", width: "dimensionsMm", height: "dimensionsMm",
  freeShipping: "shippingProfile", offersShipping: "shippingProfile", noShipping: "shippingProfile", payer: "shippingProfile",
}; // oxfmt-ignore
const SHARED = new Set<MeaningClass>(["freeShipping", "offersShipping", "noShipping"]);

export const fieldOf = (meaning: MeaningClass): FieldMeaning | null =>
  meaning.startsWith("~") ? null : (FIELD_OF[meaning] ?? (meaning as FieldMeaning));

function claimOf(opinion: Opinion): Claim {
  const [first, second] = opinion.ranked;
  const score = first?.score ?? 0;
  const margin = score - (second?.score ?? 0);
  const reason = insideCaptcha(opinion.control.element)
    ? "captcha"
    : forbiddenReason(opinion.control, opinion.label);
  const base = { ...opinion, meaning: first?.meaning ?? null, score, margin };
  if (reason) return { ...base, field: null, status: "forbidden", reason };
  if (!first) return { ...base, field: null, status: "unknown", reason: "nothing says what it is for" };
  if (first.meaning.startsWith("~"))
    return {
      ...base,
      field: null,
      status: "unknown",
      reason: `looks like ${first.meaning.slice(1)}, not an item field`,
    };
  if (score < SURE_SCORE)
    return { ...base, field: null, status: "unsure", reason: `the votes for ${first.meaning} are too few` };
  if (margin < SURE_MARGIN)
    return {
      ...base,
      field: null,
      status: "unsure",
      reason: `could be ${first.meaning} or ${second?.meaning}`,
    };
  return { ...base, field: fieldOf(first.meaning), status: "sure" };
}

const give = (claim: Claim, reason: string): void => {
  claim.field = null;
  claim.status = "unsure";
  claim.reason = reason;
};

export function claimsOf(controls: readonly Control[], reader: Reader): Claim[] {
  const members = new Set<Element>(controls.flatMap((control) => control.members));
  const isOther = (element: Element) => members.has(element);
  let spots: ReturnType<typeof textSpots> | null = null;
  const spotsOnce = () => (spots ??= textSpots(document));
  const claims = controls.map((control) => claimOf(opinionOn(control, reader, isOther, spotsOnce)));
  pairWeights(claims);
  const byMeaning = new Map<MeaningClass, Claim[]>();
  for (const claim of claims)
    if (claim.status === "sure" && claim.meaning)
      byMeaning.set(claim.meaning, [...(byMeaning.get(claim.meaning) ?? []), claim]);
  const home = homeOf(claims);
  for (const [meaning, rivals] of byMeaning)
    if (rivals.length > 1 && !SHARED.has(meaning)) settleRivals(rivals, home);
  lonelySides(claims);
  return claims;
}

/** The form (or main part) most sure fields stand in. */
function homeOf(claims: readonly Claim[]): Element | null {
  const counts = new Map<Element, number>();
  for (const claim of claims) {
    const home =
      claim.status === "sure" ? claim.control.element.closest("form,[role=form],[role=dialog],main") : null;
    if (home) counts.set(home, (counts.get(home) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function settleRivals(rivals: Claim[], home: Element | null): void {
  const covered = rivals.filter((one) => {
    const element = visibleProxy(one.control.element) ?? one.control.element;
    return hitAtCentre(element) !== null && !isReachable(element);
  });
  const live =
    covered.length < rivals.length && rivals[0]?.meaning !== "photos"
      ? rivals.filter((one) => !covered.includes(one))
      : rivals;
  for (const one of rivals) if (!live.includes(one)) give(one, "another copy lies over it");
  const strength = (one: Claim) =>
    one.score +
    (home?.contains(one.control.element) ? 3 : 0) -
    (one.control.element.closest("tr,[role=row]") && rivals.length > 1 ? 4 : 0);
  const ranked = [...live].sort((a, b) => strength(b) - strength(a));
  const [first, second] = ranked;
  if (!first || !second) return;
  const clear = first.meaning === "photos" || strength(first) - strength(second) >= 2;
  for (const one of ranked)
    if (one !== first || !clear)
      give(
        one,
        clear
          ? `another control is more clearly ${one.meaning}`
          : `${ranked.length} controls look like ${one.meaning}`,
      );
}

/** Pounds without ounces, and the other way round, is simply a weight in that unit. */
function pairWeights(claims: Claim[]): void {
  const pounds = claims.filter((one) => one.status === "sure" && one.meaning === "weightPounds");
  const ounces = claims.filter((one) => one.status === "sure" && one.meaning === "weightOunces");
  if (pounds.length > 0 && ounces.length > 0) return;
  const other: MeaningClass = pounds.length > 0 ? "weightOunces" : "weightPounds";
  const half = claims.some(
    (one) => one.status !== "sure" && one.ranked.some(({ meaning }) => meaning === other),
  );
  for (const one of [...pounds, ...ounces]) {
    if (half) give(one, "the other half of the weight is not clear");
    else one.field = "weightGrams";
  }
}

/** One side alone is some measure of the thing (sleeve, shaft), not the parcel. */
function lonelySides(claims: Claim[]): void {
  const sides = claims.filter((one) => one.field === "dimensionsMm");
  if (new Set(sides.map((one) => one.meaning)).size < 2)
    for (const one of sides) give(one, "one length alone does not say what it measures");
}
