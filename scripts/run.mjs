// The one door of every npm script. Runs on the Node that is there (20 or newer), sets up what is missing, says what
// it does, then hands over to the project's own Node 26 with the script of that name. No dependency may be used here.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** name -> [file, needs a browser, one-line help, usage] */
const COMMANDS = {
  demo: [
    "scripts/demo.ts",
    true,
    "sets everything up, runs the main job, prints a table, exits",
    "[--json] [--headed]",
  ],
  start: [
    "scripts/start.ts",
    true,
    "sets everything up and keeps it running; opens a browser when there is a display",
    "[--no-browser]",
  ],
  dev: ["scripts/start.ts", true, "start, with the extension rebuilt on every change", "", ["--watch"]],
  test: [
    "scripts/test.ts",
    true,
    "every check: types, lint, format, imports, unit, database, API, worker, extension",
    "[--only NAME] [--fresh] [--list]",
  ],
  build: ["scripts/build.ts", false, "the store-ready zip of the extension", ""],
  bench: ["bench/main.ts", true, "measures; without a name it lists the benches", "[NAME] [--json]"],
  inspect: [
    "scripts/inspect.ts",
    true,
    "says for every control of a page which item field it is",
    "(--url U | --html FILE) [--item FILE] [--fill] [--storage-state FILE] [--screenshot FILE] [--json]",
  ],
  shots: ["scripts/shots.ts", true, "photographs every screen into docs/shots", ""],
  goldens: [
    "marketplaces/goldens.ts",
    false,
    "shows, or with --write captures, the golden plans",
    "[--write]",
  ],
  "new:marketplace": ["marketplaces/new.ts", false, "starts a marketplace folder", "NAME"],
  "types:db": [
    "supabase/generate-types.ts",
    false,
    "writes supabase/database.types.ts from the database",
    "[--check]",
  ],
  "migrate:queue": [
    "supabase/migrate-queue.ts",
    false,
    "installs the queue's schema in the database of HAWKER_ADMIN_DATABASE_URL",
    "",
  ],
};

const say = (text) => process.stderr.write(`${text}\n`);
const [name, ...args] = process.argv.slice(2);
const command = COMMANDS[name ?? ""];
if (!command) {
  say("Usage: npm run NAME -- [options]\n");
  for (const [n, c] of Object.entries(COMMANDS)) say(`  ${n.padEnd(16)} ${c[2]}`);
  process.exit(name && name !== "--help" ? 2 : 0);
}
const [file, needsBrowser, help, usage, preset = []] = command;
if (args.includes("--help") || args.includes("-h")) {
  const own = spawnableNode();
  const knowsMore =
    own &&
    existsSync(path.join(root, file)) &&
    readFileSync(path.join(root, file), "utf8").includes("help: {");
  if (!knowsMore) {
    console.log(`npm run ${name}${usage ? ` -- ${usage}` : ""}\n\n${help}.`);
    process.exit(0);
  }
}

const wantsBrowser = needsBrowser && !args.includes("--help");
// One unpacks, the other downloads: beside each other they take the time of the longer one.
await Promise.all([installPackages(), wantsBrowser ? installDebianPackages() : undefined]);
if (wantsBrowser) await ensureBrowser();
const plainly = pathToFileURL(path.join(root, "scripts", "plain-errors.ts")).href;
const child = spawn(spawnableNode(), ["--import", plainly, path.join(root, file), ...preset, ...args], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    HAWKER_COMMAND: name,
    // Tests and benches start a hundred processes from the same files: compiled once, not each time.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, ".hawker", "compile-cache"),
    PATH: `${path.join(root, "node_modules", "node", "bin")}${path.delimiter}${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}`,
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function spawnableNode() {
  const own = path.join(
    root,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  return existsSync(own) ? own : null;
}

/** Whether the command ended well. Its complaints are shown, the rest is not. */
function runQuietly(program, options, more = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, options, { cwd: root, stdio: ["ignore", "ignore", "inherit"], ...more });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

/** npm ci, once per package-lock.json. */
async function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const mark = path.join(root, "node_modules", ".hawker-lock");
  const current = existsSync(mark) ? readFileSync(mark, "utf8") : null;
  if (current === lock && spawnableNode()) return;
  // Packages a developer just added with npm install are as good as installed: the lock file npm keeps says so.
  if (current === null && !process.env.CI && spawnableNode()) return void writeFileSync(mark, lock);
  say("set-up: installing packages (npm ci), about two minutes the first time");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = await runQuietly(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32",
  });
  if (!done) {
    say("set-up: npm ci failed; its own words are above. Check the network and run the same command again.");
    process.exit(1);
  }
  if (!spawnableNode()) {
    say("set-up: the 'node' package did not bring its binary. Run: npm rebuild node");
    process.exit(1);
  }
  writeFileSync(mark, lock);
}

/** Asked for once: what this Debian does not have is done without. */
async function installDebianPackages() {
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  const missing = [
    ...(browserIsInstalled() ? [] : ["chromium", "fonts-liberation"]),
    ...(existsSync("/usr/lib/chromium/chromium-headless-shell") || process.env.HAWKER_CHROMIUM
      ? []
      : ["chromium-headless-shell"]),
    ...(existsSync("/usr/bin/Xvfb") ? [] : ["xvfb", "xauth"]),
  ];
  const mark = path.join(root, ".hawker", "asked-apt-for");
  const asked = missing.join(" ");
  if (!asked || (existsSync(mark) && readFileSync(mark, "utf8") === asked)) return;
  say(`set-up: installing Debian's ${missing.join(", ")} (apt-get)`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...options) => runQuietly("apt-get", options, { env });
  await apt("update", "-qq");
  const install = (names) => apt("install", "-y", "-qq", "--no-install-recommends", ...names);
  if (!(await install(missing))) for (const name of missing) await install([name]);
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, asked);
}

/** Asked before any package is there; find-chromium.ts has the last word. */
function browserIsInstalled() {
  const own = process.env.PLAYWRIGHT_BROWSERS_PATH || path.join(homedir(), ".cache", "ms-playwright");
  return (
    !!process.env.HAWKER_CHROMIUM ||
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].some((name) =>
      existsSync(`/usr/bin/${name}`),
    ) ||
    (existsSync(own) && readdirSync(own).some((name) => name.startsWith("chromium-")))
  );
}

/** A Chromium that is there (by now Debian's, where there is apt), else Playwright's. */
async function ensureBrowser() {
  const isThere = () =>
    runQuietly(spawnableNode(), [path.join(root, "worker", "browser", "find-chromium.ts")]);
  if (await isThere()) return;
  say("set-up: installing Playwright's Chromium");
  const cli = path.join(root, "node_modules", "playwright-core", "cli.js");
  if (await runQuietly(spawnableNode(), [cli, "install", "chromium"])) return;
  say(
    "set-up: no Chromium to be had. Install Chrome or Chromium, or set HAWKER_CHROMIUM to its path, and run this again.",
  );
  process.exit(1);
}
