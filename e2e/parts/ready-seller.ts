/**
 * A seller who has done what every seller does once: signed up, imported a few items, logged in to the three sites and
 * connected them. Done once per run; each test starts from a copy of that browser profile.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { SITE_NAMES, Seller } from "../../scripts/demo/seller.ts";
import type { Site } from "../../scripts/demo/expected.ts";
import { EXTENSION_ID, type Everything } from "../../scripts/everything.ts";
import { ensureSampleInventory } from "../../scripts/sample/inventory.ts";
import { SAMPLE_ITEMS } from "../../scripts/sample/items.ts";
import { localRows } from "./local-rows.ts";
import { openBrowser } from "./open-browser.ts";

export const SITES = Object.keys(SITE_NAMES) as Site[];
/** Numbers of the sample items (from 1) a ready seller has; the judge knows what each must look like at each site. */
const READY_ITEMS = [1, 2, 5, 7, 11] as const;
/** @param number of a sample item, counted from 1. */
export const titleOf = (number: (typeof READY_ITEMS)[number]): string =>
  SAMPLE_ITEMS[number - 1]?.title ?? "";

export type ReadySeller = { profile: string; email: string };

export const PASSWORD = "a long enough password";

/** A failed test makes Playwright start a new worker; the run, and what it stands on, goes on. */
const RUN = process.env["HAWKER_E2E_RUN"] ?? String(process.ppid);

/** A profile keeps the scripts of the build it was made with. */
type Kept = ReadySeller & { run: string; extension: string };

const keptIn = async (file: string): Promise<Kept | null> =>
  existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Kept) : null;

/** The run's own, made when it is first needed. The one of the run before is removed then. */
export const readySeller = async (all: Everything): Promise<ReadySeller> => {
  const file = path.join(all.dir, "ready-seller.json");
  const kept = await keptIn(file);
  if (kept?.run === RUN && kept.extension === all.extensionDir && existsSync(kept.profile)) return kept;
  if (kept) await rm(kept.profile, { recursive: true, force: true, maxRetries: 5 });
  const made = await makeReadySeller(all);
  await writeFile(file, JSON.stringify({ ...made, run: RUN, extension: all.extensionDir } satisfies Kept));
  return made;
};

const makeReadySeller = async (all: Everything): Promise<ReadySeller> => {
  const profile = await mkdtemp(path.join(tmpdir(), "hawker-ready-"));
  const email = `ready-${Date.now()}@example.test`;
  const [sample, context] = await Promise.all([
    ensureSampleInventory(path.join(all.dir, "..", "sample"), READY_ITEMS),
    openBrowser(all, profile),
  ]);
  context.setDefaultTimeout(60_000); // what never comes is named before the fixture's own time is over
  try {
    const seller = new Seller(context, EXTENSION_ID, () => Promise.resolve());
    await seller.signUp(email, PASSWORD);
    await seller.importItems(sample.csv, sample.photos, READY_ITEMS.length);
    await Promise.all(SITES.map((site) => seller.logIn(site, "maria@example.test", "practice-maria")));
    for (const site of SITES) await seller.connect(site);
    const page = await seller.dashboard("settings");
    await expect.poll(() => localRows(page, "outbox"), { timeout: 60_000 }).toEqual([]);
  } finally {
    await context.close();
  }
  return { profile, email };
};
