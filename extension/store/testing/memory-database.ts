/**
 * The tables of the local database in memory, as far as posting asks of them, for tests that run without a browser. What a
 * transaction is to IndexedDB is not tried here.
 */
type Row = Record<string, unknown>;

const KEYS: Record<string, string> = {
  settings: "key",
  loginLeases: "login",
  postingOutbox: "seq",
  postEvents: "seq",
};

const at = (row: Row, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => (value as Row | null | undefined)?.[name], row);

class MemoryTable {
  readonly rows = new Map<unknown, Row>();
  readonly #key: string;
  #last = 0;

  constructor(name: string) {
    this.#key = KEYS[name] ?? "id";
  }

  get = (key: unknown) => Promise.resolve(structuredClone(this.rows.get(key)));
  bulkGet = (keys: unknown[]) => Promise.all(keys.map(this.get));
  put = (row: Row) => {
    const stored: Row = { [this.#key]: this.#last + 1, ...structuredClone(row) };
    const key = stored[this.#key];
    if (typeof key === "number") this.#last = Math.max(this.#last, key);
    this.rows.set(key, stored);
    return Promise.resolve(key);
  };
  add = this.put;
  update = async (key: unknown, change: Row) => {
    const row = this.rows.get(key);
    if (row) await this.put({ ...row, ...change });
  };
  delete = (key: unknown) => Promise.resolve(void this.rows.delete(key));
  clear = () => Promise.resolve(this.rows.clear());
  count = () => Promise.resolve(this.rows.size);
  toArray = () => this.filter(() => true).toArray();
  toCollection = () => this.filter(() => true);
  filter = (isWanted: (row: never) => boolean) => new Collection(this, isWanted as (row: Row) => boolean);
  orderBy = () => this.toCollection();
  where = (path: string) => ({
    equals: (wanted: unknown) => this.filter((row: Row) => at(row, path) === wanted),
    anyOf: (...wanted: unknown[]) => this.filter((row: Row) => wanted.includes(at(row, path))),
  });
  keyOf = (row: Row) => row[this.#key];
}

class Collection {
  readonly #table: MemoryTable;
  readonly #isWanted: (row: Row) => boolean;

  constructor(table: MemoryTable, isWanted: (row: Row) => boolean) {
    this.#table = table;
    this.#isWanted = isWanted;
  }

  toArray = () => Promise.resolve(structuredClone([...this.#table.rows.values()].filter(this.#isWanted)));
  first = async () => (await this.toArray())[0];
  count = async () => (await this.toArray()).length;
  delete = async () => {
    for (const row of await this.toArray()) await this.#table.delete(this.#table.keyOf(row));
  };
  modify = async (change: (row: never) => void) => {
    for (const row of await this.toArray()) {
      change(row as never);
      await this.#table.put(row);
    }
  };
}

export const memoryDatabase = () => {
  const tables = new Map<string, MemoryTable>();
  const transaction = (...args: unknown[]) => (args.at(-1) as () => Promise<unknown>)();
  return new Proxy({} as Record<string, MemoryTable>, {
    get(_, name: string) {
      if (name === "transaction") return transaction;
      if (!tables.has(name)) tables.set(name, new MemoryTable(name));
      return tables.get(name);
    },
  });
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
