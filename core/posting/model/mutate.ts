/** Bundles the model with a mutant's changes in the real files. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import type { Play } from "./hunt.ts";
import type { Change, Mutant } from "./mutants/mutant.ts";

const entry = path.join(import.meta.dirname, "history.ts");

/** Each file is read once, however many mutants there are. */
const sources = new Map<string, string>();
const sourceOf = (file: string): string => {
  const source = sources.get(file) ?? readFileSync(file, "utf8");
  sources.set(file, source);
  return source;
};

/** @throws when a change does not find its one place: then the mutant says nothing about the code as it is. */
export async function mutated({ name, changes }: Pick<Mutant, "name" | "changes">): Promise<Play> {
  const left = new Set(changes);
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext",
    platform: "node",
    logLevel: "silent",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          onLoad({ filter: /\/core\/.*\.ts$/ }, ({ path: file }) => {
            const own = changes.filter((change) => file.endsWith(`/${change.file}`));
            for (const change of own) left.delete(change);
            const contents = own.reduce((text, change) => changedBy(text, change, name), sourceOf(file));
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  if (left.size > 0)
    throw new Error(`"${name}": no file is called ${[...left].map(({ file }) => file).join(", ")}`);
  const code = built.outputFiles[0]!.text;
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  const { play } = (await import(url)) as { play: Play };
  return play;
}

function changedBy(text: string, { file, find, put }: Change, name: string): string {
  const found = [...text.matchAll(pattern(find))];
  if (found.length !== 1) throw new Error(`"${name}": ${found.length} times in ${file}: ${find}`);
  return text.replace(pattern(find), () => put);
}

/** The text with whatever line breaks the formatter chose. */
const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("\\s+"),
    "g",
  );
