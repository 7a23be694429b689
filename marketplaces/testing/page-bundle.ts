/** The page bundle as a string, as the worker and the extension's build make it. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

let built: Promise<string> | null = null;

/** Built once per process. */
export const pageBundle = (): Promise<string> =>
  (built ??= build({
    entryPoints: [fileURLToPath(new URL("../page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    charset: "utf8",
    target: "chrome120",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? ""));
