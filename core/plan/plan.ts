/**
 * A plan is data: what to fill on one marketplace's form and what to press to submit it. It is built inside the
 * shipped package by a marketplace's `plan.ts`, run by core/fill, and never fetched from anywhere.
 * Types only (no zod): the page bundle imports them.
 */
import type { ListingField } from "../item/item.ts";

/** Where a thing is. Tried in order; each must resolve to exactly one visible control or it is passed over. */
export type Locator =
  | { by: "css"; css: string } // stable handles only: id, name, data-testid
  | { by: "label"; text: string | string[]; first?: boolean } // accessible name, <label>, or the first text line of one
  | { by: "role"; role: string; name?: string | string[]; exact?: boolean }
  | { by: "text"; text: string | string[]; within?: string } // visible text of a button-like element
  | { by: "meaning"; field: FieldMeaning }; // the finder, by weighted votes

/** What the finder can recognise without knowing the site: an item field, or one of the few that only forms have. */
export type FieldMeaning =
  ListingField | "priceFloor" | "weightPounds" | "weightOunces" | "postalCode" | "city" | "cost" | "notes";

/** What a control is set to. The kind picks the writer and its read-back. */
export type ControlValue =
  | { kind: "text"; text: string }
  | { kind: "money"; text: string } // as the site wants it typed: "24.99" or "25"
  | { kind: "richText"; text: string }
  | { kind: "choice"; accept: string[] } // select, listbox, radio group, menu: first of these that is offered
  | { kind: "search"; query: string; accept: string[] } // combobox with (server) search: type, then choose
  | { kind: "path"; path: string[]; search?: string } // category tree: drill down by exact row text, or search
  | { kind: "switch"; on: boolean }
  | { kind: "chips"; texts: string[] }
  | { kind: "photos"; photoIds: string[] };

export type Need = "required" | "optional";

/** Only do this on a page that looks so; a step whose page is not the present one is passed over. */
export type PageMark = { urlIncludes?: string; urlExcludes?: string; visible?: Locator[] };

export type Expectation = {
  /** At least one of these must come true after the press; else the step failed. */
  any: ({ url: string } | { gone: Locator[] } | { visible: Locator[] } | { newDocument: true })[];
};

type StepBase = {
  /** Unique in the plan, stable across runs: "title", "delivery.method". */
  id: string;
  /** What a person reads in the side panel: "Title". */
  label: string;
  need: Need;
  when?: PageMark;
};

export type FillStep = StepBase & {
  kind: "fill";
  field: ListingField | "form";
  value: ControlValue;
  locators: Locator[];
};
/** Press a named control (Next, skip, continue) and wait for what must follow. */
export type PressStep = StepBase & { kind: "press"; locators: Locator[]; expect: Expectation };
/** Close an overlay if it is there; never an error when it is not. */
export type DismissStep = StepBase & { kind: "dismiss"; overlay: Locator[]; button: Locator[] };
/** A widget only this marketplace has: a gesture by name, shipped in marketplaces/<id>/page. */
export type GestureStep = StepBase & {
  kind: "gesture";
  field: ListingField | "form";
  gesture: string;
  value: Json;
};

export type Step = FillStep | PressStep | DismissStep | GestureStep;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type Plan = {
  version: 1;
  marketplace: string;
  /** Page to open first. */
  url: string;
  /** Hostnames on which the engine may run for this plan; exact. */
  hosts: string[];
  /** Set when the form lives in a frame of this exact host; the engine runs inside that frame only. */
  frameHost?: string;
  fill: Step[];
  /** Pressed only after every required fill step verified, and only with a permit. The last press commits. */
  submit: Step[];
};

export type StepStatus = "done" | "skipped" | "refused" | "failed";
export type RefusalReason =
  | "not-found" | "ambiguous" | "not-visible" | "forbidden-control" | "option-missing" | "read-back-differs"
  | "site-changed-it" | "photos-rejected" | "timeout" | "page-not-expected" | "write-had-no-effect"; // prettier-ignore

/** One line per step. Names fields, never values. */
export type StepReport = {
  id: string;
  label: string;
  field: string;
  need: Need;
  status: StepStatus;
  reason?: RefusalReason;
  detail?: string;
  /** Which locator won: its index and kind; "meaning" carries score and margin. */
  found?: { index: number; by: Locator["by"]; score?: number; margin?: number };
  /** Read-back agreed after the page settled. */
  verified: boolean;
  attempts: number;
  ms: number;
};

export type StopSign = { kind: "login" | "captcha" | "checkpoint" | "block" | "limit"; evidence: string };

export type Outcome =
  | { kind: "listed"; externalId: string | null; url: string | null }
  | { kind: "rejected"; message: string }
  | { kind: "unknown"; message: string };

/** What a run of one phase says when it ends or must go on in a new document. */
export type PhaseResult =
  | { kind: "complete"; steps: StepReport[] }
  | { kind: "navigating"; next: number; steps: StepReport[] }
  | { kind: "stopped"; stop: StopSign; steps: StepReport[] }
  | { kind: "refused"; steps: StepReport[] };

export type Report = {
  marketplace: string;
  steps: StepReport[];
  fillMs: number;
  stop?: StopSign;
};

/** Required steps that are not done and verified: while this is not empty nothing may be submitted. */
export const unverifiedRequired = (steps: readonly StepReport[]): StepReport[] =>
  steps.filter(
    (s) => s.need === "required" && !(s.status === "done" && s.verified) && s.status !== "skipped",
  );
