/**
 * Chaos: a worker posts to the practice sites. Each run draws by its seed what is wrong with the site for one posting, and
 * what is done to the worker, its browser or its line to the database meanwhile. A person answers what is asked, rightly and
 * after a while. The judge is the sites' own ledger, a process of its own.
 *
 * duplicates: listings beyond the first of an item at a login. lost: postings that ended otherwise than the ledger says.
 * deadEnds: postings that never came to an end although all that was asked was answered. asked: questions; askedHidden: those
 * about a press while the listing was there and nothing showed it. recoveryMaxS: from when the worker could go on to the first
 * thing that happened to a posting it was driving.
 */
import { waysOut } from "#core/posting/index.ts";
import { databaseLine } from "#worker/testing/database-line.ts";
import { startSellerWorld, type SellerWorld } from "#worker/testing/seller-world.ts";
import { round, type BenchOptions, type BenchResult } from "./bench.ts";
import { drawRun, SCALE, toldRun } from "./chaos/draw.ts";
import { loginPool, madeOf, order, type Order } from "./chaos/orders.ts";
import { Person, type Asked } from "./chaos/person.ts";
import { addTo, total, type Stretch } from "./chaos/tally.ts";
import { recoveries, supervise, type Blow, type Recovery } from "./chaos/violence.ts";

const RUNS = 50;
const FROM = 1;
/** A recovery that takes as long is told of. */
const SLOW_S = 60;
/** Under way at most: each blow meets work, and none waits long for its turn. */
const IN_FLIGHT = 6;
const FINAL: readonly string[] = ["done", "failed", "cancelled"];
/** Longer than any lease, window and rest that a run can lead to. */
const PATIENCE_MS = 600_000;
const LOOK_EVERY_MS = 250;

export const about =
  "seeded faults of the site, and of the worker, its browser and its database; the ledger judges";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const isOver = async (world: SellerWorld, { targetId }: Order): Promise<boolean> =>
  FINAL.includes((await world.target(targetId)).state);

/** Waits until fewer than `most` are under way; what is over gives its login back. */
const settleTo = async (most: number, open: Set<Order>, world: SellerWorld, over: (order: Order) => void) => {
  for (const ends = Date.now() + PATIENCE_MS; Date.now() < ends; await pause(LOOK_EVERY_MS)) {
    for (const each of open)
      if (await isOver(world, each)) {
        open.delete(each);
        over(each);
      }
    if (open.size <= most) return;
  }
};

const judge = async (world: SellerWorld, orders: readonly Order[]) => {
  const made = await madeOf(world);
  const verdict = { done: 0, failed: 0, duplicates: 0, lost: 0, deadEnds: 0, stories: [] as string[] };
  for (const each of orders) {
    const target = await world.target(each.targetId);
    const count = made(each).length;
    const tell = (what: string) =>
      verdict.stories.push(
        `${what}: ${toldRun(each.run)}: ${target.state} (${target.reason ?? "no reason"}), ${count} in the ledger`,
      );
    if (target.state === "done") verdict.done += 1;
    if (target.state === "failed") {
      verdict.failed += 1;
      tell("failed");
    }
    if (count > 1) {
      verdict.duplicates += count - 1;
      tell("duplicate");
    }
    const agrees = target.state === "done" ? count >= 1 : count === 0;
    if (FINAL.includes(target.state)) {
      if (agrees) continue;
      verdict.lost += 1;
      tell("lost");
    } else {
      verdict.deadEnds += 1;
      tell(`never ended (${waysOut(target).length} ways out)`);
    }
  }
  return verdict;
};

const byCause = (asked: readonly Asked[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { cause } of asked) counts[cause] = (counts[cause] ?? 0) + 1;
  return counts;
};

const play = async (runs: number, from: number, say: (text: string) => void): Promise<Stretch> => {
  const world = await startSellerWorld();
  const line = await databaseLine(world.stack.workerDatabaseUrl);
  const worker = await supervise(world, line, SCALE);
  const orders: Order[] = [];
  const open = new Set<Order>();
  const blows: Blow[] = [];
  const pool = loginPool(world);
  const person = new Person(world, () => [...open]);
  const closed = ({ account, faultId }: Order): void => {
    if ([...open].some((other) => other.account.id === account.id)) return;
    if (faultId) void world.control.release({ id: faultId });
    pool.giveBack(account);
  };
  try {
    for (let seed = from; seed < from + runs; seed += 1) {
      await settleTo(IN_FLIGHT - 1, open, world, closed);
      const run = drawRun(seed);
      for (const each of await order(world, pool, run)) {
        orders.push(each);
        open.add(each);
      }
      blows.push(await worker.strike(run.violence));
      if ((seed - from + 1) % 10 === 0) say(`${seed - from + 1} runs, ${orders.length} postings`);
    }
    say("no more blows: letting it finish");
    await settleTo(0, open, world, closed);
    await person.leave();
    const interrupted = blows.flatMap(({ targets }) => targets);
    const recovered = await recoveries(world, blows);
    const verdict = await judge(world, orders);
    const hidden = person.asked.filter(({ isHidden }) => isHidden);
    return {
      from,
      runs,
      jobs: orders.length,
      interrupted: new Set(interrupted).size,
      ...verdict,
      recoveryMaxS: round(Math.max(0, ...recovered.map(({ seconds }) => seconds)), 1),
      stories: [...verdict.stories, ...recovered.filter(({ seconds }) => seconds >= SLOW_S).map(slow)],
      asked: byCause(person.asked),
      askedHidden: byCause(hidden),
    };
  } finally {
    await person.leave();
    await worker.stop();
    await line.close();
    await world.close();
  }
};

const slow = ({ seconds, target, after }: Recovery): string =>
  `slow: ${target} stood still for ${round(seconds, 1)} s after ${after}`;

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((n, one) => n + one, 0);
const listed = (counts: Record<string, number>): string[] =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, count]) => `  ${String(count).padStart(4)}  ${cause}`);

export const run = async (
  say: (text: string) => void = () => undefined,
  { runs = RUNS, from = FROM, addTo: file }: BenchOptions = {},
): Promise<BenchResult> => {
  const stretch = await play(runs, from, say);
  const all = total(file ? await addTo(file, stretch) : [stretch]);
  const { asked, askedHidden, stories, from: first, ...figures } = all;
  return {
    figures: { ...figures, asked: sum(asked), askedHidden: sum(askedHidden) },
    goals: {
      duplicates: { op: "=", value: 0 },
      lost: { op: "=", value: 0 },
      deadEnds: { op: "=", value: 0 },
      failed: { op: "=", value: 0 },
      recoveryMaxS: { op: "<", value: SLOW_S },
    },
    table: [
      `${all.runs} runs from seed ${first}, ${all.jobs} postings, ${all.interrupted} of them interrupted: ${all.done} done`,
      `asked ${sum(asked)}:`,
      ...listed(asked),
      `of them hidden ${sum(askedHidden)}:`,
      ...listed(askedHidden),
      ...stories,
    ],
  };
};
