/** Builds the fixture applications (real widget libraries) into pages. */
import path from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";

const folder = path.resolve(import.meta.dirname, "../fixtures/apps");
const built = new Map<string, Promise<string>>();

const bundleApp = (file: string): Promise<string> => {
  const kept = built.get(file) ?? build({
    entryPoints: [path.join(folder, file)], bundle: true, write: false, format: "esm", target: "es2022", jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' }, loader: { ".css": "text" }, legalComments: "none", logLevel: "error",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? ""); // oxfmt-ignore
  built.set(file, kept);
  return kept;
};

export async function openApp(page: Page, file: string): Promise<void> {
  const script = await bundleApp(file);
  await page.goto("about:blank");
  await page.setContent(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><body><div id="root"></div></body></html>',
  );
  await page.addScriptTag({ content: script, type: "module" });
  await page.waitForSelector("h1");
}

export const savedBy = (page: Page): Promise<Record<string, unknown>> => page.evaluate("window.saved");
