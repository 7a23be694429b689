/** Builds page code to a string that `evaluate` can take: scripts by tag fail under a strict CSP, functions lose names. */
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "..", "..");
const built = new Map<string, Promise<string>>();

/** The entry (path from the repository's root) as one minified IIFE, built once per process. */
export function pageBundle(entry: string): Promise<string> {
  const kept = built.get(entry);
  if (kept) return kept;
  const making = build({
    entryPoints: [path.join(root, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    platform: "browser",
    legalComments: "none",
    absWorkingDir: root,
  }).then(({ outputFiles }) => {
    const [file] = outputFiles;
    if (!file) throw new Error(`esbuild made nothing of ${entry}.`);
    return file.text;
  });
  built.set(entry, making);
  return making;
}

const gzKB = (text: string): number => Math.round((gzipSync(text, { level: 9 }).length / 1024) * 10) / 10;

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const entry = process.argv[2] ?? "marketplaces/page.ts";
  const text = await pageBundle(entry);
  console.log(`${entry}: ${gzKB(text)} kB gzipped, ${Math.round(text.length / 1024)} kB plain`);
}
