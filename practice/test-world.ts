/** A running practice world for one test file: sites, control, browser, and a fresh signed-out page for each test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { practiceControl, type PracticeControl } from "./control-client.ts";
import { startPractice, type Practice } from "./index.ts";
import type { ListingNow } from "./ledger-entry.ts";
import type { SiteId } from "./sites.ts";
import { launchBrowser, loginByCookie, makePhotos } from "./testing.ts";

class TestWorld {
  dir = "";
  practice!: Practice;
  control!: PracticeControl;
  browser!: Browser;
  context!: BrowserContext;
  page!: Page;
  /** Four pictures, in order. */
  photos: string[] = [];

  signIn(site: SiteId, account = "maria"): Promise<void> {
    return loginByCookie(this.control, this.context, site, account);
  }
  async listings(site: SiteId): Promise<ListingNow[]> {
    return (await this.control.ledger({ site })).listings;
  }
}

/** Registers the hooks; the fields are filled when a test runs. */
export function useTestWorld(): TestWorld {
  const world = new TestWorld();
  beforeAll(async () => {
    world.dir = await mkdtemp(join(tmpdir(), "practice-"));
    world.practice = await startPractice({ dir: world.dir });
    world.control = practiceControl(world.practice.controlUrl);
    world.browser = await launchBrowser(world.practice.resolverRules());
    world.photos = await makePhotos(join(world.dir, "fixtures"), 4);
  });
  afterAll(async () => {
    await world.browser.close();
    await world.practice.close();
    await rm(world.dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await world.control.reset();
    await world.control.mutate("", "none");
    await (world.context as BrowserContext | undefined)?.close();
    world.context = await world.browser.newContext();
    world.page = await world.context.newPage();
    world.page.setDefaultTimeout(60_000); // a busy machine takes its time
    return () => undefined;
  });
  return world;
}
