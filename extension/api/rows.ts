/** Database rows as PostgREST gives them -> our shapes. Unknown columns are ignored; sealed envelopes are never asked for. */
import { z } from "zod";
import { toAccount } from "#core/api/account-row.ts";
import { jobSchema } from "#core/api/jobs.ts";
import { itemFieldsSchema, itemSchema, photoSchema, type Item, type Photo } from "#core/item/item.ts";
import { jobEventSchema, PLATFORMS, progressSchema } from "#core/job/job.ts";
import { siteUrl } from "#core/marketplace/site-url.ts";
import type { Posting } from "#core/posting/index.ts";
import { POSTING_COLUMNS, postingOf } from "#core/posting/row.ts";
import { isChannelId, marketplaceOf } from "#marketplaces/index.ts";
import { boundedBy } from "#extension/store/merge.ts";
import type { AccountRow, JobEventRow, JobRow, ListingRow, TargetRow } from "#extension/store/rows.ts";

/** What is shown as a link to a listing leads to its marketplace, whoever wrote the row. */
const linkAt = (platform: unknown, url: unknown): string | null =>
  typeof platform === "string" && isChannelId(platform)
    ? siteUrl(marketplaceOf(platform).identity, url)
    : null;

const iso = (text: string): string => new Date(text).toISOString();
const isoOrNull = (text: unknown): string | null => (typeof text === "string" ? iso(text) : null);
type Columns = Record<string, unknown>;

export const accountRow = (row: Columns): AccountRow => ({ ...toAccount(row), localOnly: false });

const jobRowSchema = jobSchema.omit({ targets: true });
export const jobRow = (row: Columns): JobRow =>
  jobRowSchema.parse({
    id: row.id,
    workspaceId: row.workspace_id,
    itemId: row.inventory_item_id ?? null,
    action: row.action,
    driver: row.driver,
    mode: row.mode,
    platforms: row.platforms,
    status: row.status,
    progress: row.progress,
    result: row.result ?? null,
    error: row.error ?? null,
    runAt: isoOrNull(row.run_at),
    createdAt: isoOrNull(row.created_at),
    updatedAt: isoOrNull(row.updated_at),
  });
export const JOB_COLUMNS =
  "id, workspace_id, inventory_item_id, action, driver, mode, platforms, status, progress, result, error, run_at, created_at, updated_at";

export type HeardPosting = {
  posting: Posting;
  /** When the service wrote it, as PostgREST says it: later ones sort after earlier ones. */
  at: string;
};

/** @throws ZodError when the row is no posting. */
export const heardPosting = (row: Columns): HeardPosting => {
  const posting = postingOf(row);
  const safe = <T extends { url: string | null }>(one: T): T => ({
    ...one,
    url: linkAt(row.platform, one.url),
  });
  return {
    at: z.string().parse(row.updated_at),
    posting: {
      ...posting,
      sign: posting.sign && safe(posting.sign),
      listing: posting.listing && safe(posting.listing),
      unexplained: posting.unexplained.map(safe),
      question: posting.question && {
        ...posting.question,
        candidates: posting.question.candidates.map(safe),
      },
    },
  };
};

export const TARGET_COLUMNS = [
  ...POSTING_COLUMNS,
  "job_id, account_id, platform, progress, settled_at, updated_at",
].join(", ");
export const targetRow = (row: Columns): TargetRow => {
  const { posting, at } = heardPosting(row);
  return {
    id: posting.id,
    jobId: z.uuid().parse(row.job_id),
    accountId: z.uuid().parse(row.account_id),
    platform: z.enum(PLATFORMS).parse(row.platform),
    posting,
    progress: progressSchema.parse(row.progress),
    updatedAt: at,
    settledAt: isoOrNull(row.settled_at),
  };
};

