/**
 * Photographs every screen of the built extension, light and dark, asks axe about each and walks it by keyboard. Fails on
 * anything axe calls serious or critical, on what Tab does not reach and on focus that cannot be seen. `npm run shots -- --help`
 */
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { buildExtension } from "./build-extension.ts";
import { chromiumArgs, findChromium } from "#worker/browser/find-chromium.ts";
import { importSample } from "./shots/import-sample.ts";
import { createCamera, type Finding, type Scheme } from "./shots/camera.ts";
import { walkByKeyboard } from "./shots/keyboard.ts";
import { SCREENS, type Screen } from "./shots/screens.ts";
import { STAND_INS } from "./stamp-extension.ts";
import { emptyAll, seedStory } from "./shots/seed.ts";
import type { Story } from "./shots/seed-posts.ts";

const HELP = `npm run shots -- [--only NAME] [--scheme light|dark] [--out FOLDER] [--extension FOLDER]

Photographs every screen into docs/shots, checks each with axe and walks it by keyboard.
  --only       screens whose name has this in it
  --scheme     one colour scheme only
  --out        where the pictures go (docs/shots)
  --extension  a built extension; without it one is built`;

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
// No stack runs: the pages are photographed with rows written into their own database.
const built = values.extension
  ? path.resolve(values.extension)
  : await buildExtension({ addresses: STAND_INS, hostsGranted: true, say: console.error });
if (!existsSync(path.join(built, "manifest.json"))) {
  console.error(`There is no built extension in ${built}.`);
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
/** The cookies a logged-in seller's browser has for the consent page to name; their values mean nothing. */
await context.addCookies(
  ["_mwus", "_mercari_session", "csrf_token", "device_id", "locale"].map((name) => ({
    name,
    value: "for-the-picture",
    domain: ".mercari.com",
    path: "/",
    secure: true,
  })),
);
const schemes = (["light", "dark"] satisfies Scheme[]).filter((s) => !values.scheme || s === values.scheme);
const camera = createCamera(out);
const findings: Finding[] = [];

const open = async (page: Page, screen: Screen, width: number): Promise<void> => {
  await page.emulateMedia({ colorScheme: schemes[0] ?? "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: screen.height });
  await page.goto("about:blank");
  await page.goto(`${origin}/${screen.path}`);
  await (screen.heading === false ? page.getByRole("alert") : page.locator("h1")).first().waitFor();
  const loading = page.getByRole("status", { name: "Loading" });
  await loading.waitFor({ state: screen.loading ? "visible" : "detached" });
  await screen.act?.(page);
};

try {
  await mkdir(out, { recursive: true });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("pageerror", (error) => console.error(`page error: ${error.message}`));
  const wanted = SCREENS.filter((s) => s.name.includes(values.only));
  const importing = "import-running".includes(values.only) || values.only.startsWith("import-");
  for (const story of ["empty", "idle", "full", "panel", "questions"] satisfies Story[]) {
    const screens = wanted.filter((s) => s.story === story);
    if (screens.length === 0 && !(story === "idle" && importing)) continue;
    await page.goto(`${origin}/dashboard.html`);
    await page.locator("h1").first().waitFor();
    if (story === "empty") await emptyAll(page);
    else {
      const take = importing ? (name: string) => camera.take(page, name, schemes) : null;
      findings.push(...(await importSample(page, origin, path.join(root, ".hawker", "sample"), take)));
      await seedStory(page, story);
    }
    for (const screen of screens) {
      const after = await screen.before?.(page);
      await open(page, screen, screen.width);
      findings.push(...(await camera.take(page, screen.name, schemes)));
      findings.push(...(await walkByKeyboard(page, screen.name)));
      for (const width of schemes.includes("light") ? (screen.also ?? []) : []) {
        await open(page, screen, width);
        findings.push(...(await camera.take(page, `${screen.name}-${width}`, ["light"])));
      }
      await after?.();
      console.log(screen.name);
    }
  }
} finally {
  await context.close();
  await rm(temporary, { recursive: true, force: true });
}
for (const f of findings)
  console.error(`${f.screen} ${f.impact} ${f.id}\n  ${f.nodes.slice(0, 4).join("\n  ")}`);
console.log(
  `${camera.taken()} pictures in ${path.relative(root, out) || out} (${(camera.bytes() / 1e6).toFixed(1)} MB), ${findings.length} serious or critical findings.`,
);
if (findings.length > 0) process.exitCode = 1;
