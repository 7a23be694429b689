/**
 * Finds a Chromium-like browser: HAWKER_CHROMIUM, then the usual places, then Playwright's own. Run alone it prints it, and
 * with --headless the one for work without a window.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
    .map((name) => process.env[name])
    .filter((folder): folder is string => !!folder)
    .flatMap((folder) =>
      [
        "Google/Chrome/Application/chrome.exe",
        "Chromium/Application/chrome.exe",
        "Microsoft/Edge/Application/msedge.exe",
      ].map((file) => path.join(folder, file)),
    ),
};

/** The same engine without windows, extensions and profiles: a context costs it a fifth of the time (ADR 6). */
const HEADLESS_SHELL = "/usr/lib/chromium/chromium-headless-shell";

const named = (): string | null => {
  const file = process.env["HAWKER_CHROMIUM"];
  if (file && !existsSync(file)) throw new Error(`HAWKER_CHROMIUM names ${file}, which is not there.`);
  return file || null;
};

/** Path of a browser that can carry the extension, or null. */
export function findChromium(): string | null {
  const installed = [...(PLACES[process.platform] ?? []), chromium.executablePath()];
  return named() ?? installed.find((file) => file && existsSync(file)) ?? null;
}

/** Path of the browser for work without a window and without the extension, or null. */
export function findHeadlessChromium(): string | null {
  return named() ?? (existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : findChromium());
}

/** Switches every automated start uses: no calls home, and no sandbox where it cannot work (root). */
export const chromiumArgs = (): string[] => [
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--disable-gpu",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const found = process.argv.includes("--headless") ? findHeadlessChromium() : findChromium();
  if (found) console.log(found);
  else process.exitCode = 1;
}
