/**
 * `npm test`: every check, unattended. A stage whose inputs did not change since it last passed is not run again
 * (never so under CI); its counts are then said to be remembered.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import path from "node:path";
import { STAGES, type Stage } from "./stages.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    fresh: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help || values.list) {
  console.log(
    "npm test -- [--only NAME]... [--fresh] [--list]\n\nStages: " + STAGES.map((s) => s.name).join(", "),
  );
  console.log(
    "--only    just this stage (repeatable)\n--fresh   run even what has not changed since it passed",
  );
  process.exit(0);
}

type Result = { name: string; passed: number; failed: number; seconds: number; remembered: boolean };
const root = path.resolve(import.meta.dirname, "..");
const state = path.join(root, ".hawker");
const memoryFile = path.join(state, "passed-stages.json");
mkdirSync(state, { recursive: true });

/** Hash of all files git knows or would add: what any stage may depend on. */
function inputsHash(): string {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  })
    .split("\n")
    .filter((f) => f && !f.startsWith("docs/") && !f.endsWith(".md"));
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const full = path.join(root, file);
    if (existsSync(full)) hash.update(file).update(readFileSync(full));
  }
  return hash.digest("hex");
}

/** `heard` takes what it prints, for commands that run beside others; without it the terminal does. */
function run(argv: string[], heard?: string[]): Promise<number> {
  const [program = "", ...rest] = argv;
  const bin = path.join(root, "node_modules", ".bin", program);
  return new Promise((resolve) => {
    const child = spawn(bin, rest, {
      cwd: root,
      stdio: heard ? ["ignore", "pipe", "pipe"] : "inherit",
      env: { ...process.env, NO_COLOR: "1" },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => heard?.push(chunk.toString()));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

type Counts = { passed: number; failed: number };
function readReport(stage: Stage, file: string, code: number): Counts {
  const none = { passed: 0, failed: Math.max(1, code) };
  if (!existsSync(file)) return none;
  const report = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  if (stage.count === "vitest") {
    const passed = Number(report["numPassedTests"] ?? 0);
    const failed = Number(report["numFailedTests"] ?? 0);
    return { passed, failed: failed || (code ? 1 : 0) || (passed ? 0 : 1) };
  }
  const stats = report["stats"] as { expected: number; unexpected: number; flaky: number };
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky || (code ? 1 : 0) || (stats.expected ? 0 : 1),
  };
}

async function runStage(stage: Stage, heard?: string[]): Promise<Counts> {
  const report = path.join(state, `report-${stage.name}.json`);
  let passed = 0;
  let failed = 0;
  for (const argv of stage.commands) {
    if (stage.count === "commands") {
      if ((await run(argv, heard)) === 0) passed += 1;
      else failed += 1;
      continue;
    }
    writeFileSync(report, "");
    process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = report;
    const extra =
      stage.count === "vitest"
        ? ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
        : ["--reporter=list,json"];
    const code = await run([...argv, ...extra], heard);
    const counts = readFileSync(report, "utf8") ? readReport(stage, report, code) : { passed: 0, failed: 1 };
    passed += counts.passed;
    failed += counts.failed;
  }
  return { passed, failed };
}

const hash = inputsHash();
const memory: Record<string, { hash: string; passed: number }> =
  existsSync(memoryFile) && !process.env["CI"] && !values.fresh
    ? (JSON.parse(readFileSync(memoryFile, "utf8")) as never)
    : {};
const chosen = STAGES.filter((s) => !values.only || values.only.includes(s.name));
if (chosen.length === 0) {
  console.error(`No stage of that name. Stages: ${STAGES.map((s) => s.name).join(", ")}`);
  process.exit(2);
}
const results = new Map<string, Result>();
async function settleStage(stage: Stage, beside: boolean): Promise<void> {
  const known = memory[stage.name];
  if (known?.hash === hash) {
    results.set(stage.name, {
      name: stage.name,
      passed: known.passed,
      failed: 0,
      seconds: 0,
      remembered: true,
    });
    return;
  }
  const heard: string[] | undefined = beside ? [] : undefined;
  if (!beside) console.log(`\n== ${stage.name}`);
  const began = performance.now();
  const counts = await runStage(stage, heard);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (heard) console.log(`\n== ${stage.name}\n${heard.join("")}`.trimEnd());
  results.set(stage.name, { name: stage.name, ...counts, seconds, remembered: false });
  if (counts.failed === 0) memory[stage.name] = { hash, passed: counts.passed };
  else delete memory[stage.name];
  writeFileSync(memoryFile, JSON.stringify(memory));
}

/** Runs stages `lanes` at a time, in their order. What one prints is kept together when others run beside it. */
async function runBeside(stages: Stage[], lanes: number): Promise<void> {
  const waiting = [...stages];
  const beside = Math.min(lanes, stages.length) > 1;
  const lane = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) await settleStage(stage, beside);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
// Three at a time on two cores: servers and browsers wait for each other half of the time.
await runBeside(
  chosen.filter(({ count }) => count !== "playwright"),
  3,
);
// The extension's browsers have the machine to themselves.
await runBeside(
  chosen.filter(({ count }) => count === "playwright"),
  1,
);

console.log("\nstage          passed  failed  seconds");
for (const r of results.values()) {
  const time = r.remembered ? "unchanged since it passed" : r.seconds.toFixed(1).padStart(7);
  console.log(
    `${r.name.padEnd(14)} ${String(r.passed).padStart(6)}  ${String(r.failed).padStart(6)}  ${time}`,
  );
}
const failed = [...results.values()].reduce((n, r) => n + r.failed, 0);
writeFileSync(path.join(state, "test-summary.json"), JSON.stringify({ stages: [...results.values()] }));
console.log(
  failed === 0
    ? "\nAll green. Next: npm run demo"
    : `\n${failed} failed. Run one stage again with: npm test -- --only NAME`,
);
process.exit(failed === 0 ? 0 : 1);
