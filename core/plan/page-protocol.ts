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
import type { FieldMeaning, Locator, Outcome, PhaseResult, Plan, StepReport, StopSign } from "./plan.ts";

export type StartPhase = {
  plan: Plan;
  phase: "fill" | "submit";
  /** Index of the step to begin with (after a page load). */
  from: number;
  /** For submit: read all these again first; a mismatch stops before anything is pressed. */
  deadlineMs: number;
  /** Locators learned from the person (teach mode), ranked first, by step id. */
  taught?: Record<string, Locator>;
};

export type PagePhoto = { id: string; name: string; mime: string; base64: string };

/** What real mouse and keyboard are asked for, where a host has them. Coordinates are the viewport's of the engine's frame. */
export type TrustedPress =
  | { action: "click"; x: number; y: number }
  /** One key by its name: "Enter". */
  | { action: "key"; key: string }
  /** Text inserted at the focus, as it stands. */
  | { action: "text"; text: string };

export type PageTurn =
  | { kind: "progress"; id: number; index: number; total: number; step: StepReport }
  | { kind: "needPhoto"; id: number; photoId: string }
  /** Answer false when the host has no real mouse and keyboard. */
  | ({ kind: "needTrusted"; id: number } & TrustedPress)
  /** The page does not react while hidden (animation frames stopped): the host may show the tab, then answers. */
  | { kind: "needVisible"; id: number; stepId: string }
  /** The very last press of `submit` is next; answer true only with a permit (fence committed). */
  | { kind: "needPermit"; id: number }
  | { kind: "finished"; id: number; result: PhaseResult };

export type PageReply = { photo: PagePhoto } | { ok: boolean };

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

/** Where a listing stands in the account's own lists. */
export type ListingStatus = "active" | "held" | "inProgress" | "sold" | "ended" | "draft";

export type ListingRow = {
  externalId: string | null;
  url: string | null;
  title: string;
  priceText: string;
  status: string;
};

export type PageEngine = {
  start(input: StartPhase): Promise<PageTurn>;
  reply(id: number, reply: PageReply): Promise<PageTurn>;
  abort(): void;
  /** Login, captcha, checkpoint, block or limit page showing now, by the marketplace's and the general signs. */
  stopSign(marketplace: string): StopSign | null;
  /** Outcome of the submit on the page showing now; waits for the page's own signal until the deadline. */
  outcome(marketplace: string, deadlineMs: number): Promise<Outcome | { kind: "stopped"; stop: StopSign }>;
  /** Handle of the signed-in account the page shows, or null. */
  signedInAs(marketplace: string): Promise<string | null>;
  /** Rows of the account's own listings page showing now (waits until it has rendered). */
  readListings(marketplace: string, deadlineMs: number): Promise<ListingRow[]>;
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
