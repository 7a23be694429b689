/** The bundle `wrangler deploy` would upload, running on workerd on this machine. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "..", "..");

/** @returns the path of the bundled script in `outDir`. */
export const bundleForWorkers = async (outDir: string): Promise<string> => {
  const wrangler = createRequire(import.meta.url)
    .resolve("wrangler/package.json")
    .replace(/package\.json$/, "bin/wrangler.js");
  const config = join(root, "server", "wrangler.jsonc");
  await run(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", outDir, "--config", config], {
    cwd: root,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1" },
  });
  return join(outDir, "workers.js");
};

export const startWorkerd = async (options: {
  scriptPath: string;
  bindings: Record<string, string>;
}): Promise<{ url: string; close: () => Promise<void> }> => {
  const miniflare = new Miniflare({
    modules: [{ type: "ESModule", path: "workers.js", contents: await readFile(options.scriptPath, "utf8") }],
    compatibilityDate: "2026-04-01",
    bindings: options.bindings,
    host: "127.0.0.1",
    port: 0,
    cf: false,
  });
  const url = await miniflare.ready;
  return { url: url.origin, close: () => miniflare.dispose() };
};