export const EVENT_COLUMNS = "id, job_id, target_id, ts, platform, level, message, data";
export const eventRow = (row: Columns): JobEventRow => ({
  ...jobEventSchema.parse({
    id: row.id,
    ts: row.ts,
    platform: row.platform ?? null,
    level: row.level,
    message: row.message,
    data: row.data ?? null,
  }),
  jobId: z.uuid().parse(row.job_id),
  targetId: z
    .uuid()
    .nullable()
    .parse(row.target_id ?? null),
});

export const LISTING_COLUMNS =
  "id, item_id, account_id, platform, external_id, url, title, status, first_seen_at, last_seen_at, updated_at";
const listingSchema = z.object({
  id: z.uuid(),
  itemId: z.uuid().nullable(),
  accountId: z.uuid().nullable(),
  platform: z.enum(PLATFORMS),
  externalId: z.string().nullable(),
  url: z.string().nullable(),
  title: z.string(),
  status: z.enum(["draft", "active", "sold", "ended"]),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
});
export const listingRow = (row: Columns): ListingRow =>
  listingSchema.parse({
    id: row.id,
    itemId: row.item_id ?? null,
    accountId: row.account_id ?? null,
    platform: row.platform,
    externalId: row.external_id ?? null,
    url: linkAt(row.platform, row.url),
    title: row.title ?? "",
    status: row.status,
    firstSeenAt: isoOrNull(row.first_seen_at),
    lastSeenAt: isoOrNull(row.last_seen_at),
  });

export const ITEM_COLUMNS = "id, workspace_id, data, field_times, deleted_at, created_at, updated_at";
export const PHOTO_COLUMNS =
  "id, item_id, position, storage_path, width, height, mime, sha256, bytes, alt, deleted_at, updated_at";

/** Reading takes what is there: two devices may have added more photos than one may. */
const storedItemSchema = itemSchema.extend({ photos: z.array(photoSchema) });
const OWN_KEYS = [...Object.keys(itemFieldsSchema.shape), "createdAt", "updatedAt"];
const dataOfRow = (row: Columns): Columns => row.data as Columns;

/** What a newer version keeps in an item: carried along, not understood. */
export const unknownIn = (row: Columns): Columns =>
  Object.fromEntries(Object.entries(dataOfRow(row)).filter(([key]) => !OWN_KEYS.includes(key)));

const photoOf = (row: Columns): Photo => ({
  id: String(row.id),
  width: Number(row.width),
  height: Number(row.height),
  mime: row.mime as Photo["mime"],
  bytes: Number(row.bytes),
  sha256: String(row.sha256),
  alt: String(row.alt ?? ""),
});

/** The item as the server has it, joined from its row and its photos in order. No edit is later than the row. */
export const itemOf = (row: Columns, photoRows: readonly Columns[]): Item => {
  const data = dataOfRow(row);
  const known = Object.fromEntries(
    Object.keys(itemFieldsSchema.shape).flatMap((field) => (field in data ? [[field, data[field]]] : [])),
  );
  const photos = [...photoRows].sort((a, b) => Number(a.position) - Number(b.position)).map(photoOf);
  const item = storedItemSchema.parse({
    ...known,
    id: row.id,
    photos,
    fieldTimes: row.field_times ?? {},
    createdAt: typeof data.createdAt === "string" ? data.createdAt : isoOrNull(row.created_at),
    updatedAt: typeof data.updatedAt === "string" ? data.updatedAt : isoOrNull(row.updated_at),
    deletedAt: isoOrNull(row.deleted_at),
  });
  return boundedBy(item, iso(String(row.updated_at)));
};

/** The columns of an item: its fields without photos (they have rows of their own). */
export const columnsOf = (item: Item, unknown: Columns = {}): Columns => {
  const { photos: _photos, fieldTimes, deletedAt, id: _id, ...data } = item;
  return {
    data: { ...unknown, ...data },
    title: item.title,
    sku: item.sku || null,
    field_times: fieldTimes,
    deleted_at: deletedAt,
  };
};
