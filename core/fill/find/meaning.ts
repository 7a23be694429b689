/** The finder without any locator: the one control of a page that is clearly for a field. */
import type { FieldMeaning } from "../../plan/index.ts";
import { claimsOf, fieldOf, SURE_MARGIN, SURE_SCORE, type Claim } from "./assign.ts";
import type { Control } from "./control.ts";
import { Reader } from "./reading.ts";

export type Taken = { control: Control; score: number; margin: number } | { missing: "not-found" | "ambiguous"; detail?: string };

const round = (value: number) => Math.round(value * 10) / 10;

export function takeByMeaning(controls: readonly Control[], field: FieldMeaning, fits: (control: Control) => boolean): Taken {
  const claims = claimsOf(controls, new Reader());
  const sure = claims.filter((claim) => (claim.field === field || (claim.status === "sure" && claim.meaning === field)) && fits(claim.control));
  if (sure.length === 1 && sure[0]) return taken(sure[0]);
  const near = claims.filter((claim) => claim.status === "unsure" && claim.meaning !== null && fieldOf(claim.meaning) === field);
  if (sure.length > 1 || near.length > 0) return { missing: "ambiguous", detail: near[0]?.reason ?? `${sure.length} controls look like ${field}` };
  return { missing: "not-found" };
}

const taken = (claim: Claim): Taken => ({ control: claim.control, score: round(claim.score), margin: round(claim.margin) });

export { SURE_MARGIN, SURE_SCORE };
