/** All that can happen to a posting. Evidence is taken from any claim, late and in any order; a driver's decisions need the fence. */
import type { Item } from "../item/item.ts";
import type { Driver } from "../job/job.ts";
import type { Marker } from "../marketplace/marketplace.ts";
import type { Ending } from "./endings.ts";
import type { TwinKey } from "./marker.ts";
import type { Candidate, ProvedBy, QuestionKind } from "./posting.ts";

/** How long a channel takes to show a row, and whether absence there proves anything. */
export type ChannelPolicy = { windowMs: number; absenceProves: boolean };

export type Answer =
  /** `ready`: publish what was shown. */
  | { kind: "publish"; hash: string | null }
  /** `alike`, `there`: this row is it. */
  | { kind: "is-it"; externalId: string; url: string | null }
  /** `alike`: none of these is it; post. */
  | { kind: "another-thing" }
  /** `there` and all that is asked after a press: it is not there. */
  | { kind: "not-there"; again: boolean }
  /** Ask again in a day. */
  | { kind: "wait" }
  /** `field`, `stop`, `stuck`: go on. */
  | { kind: "go-on" }
  /** `stuck`: let the cloud do it. */
  | { kind: "use-cloud" };

type Fenced = { fence: number };

export type PostingEvent =
  // Driving: the holder of the login's lease.
  | ({ kind: "claim"; driver: Driver } & Fenced)
  /** From here on a form may stand before a person: what a press of theirs would make is known by its marker. */
  | ({ kind: "fill"; marker: Marker; twin: TwinKey } & Fenced)
  | ({ kind: "looked"; baseline: string[] } & Fenced)
  | ({ kind: "ready" } & Fenced)
  | ({ kind: "permit"; marker: Marker; twin: TwinKey; policy: ChannelPolicy; hash: string } & Fenced)
  | ({ kind: "requeue"; ending: Ending; inMs: number; usesAttempt: boolean; crashed?: boolean } & Fenced)
  | ({ kind: "fail"; ending: Ending } & Fenced)
  /** An action that lists nothing is over. */
  | ({ kind: "finish" } & Fenced)
  | ({ kind: "ask"; question: QuestionKind; ending: Ending; candidates: Candidate[] } & Fenced)
  /** The site's own refusal, in the form that still stands. */
  | ({ kind: "said-no"; attempt: number; message: string } & Fenced)
  /** Its lease ended without being given back. */
  | { kind: "lapse" }
  // Evidence: what the site showed, or a host's own record of its press.
  /** `fence`: of the claim the permit was for; an attempt whose number was only guessed may be another driver's. */
  | { kind: "unpressed"; attempt: number; fence: number }
  | { kind: "pressed"; attempt: number }
  | {
      kind: "pressed-by-person";
      marker: Marker;
      twin: TwinKey;
      baseline: string[] | null;
      policy: ChannelPolicy;
    }
  /** Filled without a claim: its person may press the site's own button in it. */
  | { kind: "form-stands"; marker: Marker; twin: TwinKey; baseline: string[] | null }
  | { kind: "said-listed"; externalId: string | null; url: string | null }
  | {
      kind: "found";
      externalId: string;
      url: string | null;
      by: Exclude<ProvedBy, "person">;
      /** How the row stands there, as it was read. */
      status?: string;
      /** For whoever keeps the books. */
      record?: { title: string; priceMinor: number; currency: string };
    }
  /** A watched posting's row came up after all. */
  | { kind: "late-row"; candidates: Candidate[] }
  // Looks of the judge.
  | ({ kind: "absent"; unexplained: Candidate[]; againInMs: number } & Fenced)
  | ({ kind: "unreadable"; why: string; againInMs: number } & Fenced)
  // The person, and the clock.
  | { kind: "answer"; question: number; answer: Answer }
  | { kind: "cancel" }
  /** What it lists from now on, and in which city; without them, what it was asked to list, where it was asked to. */
  | { kind: "retry"; item?: Item; city?: string }
  | { kind: "take-over"; driver: Driver }
  | { kind: "hour" }
  // What the keeper knows of the account and its other postings.
  /** The cloud came for it and may not use its account any more. */
  | { kind: "taken-away" }
  /** Its row, held by likeness, is another posting's by a better proof. */
  | { kind: "row-lost" }
  /** What it rests for is over. */
  | { kind: "works-again" }
  /** The keeper was put back from a backup: what was open may have been pressed since. */
  | { kind: "restored" };

export type EventKind = PostingEvent["kind"];
/** What a host may send late, from any claim, in any order. */
export const EVIDENCE: readonly EventKind[] = [
  "unpressed",
  "pressed",
  "pressed-by-person",
  "form-stands",
  "said-listed",
  "found",
  "late-row",
];
