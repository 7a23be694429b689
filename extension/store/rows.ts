/** What each Dexie table holds. Times are ISO 8601 strings; ids are UUIDs unless said. */
import type { Account } from "#core/api/platform.ts";
import type { Job, Target } from "#core/api/jobs.ts";
import type { Item, ItemFields } from "#core/item/item.ts";
import type { Action, Driver, JobEvent, Mode, TargetState } from "#core/job/job.ts";
import type { UnreadPrice } from "#core/fill/read/item-page.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Locator, Plan, StepReport } from "#core/plan/plan.ts";

/** An item as this device knows it. `photos` is the metadata in order; the pictures are in `photoBlobs`. */
export type ItemRow = Item;

/** The pictures of one photo. `full` and `thumb` are null until downloaded, when another device added the photo. */
export type PhotoBlobRow = {
  id: string;
  itemId: string;
  /** File name as it was added; CSV import matches by it. */
  name: string;
  /** Exactly what was added; never leaves this device. Null when another device added it. */
  original: Blob | null;
  /** Upright JPEG or PNG without metadata: what is synced and posted. */
  full: Blob | null;
  thumb: Blob | null;
  /** When the bucket has it. */
  uploadedAt: string | null;
  /** When fetching it was last tried in vain. */
  triedAt?: string;
  createdAt: string;
};

/** A marketplace account: the server's view, or one this browser alone knows (never connected to the cloud). */
export type AccountRow = Account & { localOnly: boolean };

export type OutboxOp = "putItem" | "deleteItem" | "putPhoto" | "deletePhoto";
/** Something typed here that the server does not have yet. Sent in order of `seq`; rows of one item go together. */
export type OutboxRow = {
  seq: number;
  op: OutboxOp;
  table: "items" | "item_photos";
  id: string;
  itemId: string;
  fields: string[];
  /** Per field the time of the value it replaced: what another device wrote since was not seen. */
  over?: Record<string, string>;
  at: string;
  attempts: number;
  lastError: string | null;
};

/** What a control holds: text as typed, ids chosen, or nothing chosen. */
export type Raw = string | readonly string[] | null;

/** Typed into an item and no value yet ("2 for 5"): kept as typed until it is mended. */
export type DraftRow = {
  itemId: string;
  /** The control (features/editor/spots). */
  key: string;
  raw: Raw;
  at: string;
  /** Time of the field's stored value when typing began. */
  over: string;
};

/** A field's value that something else replaced here: another device, another tab. The newest are kept. */
export type EarlierRow = {
  id: number;
  itemId: string;
  field: keyof ItemFields;
  value: unknown;
  /** When it was written. */
  at: string;
  replacedAt: string;
  /** Whoever replaced it had not seen it. */
  unseen: boolean;
};

/**
 * Where a post is in its story:
 * queued -> preread (own listings read for the marker) -> fill -> ready (review mode: waits for post.publish)
 * -> submit -> readback -> settled.
 */
export type PostPhase = "queued" | "preread" | "fill" | "ready" | "submit" | "readback" | "settled";

/** One item being posted to one channel in a tab of this browser. */
export type PostRow = {
  id: string;
  /** Item, its revision and the account: the same listing intent always has the same key. */
  opKey: string;
  itemId: string;
  /** The item as it was when posting began; later edits do not change a post under way. */
  item: Item;
  platform: ChannelId;
  accountId: string | null;
  mode: Mode;
  /** The cloud's job target this post carries out, when there is one. */
  target: { jobId: string; targetId: string; fence: number | null } | null;
  state: TargetState;
  phase: PostPhase;
  paused: boolean;
  /** In review mode: the person pressed Publish. */
  publishAsked: boolean;
  tabId: number | null;
  /** The document the form was filled in; publishing elsewhere is refused. */
  documentId: string | null;
  windowId: number | null;
  /** This browser's fence: grows with every claim; a run that holds an older one stops. */
  fence: number;
  attempt: number;
  /** How often the person asked to try again after it failed. */
  retries: number;
  /** Not tried before this moment. */
  notBefore: string | null;
  plan: Plan | null;
  /** Index of the next step of the present phase. */
  nextIndex: number;
  stepReports: StepReport[];
  progress: { percent: number; message: string };
  /** Why it stopped or failed, in a sentence for a seller. */
  stateReason: string | null;
  /** What a person has to do, when state is needs_human. */
  handoff:
    | "login"
    | "captcha"
    | "checkpoint"
    | "block"
    | "limit"
    | "field"
    | "check-listing"
    | "host-permission"
    | "tab-closed"
    | null;
  /** External ids that were in the account's list before and look alike, but are something else. */
  before: string[];
  /** Why the service did not take this post; it only counts when the listing is not there already. */
  refusal: string | null;
  /** Next read of the account's own listings while unknown, and how many readings found nothing. */
  verify: { attempt: number; dueAt: string; absent: number } | null;
  listingUrl: string | null;
  externalId: string | null;
  /** The service knows how this post ended. */
  reported: boolean;
  fillMs: number | null;
  createdAt: string;
  updatedAt: string;
  startedAt: string | null;
  settledAt: string | null;
};

export type PostEventRow = {
  id: number;
  postId: string;
  ts: string;
  platform: ChannelId;
  level: "info" | "warn" | "error";
  message: string;
  data: Record<string, unknown> | null;
};

/**
 * The write-ahead record of a submit in a tab. At most one open (`intent`, `submitting`, `unknown`) per opKey: while
 * there is one, nothing is submitted for that key before the account's own listings were read.
 */
export type SubmitFenceRow = {
  id: string;
  postId: string;
  opKey: string;
  fence: number;
  state: "intent" | "submitting" | "confirmed" | "absent" | "unknown";
  createdAt: string;
  resolvedAt: string | null;
};

/** A cloud job as the server last told it, without its targets. */
export type JobRow = Omit<Job, "targets">;
export type TargetRow = Target & { jobId: string };
export type JobEventRow = JobEvent & { jobId: string; targetId: string | null };

export type ListingRow = {
  id: string;
  itemId: string | null;
  accountId: string | null;
  platform: ChannelId;
  externalId: string | null;
  url: string | null;
  title: string;
  status: "draft" | "active" | "sold" | "ended";
  firstSeenAt: string;
  lastSeenAt: string;
};

/** One row, id "main": what the status line of the dashboard shows. */
export type SyncStateRow = {
  id: "main";
  /** `live`: realtime connected; `polling`: it is not, the alarms ask; `offline`: the service was not reached. */
  link: "live" | "polling" | "offline" | "signed-out";
  lastSyncAt: string | null;
  lastError: string | null;
  /** Highest `updated_at` pulled, per table. */
  cursors: Record<string, string>;
  /** Ids of rows this version could not read, per table. */
  unreadable?: Record<string, string[]>;
};

/** A locator the person showed once (teach mode). */
export type TaughtRow = { key: string; platform: ChannelId; stepId: string; locator: Locator; at: string };

export type SettingRow = { key: string; value: unknown };

/** `settings["auth"]`: who is signed in, for pages to show. No token is in it. */
export type AuthView = {
  userId: string;
  email: string;
  workspaceId: string | null;
  workspaceName: string | null;
  role: string | null;
} | null;

/** `settings["panel"]`: what the side panel was opened for. */
export type PanelView = {
  itemId: string | null;
  from: ChannelId | null;
  at: string;
  /** Why the page the item was taken from gave it no price. */
  unreadPrice?: UnreadPrice | null;
} | null;

/** `settings["preferences"]` */
export type Preferences = { mode: Mode; city: string };

export type { Action, Driver };
