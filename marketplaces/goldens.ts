/** `npm run goldens`: shows, or with --write captures, the golden plans. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { CHANNEL_IDS } from "./index.ts";
import { goldensNow, goldenText } from "./testing/golden-plans.ts";

const HELP = `npm run goldens -- [--write]

Makes the plan of every sample item for every marketplace and compares it with the captured one
(marketplaces/<id>/fixtures/<item>.plan.json). With --write it captures them anew.
Ends with 1 when something differs and nothing was written.`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => !["--write", "--help", "-h"].includes(arg));
if (unknown || args.includes("--help") || args.includes("-h")) {
  console.log(unknown ? `Unknown option ${unknown}.\n\n${HELP}` : HELP);
  process.exit(unknown ? 2 : 0);
}
const write = args.includes("--write");
const root = import.meta.dirname;
let differing = 0;

const goldens = goldensNow();
for (const { channel, sample, file, plan } of goldens) {
  const now = goldenText(plan);
  const before = await readFile(file, "utf8").catch(() => null);
  const state = before === null ? "new" : before === now ? "same" : "differs";
  console.log(
    `${channel.padEnd(12)} ${sample.padEnd(16)} ${String(plan.fill.length + plan.submit.length).padStart(3)} steps  ${state}`,
  );
  if (state === "same") continue;
  differing += 1;
  if (write) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, now);
  }
}

const files = new Set(goldens.map(({ file }) => file));
for (const channel of CHANNEL_IDS) {
  const folder = path.join(root, channel, "fixtures");
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    if (!name.endsWith(".plan.json") || files.has(file)) continue;
    differing += 1;
    console.log(
      `${channel.padEnd(12)} ${name}: no sample item makes this plan any more${write ? "; removed" : ""}`,
    );
    if (write) await rm(file);
  }
}

if (differing === 0) console.log("\nAll golden plans are as captured.");
else if (write)
  console.log(
    "\nCaptured. Next: look at the difference (git diff marketplaces), then npm test -- --only marketplaces",
  );
else {
  console.log(`\n${differing} differ. If that is meant: npm run goldens -- --write`);
  process.exit(1);
}
