/** What each Dexie table holds. Times are ISO 8601 strings; ids are UUIDs unless said. */
import type { Account } from "#core/api/platform.ts";
import type { Job } from "#core/api/jobs.ts";
import type { Item, ItemFields } from "#core/item/item.ts";
import type { JobEvent, Mode } from "#core/job/job.ts";
import type { UnreadPrice } from "#core/fill/read/item-page.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { Plan, StepReport } from "#core/plan/plan.ts";
import type { Ending, Lease, Posting, PostingEvent } from "#core/posting/index.ts";

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
 * One item being posted to one channel in a tab of this browser.
 * `posting` is the record: the service's as it was heard last, with what this browser has to tell it played on top; at a login
 * the service never knew, this browser's own.
 */
export type PostRow = {
  id: string;
  itemId: string;
  /** The item as it was when posting began, or was tried again; later edits do not change a post under way. */
  item: Item;
  /** What was chosen for sites that have one per city, by whoever asked for it; null where the ZIP code decides. */
  city: string | null;
  platform: ChannelId;
  accountId: string | null;
  /** Whose listing it will be: the channel's own stable id, and what a person knows it by. Null until a page has shown it. */
  login: { id: string; name: string } | null;
  keeper: "service" | "browser";
  /** The service's row for it, once it has one. */
  target: { jobId: string; targetId: string } | null;
  /**
   * The service was asked for that row, in these words, and may have made it although no answer came: asked again it is the
   * same request. Kept before it is sent; null when nothing was sent, or all of it was refused.
   */
  asked: { key: string } | null;
  posting: Posting;
  /** When the service wrote what was heard of it last: an older answer that comes late changes nothing. */
  heardAt: string | null;
  /** What keeps it from going on that is no part of the record: the service is away, another post has the account. */
  note: Ending | null;
  paused: boolean;

  tabId: number | null;
  plan: Plan | null;
  stepReports: StepReport[];
  /** Steps the person answered in the tab: read, never written again. */
  byHand: string[];
  /** The number of the question after which what they set in the form was last kept as theirs. */
  keptAt?: number;
  /** The form stands filled in the tab, as far as is known. */
  isStanding: boolean;
  /** What they had seen or set in the form is gone, and it was not shown to them since. */
  isLost?: boolean;
  /** This browser's record of presses is still of the numbering that ended when the service made its row (register-post.ts). */
  hasOldPresses?: boolean;
  /** Rows that were there before it was filled without the service. */
  handBaseline: string[] | null;

  progress: { percent: number; message: string };
  fillMs: number | null;
  /** What the person was told of last. */
  toldOf: string | null;
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

/** What happened to a post and the service has not heard yet. Sent in order; the id makes that telling twice counts once. */
export type PostingOutboxRow = {
  seq: number;
  postId: string;
  eventId: string;
  event: PostingEvent;
  at: string;
};

/** Who drives a login of which this browser keeps the record. */
export type LoginLeaseRow = Lease & { login: string };

/** A cloud job as the server last told it, without its targets. */
export type JobRow = Omit<Job, "targets">;
/** Every posting of the workspace as the service told it, from whichever browser or program it was asked for. */
export type TargetRow = {
  id: string;
  jobId: string;
  accountId: string;
  platform: ChannelId;
  posting: Posting;
  progress: { percent: number; message: string };
  /** As PostgREST writes it: later ones sort after earlier ones. */
  updatedAt: string;
  settledAt: string | null;
};
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
