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
  | ListingField
  | "priceFloor"
  | "weightPounds"
  | "weightOunces"
  | "postalCode"
  | "city"
  | "cost"
  | "notes";

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
  /**
   * The site asks for this only sometimes (a wizard's page that need not come): required where it comes. A required step
   * without this mark that was never read back stops every press.
   */
  sometimes?: true;
};

export type FillStep = StepBase & {
  kind: "fill";
  field: ListingField | "form";
  value: ControlValue;
  locators: Locator[];
};
/** Press a named control (Next, skip, continue) and wait for what must follow. */
export type PressStep = StepBase & {
  kind: "press";
  locators: Locator[];
  expect: Expectation;
  /** In `submit`: only confirms the press before it ("Post anyway"). Pressed once at most, and never after a page load. */
  confirms?: true;
};
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
  /**
   * Pressed only with every required fill step verified. The last press that is no confirmation is the one after which the
   * site may list without us: it needs a permit.
   */
  submit: Step[];
};

/** The press of `submit` that needs a permit; null when the plan submits nothing. */
export const submitPress = (plan: Plan): PressStep | null =>
  plan.submit.findLast((step): step is PressStep => step.kind === "press" && !step.confirms) ?? null;

export type StepStatus = "done" | "skipped" | "refused" | "failed";
export type RefusalReason =
  | "not-found" | "ambiguous" | "not-visible" | "forbidden-control" | "option-missing" | "read-back-differs"
  | "site-changed-it" | "photos-rejected" | "timeout" | "page-not-expected" | "write-had-no-effect"
  | "left-empty" | "not-verified" | "changed-by-hand"; // oxfmt-ignore

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
  /** A person set it: it was read, not written. */
  byHand?: true;
  attempts: number;
  ms: number;
};

export type StopSign = { kind: "login" | "captcha" | "checkpoint" | "block" | "limit"; evidence: string };

export type Outcome =
  | { kind: "listed"; externalId: string | null; url: string | null }
  | { kind: "rejected"; message: string }
  | { kind: "unknown"; message: string };

/** Why a permit was not used. */
export type VoidReason =
  /** The host said no. */
  | "not-permitted"
  /** The answer came too long after the question, by either clock. */
  | "aged"
  /** A clock went backwards meanwhile: nothing can be said about the age. */
  | "clock-moved"
  /** What was verified before the question no longer is, or the button is gone or disabled. */
  | "form-changed";

/** What a run of one phase says when it ends or must go on in a new document. */
export type PhaseResult =
  | { kind: "complete"; steps: StepReport[] }
  | { kind: "navigating"; next: number; steps: StepReport[] }
  | { kind: "stopped"; stop: StopSign; steps: StepReport[] }
  /** `stuck` names the steps that keep it from going on, in the plan's order. */
  | { kind: "refused"; stuck: string[]; steps: StepReport[] }
  /** The permit was asked for and nothing was pressed. */
  | { kind: "void"; why: VoidReason; steps: StepReport[] }
  /** The press that submits happened, whatever the page showed then. */
  | { kind: "pressed"; by: "hawker" | "person"; steps: StepReport[] };

export type Report = {
  marketplace: string;
  steps: StepReport[];
  fillMs: number;
  stop?: StopSign;
};
