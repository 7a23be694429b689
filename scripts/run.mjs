// The one door of every npm script. Runs on the Node that is there (20 or newer), sets up what is missing, says what
// it does, then hands over to the project's own Node 26 with the script of that name. No dependency may be used here.
import { spawnSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

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
    readFileSync(path.join(root, file), "utf8").includes("--help");
  if (!knowsMore) {
    console.log(`npm run ${name}${usage ? ` -- ${usage}` : ""}\n\n${help}.`);
    process.exit(0);
  }
}

installPackages();
if (needsBrowser && !args.includes("--help")) ensureBrowser();
const child = spawn(spawnableNode(), [path.join(root, file), ...preset, ...args], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
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

/** npm ci, once per package-lock.json. */
function installPackages() {
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
  const done = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) {
    say("set-up: npm ci failed; its own words are above. Check the network and run the same command again.");
    process.exit(1);
  }
  if (!spawnableNode()) {
    say("set-up: the 'node' package did not bring its binary. Run: npm rebuild node");
    process.exit(1);
  }
  writeFileSync(mark, lock);
}

/** A Chromium that is there, else Debian's, else Playwright's. On Debian also what makes tests and worker quick and whole. */
function ensureBrowser() {
  const isThere = () =>
    spawnSync(spawnableNode(), [path.join(root, "scripts", "find-chromium.ts")], { cwd: root }).status === 0;
  installDebianPackages(isThere());
  if (isThere()) return;
  say("set-up: installing Playwright's Chromium");
  const own = spawnSync(
    spawnableNode(),
    [path.join(root, "node_modules", "playwright-core", "cli.js"), "install", "chromium"],
    { stdio: ["ignore", "ignore", "inherit"], cwd: root },
  );
  if (own.status === 0) return;
  say(
    "set-up: no Chromium to be had. Install Chrome or Chromium, or set HAWKER_CHROMIUM to its path, and run this again.",
  );
  process.exit(1);
}

/** Asked for once: what this Debian does not have is done without. */
function installDebianPackages(hasBrowser) {
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  const missing = [
    ...(hasBrowser ? [] : ["chromium", "fonts-liberation"]),
    ...(existsSync("/usr/lib/chromium/chromium-headless-shell") || process.env.HAWKER_CHROMIUM
      ? []
      : ["chromium-headless-shell"]),
    ...(existsSync("/usr/bin/Xvfb") ? [] : ["xvfb", "xauth"]),
  ];
  const mark = path.join(root, ".hawker", "asked-apt-for");
  const asked = missing.join(" ");
  if (!asked || (existsSync(mark) && readFileSync(mark, "utf8") === asked)) return;
  say(`set-up: installing Debian's ${missing.join(", ")} (apt-get)`);
  const apt = (...options) =>
    spawnSync("apt-get", options, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  apt("update", "-qq");
  const install = (names) => apt("install", "-y", "-qq", "--no-install-recommends", ...names);
  if (!install(missing)) for (const name of missing) install([name]);
  mkdirSync(path.dirname(mark), { recursive: true });
  writeFileSync(mark, asked);
}
