/** The extension's local database as an older version of it left it on a seller's disk. */
import type { Page } from "@playwright/test";

type Store = { keyPath: string | string[]; autoIncrement?: boolean; indexes: string[] };
const TWO: Record<string, Store> = {
  items: { keyPath: "id", indexes: ["updatedAt", "sku", "title", "deletedAt"] },
  photoBlobs: { keyPath: "id", indexes: ["itemId", "name"] },
  accounts: { keyPath: "id", indexes: ["platform", "status"] },
  outbox: { keyPath: "seq", autoIncrement: true, indexes: ["itemId"] },
  posts: { keyPath: "id", indexes: ["itemId", "platform", "state", "phase", "tabId", "opKey", "createdAt"] },
  postEvents: { keyPath: "id", autoIncrement: true, indexes: ["postId"] },
  submitFences: { keyPath: "id", indexes: ["opKey", "postId", "state"] },
  jobs: { keyPath: "id", indexes: ["status", "itemId", "createdAt"] },
  targets: { keyPath: "id", indexes: ["jobId", "state", "accountId"] },
  jobEvents: { keyPath: "id", indexes: ["jobId"] },
  listings: { keyPath: "id", indexes: ["itemId", "accountId"] },
  syncState: { keyPath: "id", indexes: [] },
  taught: { keyPath: "key", indexes: ["platform"] },
  settings: { keyPath: "key", indexes: [] },
  drafts: { keyPath: ["itemId", "key"], indexes: ["itemId"] },
  earlier: { keyPath: "id", autoIncrement: true, indexes: ["itemId"] },
};

const { submitFences: _fences, taught: _taught, ...kept } = TWO;
const THREE: Record<string, Store> = {
  ...kept,
  posts: {
    keyPath: "id",
    indexes: ["itemId", "platform", "posting.state", "tabId", "target.targetId", "createdAt"],
  },
  postingOutbox: { keyPath: "seq", autoIncrement: true, indexes: ["postId"] },
  loginLeases: { keyPath: "login", indexes: [] },
  targets: { keyPath: "id", indexes: ["jobId"] },
};
const STORES = { 2: TWO, 3: THREE };

type Rows = Record<string, readonly unknown[]>;

/** Puts it in the place of the present one. @param page of the extension's origin, with nothing of Hawker in it. */
export const putVersion = (page: Page, version: 2 | 3, rows: Rows): Promise<void> =>
  page.evaluate(
    ([stores, inTens, given]) =>
      new Promise<void>((resolve, reject) => {
        // Both are asked for at once: nobody else opens it between them.
        indexedDB.deleteDatabase("hawker");
        const open = indexedDB.open("hawker", inTens);
        open.onerror = () => reject(new Error("The older database was not made.", { cause: open.error }));
        open.onupgradeneeded = () => {
          for (const [name, { keyPath, autoIncrement = false, indexes }] of Object.entries(stores)) {
            const store = open.result.createObjectStore(name, { keyPath, autoIncrement });
            for (const index of indexes) store.createIndex(index, index);
            if (name === "outbox") store.createIndex("[table+id]", ["table", "id"]);
            if (name === "listings") store.createIndex("[accountId+externalId]", ["accountId", "externalId"]);
            for (const row of given[name] ?? []) store.put(row);
          }
        };
        open.onsuccess = () => (open.result.close(), resolve());
      }),
    [STORES[version], version * 10, rows] as const,
  );
