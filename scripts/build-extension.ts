/**
 * The extension, built once per source and stamped per stack: the bundler runs with stand-in addresses, and each stack's
 * own are written over them in a copy. So tests, demo and benches run the very files of one build.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { STAND_INS, stamped, withHostsGranted, type Addresses } from "./stamp-extension.ts";

const root = path.resolve(import.meta.dirname, "..");
const kept = path.join(root, ".hawker", "extension");
const SOURCES = ["extension", "core", "marketplaces", "wxt.config.ts", "package-lock.json", "scripts/stamp-extension.ts"]; // oxfmt-ignore

export type BuildOptions = {
  addresses: Addresses;
  /** Grants the optional hosts, because automation cannot press Chrome's prompt. Nothing else differs. */
  hostsGranted: boolean;
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
    await hashOf(names.sort().map((n) => path.join(entry, n)), hash); // oxfmt-ignore
  }
  return hash;
}

const runWxt = (outDir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(path.join(root, "node_modules", ".bin", "wxt"), ["build"], {
      cwd: root,
      env: { ...process.env, ...STAND_INS, HAWKER_ENV: "local", HAWKER_OUT_DIR: outDir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`wxt build failed (${code}):\n${output}`)),
    );
  });

const KEPT = { built: 2, stamped: 6 };

/** Builds differ by their sources, stamped ones by their addresses too; a few are kept for the stacks that use them. */
async function dropOld(prefix: keyof typeof KEPT): Promise<void> {
  const names = (await readdir(kept)).filter((name) => name.startsWith(`${prefix}-`));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(kept, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT[prefix]);
  await Promise.all(old.map(({ name }) => rm(path.join(kept, name), { recursive: true, force: true })));
}

/** Makes a folder under its name only when it is whole. Of two that make the same at once the first one's stays: it is in use. */
async function keptAs(
  prefix: keyof typeof KEPT,
  hash: string,
  make: (dir: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(kept, `${prefix}-${hash}`);
  if (existsSync(path.join(folder, "manifest.json"))) return folder;
  const making = path.join(kept, `.making-${prefix}-${process.pid}`);
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await make(making);
  await dropOld(prefix);
  await rename(making, folder).catch(async (cause: unknown) => {
    if (!existsSync(path.join(folder, "manifest.json"))) throw cause;
    await rm(making, { recursive: true, force: true });
  });
  return folder;
}

async function build(dir: string): Promise<void> {
  const outDir = `${dir}-wxt`;
  await runWxt(outDir);
  const [built] = (await readdir(outDir)).filter((n) => existsSync(path.join(outDir, n, "manifest.json")));
  if (!built) throw new Error(`wxt build left no extension in ${outDir}.`);
  await cp(path.join(outDir, built), dir, { recursive: true });
  await rm(outDir, { recursive: true, force: true });
}

/** What every stack's own copy is made from. */
export async function builtExtension(
  say: (text: string) => void,
): Promise<{ source: string; built: string }> {
  const source = (await hashOf(SOURCES)).digest("hex").slice(0, 16);
  const built = await keptAs("built", source, (dir) => {
    say("extension: building");
    return build(dir);
  });
  return { source, built };
}

/** Returns the folder to load. */
export async function buildExtension({
  addresses,
  hostsGranted,
  say = () => undefined,
}: BuildOptions): Promise<string> {
  const { source, built } = await builtExtension(say);
  const setting = JSON.stringify([source, addresses, hostsGranted]);
  const hash = createHash("sha256").update(setting).digest("hex").slice(0, 16);
  return keptAs("stamped", hash, async (dir) => {
    await cp(built, dir, { recursive: true });
    for (const name of (await readdir(dir, { recursive: true })).filter((n) => /\.(js|json)$/.test(n))) {
      const file = path.join(dir, name);
      const text = await readFile(file, "utf8");
      const own = stamped(text, addresses);
      const out = hostsGranted && name === "manifest.json" ? withHostsGranted(own) : own;
      if (out !== text) await writeFile(file, out);
    }
  });
}
