/**
 * The local database in memory, for tests of what is kept in it: as much of Dexie as this product uses. One transaction runs after
 * the other, one inside another joins it, sees no table that it did not name, and leaves nothing behind when it throws.
 */
import { AsyncLocalStorage } from "node:async_hooks";

type Row = Record<string, unknown>;
type Key = string | number;

const at = (row: Row, path: string): unknown =>
  path.split(".").reduce<unknown>((value, part) => (value as Row | null | undefined)?.[part], row);

/** The tables that the transaction around this names. */
const inside = new AsyncLocalStorage<ReadonlySet<string>>();

class MemoryCollection {
  readonly #table: MemoryTable;
  readonly #fits: (row: Row) => boolean;
  constructor(table: MemoryTable, fits: (row: Row) => boolean) {
    this.#table = table;
    this.#fits = fits;
  }
  async toArray(): Promise<Row[]> {
    return (await this.#table.all()).filter(this.#fits);
  }
  filter = (fits: (row: Row) => boolean) =>
    new MemoryCollection(this.#table, (row) => this.#fits(row) && fits(row));
  first = async () => (await this.toArray())[0];
  count = async () => (await this.toArray()).length;
  async delete(): Promise<void> {
    for (const row of await this.toArray()) await this.#table.delete(row[this.#table.key] as Key);
  }
  async modify(change: (row: Row) => void): Promise<void> {
    for (const row of await this.toArray()) {
      change(row);
      await this.#table.put(row);
    }
  }
}

class MemoryTable {
  readonly name: string;
  readonly key: string;
  kept = new Map<Key, Row>();
  #last = 0;
  constructor(name: string, key: string) {
    this.name = name;
    this.key = key;
  }
  get rows(): Map<Key, Row> {
    if (inside.getStore()?.has(this.name) === false)
      throw new Error(`This transaction does not name the table ${this.name}.`);
    return this.kept;
  }
  all = (): Promise<Row[]> => Promise.resolve(structuredClone([...this.rows.values()]));
  get = async (key: Key | Row): Promise<Row | undefined> => {
    if (typeof key !== "object") return structuredClone(this.rows.get(key));
    return (await this.all()).find((row) =>
      Object.entries(key).every(([path, value]) => row[path] === value),
    );
  };
  bulkGet = (keys: Key[]) => Promise.all(keys.map(this.get));
  put = (row: Row): Promise<Key> => {
    const key = (row[this.key] as Key | undefined) ?? (this.#last += 1);
    this.rows.set(key, structuredClone({ ...row, [this.key]: key }));
    return Promise.resolve(key);
  };
  add = (row: Row): Promise<Key> => {
    if (this.rows.has(row[this.key] as Key))
      return Promise.reject(new Error(`${this.name} has that key already.`));
    return this.put(row);
  };
  bulkPut = (rows: Row[]) => Promise.all(rows.map(this.put));
  update = async (key: Key, change: Row): Promise<void> => {
    const row = await this.get(key);
    if (row) await this.put({ ...row, ...change });
  };
  delete = (key: Key): Promise<void> => Promise.resolve(void this.rows.delete(key));
  clear = (): Promise<void> => Promise.resolve(this.rows.clear());
  toCollection = () => new MemoryCollection(this, () => true);
  toArray = () => this.all();
  count = () => Promise.resolve(this.rows.size);
  filter = (fits: (row: Row) => boolean) => new MemoryCollection(this, fits);
  orderBy = (path: string) => ({
    toArray: async () => (await this.all()).sort((a, b) => Number(at(a, path)) - Number(at(b, path))),
  });
  where = (path: string) => ({
    equals: (value: unknown) => new MemoryCollection(this, (row) => at(row, path) === value),
    anyOf: (...values: unknown[]) => new MemoryCollection(this, (row) => values.includes(at(row, path))),
  });
}

const KEYS: Record<string, string> = {
  ...{ items: "id", photoBlobs: "id", accounts: "id", outbox: "seq", posts: "id", postEvents: "id" },
  ...{ postingOutbox: "seq", loginLeases: "login", jobs: "id", targets: "id", jobEvents: "id" },
  ...{ listings: "id", syncState: "id", drafts: "key", earlier: "id", settings: "key" },
};

/** In place of `#extension/store/database.ts`. */
export const memoryDatabase = () => {
  const tables = Object.entries(KEYS).map(([name, key]) => new MemoryTable(name, key));
  let last: Promise<unknown> = Promise.resolve();
  const run = async <T>(named: ReadonlySet<string>, work: () => Promise<T>): Promise<T> => {
    const before = tables.map(({ kept }) => new Map(kept));
    try {
      return await inside.run(named, work);
    } catch (error) {
      tables.forEach((table, index) => (table.kept = before[index] ?? new Map()));
      throw error;
    }
  };
  const transaction = <T>(...args: unknown[]): Promise<T> => {
    const work = args.at(-1) as () => Promise<T>;
    const named = new Set((args.slice(1, -1).flat() as MemoryTable[]).map(({ name }) => name));
    const around = inside.getStore();
    if (around && [...named].some((name) => !around.has(name)))
      return Promise.reject(new Error("A transaction names tables that the one around it does not."));
    if (around) return work();
    const mine = last.then(() => run(named, work));
    last = mine.catch(() => undefined); // told to whoever asked for it; the next one comes all the same
    return mine;
  };
  const named = Object.fromEntries(tables.map((table) => [table.name, table]));
  return { tables, transaction, ...named } as unknown as Record<string, MemoryTable>;
};

/** `chrome.storage.session`: outlives the service worker, not the browser. */
export const memorySession = () => {
  const kept = new Map<string, unknown>();
  return {
    get: (key: string) => Promise.resolve(kept.has(key) ? { [key]: structuredClone(kept.get(key)) } : {}),
    set: (values: Row) => {
      for (const [key, value] of Object.entries(values)) kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
    remove: (key: string) => Promise.resolve(void kept.delete(key)),
  };
};
