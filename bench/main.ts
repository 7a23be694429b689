/** `npm run bench -- NAME [--json]`: runs one bench and says whether its goals are met. */
import { parseArgs } from "node:util";
import { isMet, type Bench, type BenchResult, type Goal } from "./bench.ts";
import { watchMachine } from "./machine.ts";

const BENCHES: Record<string, { about: string; load: () => Promise<unknown> }> = {
  fill: {
    about: "each practice form: in the tab, in the worker, a hand-written script, the floor",
    load: () => import("./fill.ts"),
  },
  queue: {
    about: "create to claimed, and a drain of 10,000, beside Graphile Worker alone and a poller",
    load: () => import("./queue.ts"),
  },
  cloud: { about: "create to posted, posts a minute, memory a session", load: () => import("./cloud.ts") },
  api: { about: "create-job at 200/s beside the same SQL", load: () => import("./api.ts") },
  footprint: {
    about: "zip, content script, wake-up, popup paint, idle memory",
    load: () => import("./footprint.ts"),
  },
  model: {
    about:
      "histories of the posting protocol in a world where everything fails, and each rule taken out once",
    load: () => import("./model.ts"),
  },
  chaos: {
    about: "seeded faults of the site, the worker, its browser and its database; the ledger judges",
    load: () => import("./chaos.ts"),
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean" },
    runs: { type: "string" },
    from: { type: "string" },
    "add-to": { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});

const wholeNumber = (name: "runs" | "from"): number | undefined => {
  const text = values[name];
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  console.error(`--${name} takes a whole number from 1, not ${JSON.stringify(text)}.`);
  process.exit(2);
};

const [name] = positionals;
const known = name ? BENCHES[name] : undefined;
if (!known) {
  console.log("npm run bench -- NAME [--json] [--runs N] [--from SEED] [--add-to FILE]\n");
  for (const [key, { about }] of Object.entries(BENCHES)) console.log(`  ${key.padEnd(10)} ${about}`);
  console.log("\n--runs, --from and --add-to are for benches that play runs by seed (model, chaos).");
  if (name) console.error(`\nThere is no bench named ${name}.`);
  process.exit(name ? 2 : 0);
}

const readMachine = await watchMachine();
const bench = (await known.load()) as Pick<Bench, "run">;
const [runs, from, addTo] = [wholeNumber("runs"), wholeNumber("from"), values["add-to"]];
const options = { ...(runs && { runs }), ...(from && { from }), ...(addTo && { addTo }) };
const result: BenchResult = await bench.run((text) => console.error(`  ${text}`), options);
const met = Object.entries(result.goals).every(([figure, goal]) => isMet(result.figures[figure], goal));
const machine = await readMachine();
console.log(`\n${result.table.join("\n")}\n`);
const goalText = (goal: Goal | undefined) => (goal ? `${goal.op} ${goal.value}` : "");
for (const [figure, value] of Object.entries(result.figures)) {
  const goal = result.goals[figure];
  const mark = goal ? (isMet(value, goal) ? "met" : "MISSED") : "";
  console.log(`${figure.padEnd(20)} ${String(value).padStart(12)}   ${goalText(goal).padEnd(12)} ${mark}`);
}
const stolen =
  machine.stolen === null ? "" : `, ${Math.round(machine.stolen * 100)}% of the CPU time taken by others`;
console.log(`\n${machine.cores} cores, ${machine.memoryGiB} GiB${stolen}`);
if ((machine.stolen ?? 0) > 0.1)
  console.log("The machine was not its own: measure again before trusting this.");
if (values.json) {
  const goals = Object.fromEntries(
    Object.entries(result.goals).map(([figure, goal]) => [figure, goalText(goal)]),
  );
  console.log(JSON.stringify({ bench: name, figures: result.figures, goals, met, machine }));
}
process.exit(0);
