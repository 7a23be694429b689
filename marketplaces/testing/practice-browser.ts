/** The practice sites, a browser that reaches them, signed-in pages, and photos: what the site tests stand on. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import type { PagePhoto } from "#core/plan/index.ts";
import { practiceControl, type PracticeControl } from "#practice/control-client.ts";
import { startPractice, type Practice } from "#practice/index.ts";
import { launchBrowser, loginByCookie, makePhotos } from "#practice/testing.ts";

export type PracticeBrowser = {
  control: PracticeControl;
  browser: Browser;
  /** Runs with a fresh page signed in at the site, and closes it. */
  withPage<T>(site: ChannelId, run: (page: Page) => Promise<T>, account?: string | null): Promise<T>;
  /** Photo `n` of an item, by the item's photo ids in order. */
  photosFor(ids: readonly string[]): (id: string) => Promise<PagePhoto>;
  /** What the ledger must name for them, in order. */
  hashesFor(ids: readonly string[]): string[];
  close(): Promise<void>;
};

const PHOTOS = 4;

export async function openPracticeBrowser(): Promise<PracticeBrowser> {
  const dir = await mkdtemp(path.join(tmpdir(), "marketplaces-"));
  const practice: Practice = await startPractice({ dir });
  const control = practiceControl(practice.controlUrl);
  const browser = await launchBrowser(practice.resolverRules());
  const files = await Promise.all(
    (await makePhotos(path.join(dir, "photos"), PHOTOS)).map(async (file) => ({
      name: path.basename(file),
      bytes: await readFile(file),
    })),
  );
  const at = (ids: readonly string[], id: string) => {
    const file = files[ids.indexOf(id)];
    if (!file) throw new Error(`No test photo for ${id}: an item here has at most ${PHOTOS}.`);
    return file;
  };
  return {
    control,
    browser,
    async withPage(site, run, account = "maria") {
      const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      try {
        if (account) await loginByCookie(control, context, site, account);
        return await run(await context.newPage());
      } finally {
        await context.close();
      }
    },
    photosFor: (ids) => (id) => {
      const { name, bytes } = at(ids, id);
      const mime = name.endsWith(".png") ? "image/png" : "image/jpeg";
      return Promise.resolve({ id, name, mime, base64: bytes.toString("base64") });
    },
    hashesFor: (ids) => ids.map((id) => createHash("sha256").update(at(ids, id).bytes).digest("hex")),
    async close() {
      await browser.close();
      await practice.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
