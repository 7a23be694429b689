/** Bundles the model with a mutant's changes in the real files. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { Play } from "./hunt.ts";
import type { Mutant } from "./mutants.ts";

const entry = path.join(import.meta.dirname, "history.ts");

/** @throws when a change finds nothing to change: then the mutant says nothing about the code as it is. */
export async function mutated({ name, changes }: Pick<Mutant, "name" | "changes">): Promise<Play> {
  const left = new Set(changes);
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          onLoad({ filter: /core\/(posting|host)\/.*\.ts$/ }, async ({ path: file }) => {
            let contents = await readFile(file, "utf8");
            for (const change of changes) {
              if (!file.endsWith(`/${change.file}`)) continue;
              const before = contents;
              contents = contents.replace(pattern(change.find), () => change.put);
              if (contents !== before) left.delete(change);
            }
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  if (left.size > 0)
    throw new Error(`"${name}": ${[...left].map((one) => one.find).join(" | ")} is not in the code any more`);
  const code = built.outputFiles[0]!.text;
  const module = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as {
    play: Play;
  };
  return module.play;
}

/** The text with whatever line breaks the formatter chose. */
const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("\\s+"),
  );
