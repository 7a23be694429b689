/** The sites' own scripts and styles: built once per content, kept for every practice server of this clone. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const kept = join(root, "..", ".hawker", "practice-bundles");
const entries = {
  facebook: "facebook/client/main.tsx",
  mercari: "mercari/client/main.tsx",
  craigslist: "craigslist/client/main.ts",
} as const;

/** Everything a bundle may be made of, by content: sources of the pages and the versions of what they import. */
async function contentHash(): Promise<string> {
  const hash = createHash("sha256");
  const folders = [
    "page",
    "facebook",
    "facebook/client",
    "mercari",
    "mercari/client",
    "craigslist",
    "craigslist/client",
  ];
  for (const folder of folders) {
    for (const name of (await readdir(join(root, folder))).sort()) {
      if (!/\.(tsx?|css)$/.test(name) || name.includes(".test.")) continue;
      hash.update(`${folder}/${name}\n`).update(await readFile(join(root, folder, name)));
    }
  }
  hash.update(await readFile(join(root, "../package.json")));
  return hash.digest("hex").slice(0, 16);
}

async function build(outdir: string): Promise<void> {
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: join(root, path), out })),
    outdir,
    bundle: true,
    minify: true,
    format: "iife",
    target: "chrome120",
    jsx: "automatic",
    jsxImportSource: "@practice/jsx",
    alias: { "@practice/jsx/jsx-runtime": join(root, "page/jsx-runtime.ts") },
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".png": "dataurl" },
    legalComments: "none",
    logLevel: "error",
  });
}

export interface Bundles {
  /** `facebook.js`, `mercari.css` ... as text, or null when there is no such file. */
  read(name: string): string | null;
  /** Names the build in page addresses, so that browsers may cache it for ever. */
  readonly version: string;
}

/** Builds what is not built yet; a second start with the same sources takes milliseconds. */
export async function openBundles(): Promise<Bundles> {
  const version = await contentHash();
  const folder = join(kept, version);
  if (!existsSync(folder)) {
    const temporary = `${folder}.${process.pid}`;
    await mkdir(temporary, { recursive: true });
    await build(temporary);
    // Two starts at once build the same thing: whoever comes second keeps the first one's.
    await rename(temporary, folder).catch(() => rm(temporary, { recursive: true, force: true }));
    await removeOthers(version);
  }
  // All of it now: a start after an edit may remove the folder while this server runs.
  const names = await readdir(folder);
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
  return { version, read: (name) => files.get(name) ?? null };
}

async function removeOthers(keep: string): Promise<void> {
  for (const name of await readdir(kept))
    if (!name.startsWith(keep)) await rm(join(kept, name), { recursive: true, force: true });
}
