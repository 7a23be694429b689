/**
 * Photographs every screen of the built extension, light and dark, and asks axe about each. Fails on anything axe calls
 * serious or critical. `npm run shots -- --help`
 */
import AxeBuilder from "@axe-core/playwright";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { chromiumArgs, findChromium } from "./find-chromium.ts";
import { ensureSampleInventory } from "./sample/inventory.ts";
import { SCREENS, type Screen, type Story } from "./shots/screens.ts";
import { emptyAll, seedStory } from "./shots/seed.ts";

const HELP = `npm run shots -- [--only NAME] [--scheme light|dark] [--out FOLDER] [--extension FOLDER]

Photographs every screen into docs/shots and checks each with axe.
  --only       screens whose name has this in it
  --scheme     one colour scheme only
  --out        where the pictures go (docs/shots)
  --extension  the built extension (.output/chrome-mv3-e2e; made by "npx wxt build --mode e2e")`;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    scheme: { type: "string" },
    out: { type: "string" },
    extension: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const root = path.resolve(import.meta.dirname, "..");
const out = path.resolve(values.out ?? path.join(root, "docs", "shots"));
const built = path.resolve(values.extension ?? path.join(root, ".output", "chrome-mv3-e2e"));
if (!existsSync(path.join(built, "manifest.json"))) {
  console.error(`There is no built extension in ${built}. Build it first: npx wxt build --mode e2e`);
  process.exit(1);
}

const browser = findChromium();
if (!browser) {
  console.error("There is no Chromium here. Install one, or set HAWKER_CHROMIUM to its path.");
  process.exit(1);
}
const launch = async (profile: string, extension: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    headless: false,
    executablePath: browser,
    reducedMotion: "reduce",
    args: [
      ...chromiumArgs(),
      "--headless=new",
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });

/** The key in the manifest fixes the id. */
const origin = "chrome-extension://kaafmeaoileogllgjilgdcphkabcdomd";

const importSample = async (page: Page): Promise<void> => {
  const { csv, photos } = await ensureSampleInventory(path.join(root, ".hawker", "sample"));
  await page.goto(`${origin}/dashboard.html#/inventory`);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByLabel("Shopify CSV file").setInputFiles(csv);
  await page.getByLabel("Photo files").setInputFiles(photos);
  await page.getByRole("button", { name: /^Import \d+ items?$/ }).click();
  await page.getByText(/items? imported/).waitFor({ timeout: 600_000 });
  await page.getByRole("button", { name: "Done", exact: true }).click();
};

type Finding = { screen: string; scheme: string; id: string; impact: string; nodes: string[] };

const photograph = async (
  page: Page,
  screen: Screen,
  scheme: "light" | "dark",
  width: number,
  suffix: string,
): Promise<Finding[]> => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: screen.height });
  await page.goto("about:blank");
  await page.goto(`${origin}/${screen.path}`);
  await page.locator("h1").first().waitFor();
  await page.getByRole("status", { name: "Loading" }).waitFor({ state: "detached" });
  await screen.act?.(page);
  await page.waitForFunction(() => [...document.images].every((i) => i.complete));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const name = `${screen.name}${suffix}-${scheme}`;
  await page.screenshot({ path: path.join(out, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => ({
      screen: screen.name + suffix,
      scheme,
      id: v.id,
      impact: v.impact ?? "",
      nodes: v.nodes.map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ""}`),
    }));
};

/** The pages alone: with the background at work the seeded posts would go on by themselves and no two pictures agree. */
const pagesOnly = async (folder: string): Promise<string> => {
  await cp(built, folder, { recursive: true });
  const file = path.join(folder, "manifest.json");
  const {
    background: _background,
    content_scripts: _scripts,
    ...manifest
  } = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  await writeFile(file, JSON.stringify(manifest));
  return folder;
};

const temporary = await mkdtemp(path.join(os.tmpdir(), "hawker-shots-"));
const context = await launch(
  path.join(temporary, "profile"),
  await pagesOnly(path.join(temporary, "extension")),
);
const findings: Finding[] = [];
let taken = 0;
try {
  await mkdir(out, { recursive: true });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("pageerror", (error) => console.error(`page error: ${error.message}`));
  const schemes = (["light", "dark"] as const).filter((s) => !values.scheme || s === values.scheme);
  const wanted = SCREENS.filter((s) => s.name.includes(values.only));
  for (const story of ["empty", "full"] satisfies Story[]) {
    const screens = wanted.filter((s) => s.story === story);
    if (screens.length === 0) continue;
    await page.goto(`${origin}/dashboard.html`);
    await page.locator("h1").first().waitFor();
    if (story === "empty") await emptyAll(page);
    else {
      await importSample(page);
      await seedStory(page, true);
    }
    for (const screen of screens) {
      for (const scheme of schemes) {
        findings.push(...(await photograph(page, screen, scheme, screen.width, "")));
        taken += 1;
        if (!screen.narrow || scheme === "dark") continue;
        findings.push(...(await photograph(page, screen, scheme, 360, "-360")));
        taken += 1;
      }
      console.log(`${screen.name}`);
    }
  }
} finally {
  await context.close();
  await rm(temporary, { recursive: true, force: true });
}
let bytes = 0;
for (const file of await readdir(out)) bytes += (await stat(path.join(out, file))).size;
for (const f of findings)
  console.error(`${f.screen} (${f.scheme}) ${f.impact} ${f.id}\n  ${f.nodes.slice(0, 4).join("\n  ")}`);
console.log(
  `${taken} pictures in ${path.relative(root, out) || out} (${(bytes / 1e6).toFixed(1)} MB), ${findings.length} serious or critical findings by axe.`,
);
if (findings.length > 0) process.exitCode = 1;
