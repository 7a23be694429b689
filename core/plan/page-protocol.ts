/**
 * How a host (content script or worker) drives the engine in a page. Request and reply, so that the same bundle runs
 * in the isolated world and in the main world, under strict CSP, with nothing bound into the page:
 * the host starts a phase, then keeps answering until `finished`.
 *
 *   let turn = await page.start({...});
 *   while (turn.kind !== "finished") turn = await page.reply(turn.id, await answer(turn));
 *
 * The bundle leaves one global, `__hawkerPage: PageEngine`, in its world (an evaluate of the bundle string defines it).
 */
import type { ItemFields } from "../item/item.ts";
import type { FieldMeaning, Outcome, PhaseResult, Plan, StepReport, StopSign } from "./plan.ts";

export type StartPhase = {
  plan: Plan;
  phase: "fill" | "submit";
  /** Index of the step to begin with (after a page load). */
  from: number;
  deadlineMs: number;
  /** The last word on every step so far. For steps whose page is gone there is no other. */
  reports?: readonly StepReport[];
  /** Steps that a person answered: only read; whatever they hold is right. */
  byHand?: readonly string[];
  /** Goes on with a form begun earlier: a press of its submit control seen before this call counts. */
  resumed?: boolean;
  /** For a host that does something to the page between two steps: each waits until the one before was heard of. */
  stepByStep?: boolean;
};

export type PagePhoto = { id: string; name: string; mime: string; base64: string };

/** What real mouse and keyboard are asked for, where a host has them. Coordinates are the viewport's of the engine's frame. */
export type TrustedPress =
  | { action: "click"; x: number; y: number }
  /** One key by its name: "Enter". */
  | { action: "key"; key: string }
  /** Text inserted at the focus, as it stands. */
  | { action: "text"; text: string };

/** The last word on a step. `index` of `total` in its phase. */
export type Told = { index: number; total: number; step: StepReport };

type TurnKind =
  /** Only to tell: before a press, which may take the page with it, and where nothing was asked for a while. */
  | { kind: "progress" }
  | { kind: "needPhoto"; photoId: string }
  /** Answer false when the host has no real mouse and keyboard. */
  | ({ kind: "needTrusted" } & TrustedPress)
  /** The page does not react while hidden (animation frames stopped): the host may show the tab, then answers. */
  | { kind: "needVisible"; stepId: string }
  /** The press that submits is next; answer true only with a permit (fence committed). The engine times the answer. */
  | { kind: "needPermit" }
  | { kind: "finished"; result: PhaseResult };

/** `told`: what came of steps since the turn before, oldest first. It is heard before what is asked. */
export type PageTurn = TurnKind & { id: number; told: Told[] };

export type PageReply = { photo: PagePhoto } | { ok: boolean };

/** The first press of the plan's submit control. `form`: sent without it, by Enter. `at` in ms since 1970, by the page's clock. */
export type SubmitSeen = { by: "hawker" | "person"; how: "click" | "form"; at: number };

/** What a control says now: as planned, something else, nothing; it is not there; nobody can tell. */
export type Reading = "same" | "other" | "empty" | "missing" | "unread";

/** Whether a form filled earlier stands in a document, how much of it, and whose. */
export type FormState = {
  /** False: it is another page, or the form is as fresh. */
  stands: boolean;
  /** Where `fill` goes on in this document: its page's first step. */
  from: number;
  /**
   * Every required step was read back just now, or holds what a person set, or, of a page left before, was read back then: by the
   * rule by which it may be sent.
   */
  isWhole: boolean;
  /** The steps whose fields are a person's: read and never written. */
  byHand: string[];
};

export type FoundControl = {
  selector: string;
  label: string;
  kind: string;
  field: FieldMeaning | null;
  score: number;
  margin: number;
  votes: { name: string; weight: number }[];
  status: "sure" | "unsure" | "forbidden" | "unknown" | "filled" | "refused";
  reason?: string;
  readBack: string | null;
};

