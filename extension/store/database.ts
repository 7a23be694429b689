/**
 * The local database: everything works against it with no network; sync is somebody else's business (api/sync).
 * Extension pages and the service worker open it directly; content scripts never do.
 */
import Dexie, { type EntityTable, type Table } from "dexie";
import type {
  AccountRow,
  DraftRow,
  EarlierRow,
  ItemRow,
  JobEventRow,
  JobRow,
  ListingRow,
  LoginLeaseRow,
  OutboxRow,
  PhotoBlobRow,
  PostEventRow,
  PostingOutboxRow,
  PostRow,
  SettingRow,
  SyncStateRow,
  TargetRow,
} from "./rows.ts";
import { toVersionFive } from "./version-five.ts";
import { toVersionThree } from "./version-three.ts";

export class HawkerDatabase extends Dexie {
  declare items: EntityTable<ItemRow, "id">;
  declare photoBlobs: EntityTable<PhotoBlobRow, "id">;
  declare accounts: EntityTable<AccountRow, "id">;
  declare outbox: EntityTable<OutboxRow, "seq">;
  declare posts: EntityTable<PostRow, "id">;
  declare postEvents: EntityTable<PostEventRow, "id">;
  declare postingOutbox: EntityTable<PostingOutboxRow, "seq">;
  declare loginLeases: EntityTable<LoginLeaseRow, "login">;
  declare jobs: EntityTable<JobRow, "id">;
  declare targets: EntityTable<TargetRow, "id">;
  declare jobEvents: EntityTable<JobEventRow, "id">;
  declare listings: EntityTable<ListingRow, "id">;
  declare syncState: EntityTable<SyncStateRow, "id">;
  declare drafts: Table<DraftRow, [itemId: string, key: string]>;
  declare earlier: EntityTable<EarlierRow, "id">;
  declare settings: Table<SettingRow, string>;

  constructor(name = "hawker", options?: ConstructorParameters<typeof Dexie>[1]) {
    // Chrome commits without waiting for the disk unless it is told to, and what a person was told must outlive a power cut. It
    // costs half a millisecond a commit.
    super(name, { chromeTransactionDurability: "strict", ...options });
    this.version(1).stores({
      items: "id, updatedAt, sku, title, deletedAt",
      photoBlobs: "id, itemId, name",
      accounts: "id, platform, status",
      outbox: "++seq, itemId, [table+id]",
      posts: "id, itemId, platform, state, phase, tabId, opKey, createdAt",
      postEvents: "++id, postId",
      submitFences: "id, opKey, postId, state",
      jobs: "id, status, itemId, createdAt",
      targets: "id, jobId, state, accountId",
      jobEvents: "id, jobId",
      listings: "id, itemId, accountId, [accountId+externalId]",
      syncState: "id",
      taught: "key, platform",
      settings: "key",
    });
    this.version(2).stores({ drafts: "[itemId+key], itemId", earlier: "++id, itemId" });
    this.version(3)
      .stores({
        posts: "id, itemId, platform, posting.state, tabId, target.targetId, createdAt",
        postingOutbox: "++seq, postId",
        loginLeases: "login",
        targets: "id, jobId",
        submitFences: null,
        taught: null,
      })
      .upgrade(toVersionThree);
    // Lists read all that is under way, and of what is over the newest. New indexes alone: every row stays as it is.
    this.version(4).stores({
      posts:
        "id, itemId, platform, posting.state, [posting.state+createdAt], tabId, target.targetId, createdAt",
      targets: "id, jobId, posting.state",
    });
    this.version(5).stores({}).upgrade(toVersionFive);
  }
}

export const database = new HawkerDatabase();
