/** Builds the extension with its addresses baked in, once per source and setting. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const SOURCES = ["extension", "core", "marketplaces", "wxt.config.ts", "package-lock.json"];

export type BuildOptions = {
  /** `e2e`: the optional hosts are granted, because automation cannot press Chrome's prompt. Nothing else differs. */
  mode: "production" | "e2e";
  define: Record<string, string>;
  say?: (text: string) => void;
};

async function hashOf(entries: string[], hash = createHash("sha256")) {
  for (const entry of entries) {
    const full = path.join(root, entry);
    if (!existsSync(full)) continue;
    const children = await readdir(full, { withFileTypes: true }).catch(() => null);
    if (!children) {
      hash.update(entry).update(await readFile(full));
      continue;
    }
    const names = children
      .map((c) => c.name)
      .filter((n) => !/\.test\.tsx?$|^fixtures$|^testing$|\.md$/.test(n));
    await hashOf(names.sort().map((n) => path.join(entry, n)), hash); // prettier-ignore
  }
  return hash;
}

const run = (args: string[], env: Record<string, string>): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(path.join(root, "node_modules", ".bin", "wxt"), args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`wxt ${args.join(" ")} failed (${code}):\n${output}`)),
    );
  });

const KEPT = 6;

/** Builds differ by their addresses; a few are kept for the stacks that use them. */
async function dropOldBuilds(): Promise<void> {
  const dir = path.join(root, ".hawker", "extension");
  const names = (await readdir(dir)).filter((name) => /^(production|e2e)-/.test(name));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(dir, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ name }) => rm(path.join(dir, name), { recursive: true, force: true })));
}

/** Returns the folder to load. */
export async function buildExtension({ mode, define, say = () => undefined }: BuildOptions): Promise<string> {
  const hash = (await hashOf(SOURCES))
    .update(JSON.stringify([mode, define]))
    .digest("hex")
    .slice(0, 16);
  const kept = path.join(root, ".hawker", "extension", `${mode}-${hash}`);
  if (existsSync(path.join(kept, "manifest.json"))) return kept;
  say(`extension: building (${mode})`);
  // A folder of this process: two builds at once do not meet.
  const building = path.join(root, ".hawker", "extension", `.building-${process.pid}`);
  await rm(building, { recursive: true, force: true });
  await run(["build", ...(mode === "e2e" ? ["--mode", "e2e"] : [])], {
    ...define,
    HAWKER_OUT_DIR: building,
  });
  const [built] = (await readdir(building)).filter((name) =>
    existsSync(path.join(building, name, "manifest.json")),
  );
  if (!built) throw new Error(`wxt build left no extension in ${building}.`);
  await dropOldBuilds();
  await rm(kept, { recursive: true, force: true });
  await rename(path.join(building, built), kept);
  await rm(building, { recursive: true, force: true });
  await writeFile(path.join(kept, "..", "newest"), kept);
  return kept;
}
