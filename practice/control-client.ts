/** The control API as functions, for tests, the demo and the benches. */
import type { LedgerEntry, ListingNow } from "./ledger-entry.ts";
import type { MutationLevel } from "./page/mutation.ts";
import type { FaultName, FaultRequest } from "./server/fault-request.ts";
import type { Fault } from "./server/faults.ts";
import type { HandMadeRequest } from "./server/hand-made.ts";
import type { SiteId } from "./sites.ts";
import type { IssuedCookie } from "./ledger-entry.ts";

export type FaultOptions = Omit<FaultRequest, "site" | "fault">;

export interface StorageState {
  readonly cookies: {
    name: string;
    value: string;
    domain: string;
    path: string;
    expires: number;
    httpOnly: boolean;
    secure: boolean;
    sameSite: "None" | "Lax";
  }[];
  readonly origins: { origin: string; localStorage: { name: string; value: string }[] }[];
}

interface IssuedSession {
  readonly id: string;
  readonly site: SiteId;
  readonly account: string;
  readonly csrf: string;
  readonly cookies: readonly IssuedCookie[];
  readonly storage: Readonly<Record<string, string>>;
}

export interface PracticeControl {
  reset(options?: { site?: SiteId; keepSessions?: boolean }): Promise<void>;
  /** Entries since the last reset (and after `after`), and the listings they leave. */
  ledger(options?: {
    site?: SiteId;
    after?: number;
    waitMs?: number;
  }): Promise<{ entries: LedgerEntry[]; listings: ListingNow[] }>;
  photo(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  fault(site: SiteId, fault: FaultName, options?: FaultOptions): Promise<Fault>;
  faults(): Promise<Fault[]>;
  release(match?: { id?: string; site?: SiteId; fault?: FaultName }): Promise<number>;
  /** Puts listings into a seller's list without a form. Answers them in the order asked for. */
  list(site: SiteId, account: string, listings: HandMadeRequest["listings"]): Promise<ListingNow[]>;
  /** A fresh session without the log-in form, in Playwright's storageState shape. */
  login(site: SiteId, account: string): Promise<StorageState>;
  /** Every session ever issued: what a leak test has to search for. */
  sessions(): Promise<IssuedSession[]>;
  mutate(seed: string, level: MutationLevel): Promise<void>;
}

/** `url`: the control address `startPractice` or `practice/main.ts` named. */
export function practiceControl(url: string): PracticeControl {
  const call = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(url + path, init);
    if (!response.ok) throw new Error(`practice control ${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  return {
    reset: async (options = {}) => void (await call("/reset", options)),
    ledger: ({ site, after, waitMs } = {}) => {
      const query = new URLSearchParams();
      if (site) query.set("site", site);
      if (after !== undefined) query.set("after", String(after));
      if (waitMs !== undefined) query.set("waitMs", String(waitMs));
      return call(`/ledger?${query}`);
    },
    photo: async (sha256) => {
      const response = await fetch(`${url}/ledger/photo/${sha256}`);
      if (!response.ok) throw new Error(`the ledger has no photo ${sha256}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    fault: (site, fault, options = {}) => call("/faults", { site, fault, ...options }),
    faults: async () => (await call<{ faults: Fault[] }>("/faults")).faults,
    release: async (match = {}) => (await call<{ released: number }>("/faults/release", match)).released,
    list: async (site, account, listings) =>
      (await call<{ listings: ListingNow[] }>("/listings", { site, account, listings })).listings,
    login: (site, account) => call("/login", { site, account }),
    sessions: async () => (await call<{ sessions: IssuedSession[] }>("/sessions")).sessions,
    mutate: async (seed, level) => void (await call("/mutate", { seed, level })),
  };
}