/**
 * Where a listing stands in the account's own lists. `held`: the site looks at it before anyone else may; `inProgress`:
 * bought, not yet handed over.
 */
export type ListingStatus = "active" | "held" | "inProgress" | "sold" | "ended" | "draft";

export type ListingRow = {
  externalId: string | null;
  url: string | null;
  title: string;
  priceText: string;
  status: ListingStatus;
};

/**
 * Why a list was not read. `not-rendered`: neither rows nor the site's word that there are none, or rows of a make that is
 * not known; `loading`: still place holders; `gap`: rows may be missing between those seen; `count-differs`: the site counts
 * others than it shows; `filter-on`: a search or filter is on; `login-not-seen`: not known whose list it is, or it changed;
 * `unreachable`: no page, or an error page.
 */
export type GapReason =
  | "not-rendered"
  | "loading"
  | "gap"
  | "count-differs"
  | "filter-on"
  | "login-not-seen"
  | "unreachable";

/** One document of one page of the account's own listings. */
export type PageReading = {
  rows: ListingRow[];
  /** Where it stopped: at rows that were known before, or where the document ends; null: it got to neither. */
  reached: "anchor" | "end" | null;
  /** The site shows the way to a further page. */
  next: boolean;
  /** Empty when nothing is missing. */
  why: GapReason[];
  /** Who is signed in, where a document can tell (not by a cookie). */
  login: string | null;
  /** The page is not being drawn: much of what it would show on a screen does not come. */
  hidden: boolean;
};

export type PageEngine = {
  start(input: StartPhase): Promise<PageTurn>;
  reply(id: number, reply: PageReply): Promise<PageTurn>;
  abort(): void;
  /**
   * Resolves when the plan's submit control is pressed; at once when it was since the form was begun, by a person also in the
   * document before this one.
   */
  watchSubmit(plan: Plan): Promise<SubmitSeen>;
  /** The same without waiting. */
  submitSeen(plan: Plan): SubmitSeen | null;
  /** The host has that press on record: it is not told again. */
  forgetSubmit(plan: Plan): void;
  /** Reads, writes nothing. `keep`: a person said to go on with it, so what they set by then is theirs. */
  formState(
    plan: Plan,
    reports: readonly StepReport[],
    byHand: readonly string[],
    keep: boolean,
  ): Promise<FormState>;
  /** Login, captcha, checkpoint, block or limit page showing now, by the marketplace's and the general signs. */
  stopSign(marketplace: string): StopSign | null;
  /**
   * Outcome of the submit on the page showing now; waits for the page's own signal until the deadline. `known`: ids of
   * listings that were there before the press, to which a link is no sign of a new one.
   */
  outcome(
    marketplace: string,
    deadlineMs: number,
    known?: string[],
  ): Promise<Outcome | { kind: "stopped"; stop: StopSign }>;
  /** Who the page shows as signed in, or null; `login` null also where only a cookie tells it. */
  signedInAs(marketplace: string): Promise<{ handle: string; login: string | null } | null>;
  /**
   * Reads one page (by its name in `AccountRules.listings`) of the account's own listings, from its newest row to rows that
   * were known before (`anchors`, by id) or to its end. `deadlineMs`: how long it may show nothing new.
   */
  readListings(
    marketplace: string,
    page: string,
    input: { anchors: string[]; deadlineMs: number },
  ): Promise<PageReading>;
  /** Every control and what it is taken for by meaning alone. */
  inspect(): FoundControl[];
  /** Fill what is sure by meaning alone, submit nothing, read back. Photos by `needPhoto` turns like `start`. */
  startByMeaning(input: {
    item: Partial<ItemFields>;
    photoIds: string[];
    deadlineMs: number;
  }): Promise<PageTurn>;
  /** After startByMeaning finished: the controls with status and readBack. */
  inspected(): FoundControl[];
};
