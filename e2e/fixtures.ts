/**
 * Everything is started once per lane of a run, with data and ports of its own; each test gets a browser profile of its own. `test` starts with an empty one,
 * `readyTest` with a copy of a profile whose seller has signed up, imported items and connected the three sites.
 */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test as base, type BrowserContext, type Page } from "@playwright/test";
import pg from "pg";
import { practiceControl, type PracticeControl } from "#practice/control-client.ts";
import type { Child } from "../scripts/child.ts";
import { Ledger } from "../scripts/demo/judge.ts";
import { Seller } from "../scripts/demo/seller.ts";
import { EXTENSION_ID, startEverything, type Everything } from "../scripts/everything.ts";
import { openBrowser } from "./parts/open-browser.ts";
import { readySeller, type ReadySeller } from "./parts/ready-seller.ts";

export { expect } from "@playwright/test";
export { EXTENSION_ID };

const stateDir = path.resolve(import.meta.dirname, "..", ".hawker");
const removed = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5 });

export type Sql = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
type PerTest = {
  profile: string;
  context: BrowserContext;
  seller: Seller;
  ledger: Ledger;
  /** The sites' faults, and their ledger. */
  practice: PracticeControl;
  /** A cloud worker, as long as the test lasts. */
  cloud: Child;
  popup: Page;
  /** Asks the database as its owner, for looking. */
  sql: Sql;
};
type PerRun = { all: Everything };

export const test = base.extend<PerTest, PerRun>({
  all: [
    async ({}, use, { parallelIndex }) => {
      const dir = path.join(stateDir, `e2e-${parallelIndex}`);
      const all = await startEverything({ dir, worker: false });
      await use(all);
      await all.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  profile: async ({}, use) => {
    const profile = await mkdtemp(path.join(tmpdir(), "hawker-e2e-"));
    await use(profile);
    await removed(profile);
  },
  context: async ({ all, profile }, use) => {
    const context = await openBrowser(all, profile);
    context.setDefaultTimeout(30_000); // a control that is not there is named long before the test's own time is over
    await use(context);
    await context.close();
  },
  ledger: async ({ all }, use) => {
    const ledger = new Ledger(all.practice.controlUrl);
    await ledger.post("/reset", { keepSessions: true });
    await use(ledger);
  },
  practice: async ({ ledger }, use) => {
    await use(practiceControl(ledger.controlUrl));
  },
  cloud: async ({ all }, use) => {
    const worker = await all.startWorker();
    await use(worker);
    await worker.stop();
  },
  seller: async ({ context }, use) => {
    await use(new Seller(context, EXTENSION_ID, () => Promise.resolve()));
  },
  popup: async ({ context }, use) => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${EXTENSION_ID}/popup.html`);
    await use(page);
  },
  sql: async ({ all }, use) => {
    await use(async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: all.adminDatabaseUrl });
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end();
      }
    });
  },
});

/** What earlier tests of the same seller left at the service. Items and accounts stay, and the accounts work again. */
const forgetPosts = async (sql: Sql): Promise<void> => {
  await sql(
    `truncate public.listing_jobs, public.listings, public.account_leases, public.posting_events,
       public.idempotency_keys, private.budget_use, private.circuit_breakers cascade`,
  );
  await sql(
    "update public.platform_accounts set status = 'connected', status_reason = null where status <> 'disconnected'",
  );
};

export const readyTest = test.extend<object, { ready: ReadySeller }>({
  ready: [
    async ({ all }, use) => {
      await use(await readySeller(all));
    },
    { scope: "worker", timeout: 300_000 },
  ],
  profile: async ({ ready, sql }, use) => {
    await forgetPosts(sql);
    const profile = await mkdtemp(path.join(tmpdir(), "hawker-e2e-"));
    await cp(ready.profile, profile, {
      recursive: true,
      filter: (file) => !/Singleton|DevToolsActivePort|[/\\]Cache[/\\]?|Code Cache|GPUCache/.test(file),
    });
    await use(profile);
    await removed(profile);
  },
});
