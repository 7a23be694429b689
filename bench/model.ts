/**
 * Model: the real protocol (core/posting, core/host) in a simulated world, history by history from a seed; the world's own
 * rows are the judge. Three of four histories have more than a quarter of all choices against it; in the others it is two in
 * a hundred, and there is counted what a person is asked.
 *
 * violations: of what must hold at every instant (core/posting/model/oracle.ts), each told as a story. mistaken: a look-alike
 * that a third hand made in between was taken for the listing, which is accepted and shown to the person. unheard: cancelled
 * elsewhere before a browser that was cut off told of its seller's press. frozen: after a press
 * by a machine whose clocks had all stood still. askedHidden: asked whether it is there while it is and no list shows it;
 * calledAfterADay: the same, a day after the site itself had said so. mutantsCaught: rules that are missed when taken out.
 */
import { z } from "zod";
import { caught } from "#core/posting/model/catch.ts";
import { play } from "#core/posting/model/history.ts";
import { type Hunt, hunt, storiesOf } from "#core/posting/model/hunt.ts";
import { MUTANTS } from "#core/posting/model/mutants/index.ts";
import { round, type BenchOptions, type BenchResult } from "./bench.ts";
import { addTo, type Counts, counts, together } from "./stretches.ts";

const RUNS = 5_000;
const FROM = 1;
const LIGHT_SHARE = 0.25;
const LIGHT = 0.02;
const CALLED_AFTER_A_DAY = "there: said-listed";

export const about =
  "histories of the posting protocol in a world where everything fails, and each rule taken out once";

const stretchSchema = z.object({
  from: z.number(),
  runs: z.number(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  presses: z.number(),
  /** Histories by kind of violation, and by what was tried. */
  found: counts,
  frozen: counts,
  happened: counts,
  /** Light histories only: questions by cause. */
  light: z.number(),
  asked: counts,
  askedHidden: counts,
  stories: z.array(z.string()),
});
type Stretch = z.infer<typeof stretchSchema>;

const ACCEPTED = ["mistaken", "unheard"];
const isFault = (kind: string): boolean => !ACCEPTED.includes(kind);
const sum = (of: Counts): number => Object.values(of).reduce((a, b) => a + b, 0);
const foundIn = ({ found }: Hunt): Counts =>
  Object.fromEntries([...found].map(([kind, { count }]) => [kind, count]));

const playStretch = async (from: number, runs: number, say: (text: string) => void): Promise<Stretch> => {
  const light = Math.floor(runs * LIGHT_SHARE);
  const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
  const onProgress = (histories: number) => {
    if (histories % 5_000 === 0) say(`${histories} histories`);
  };
  const heavy = await hunt(play, { histories: runs - light, seed: from, onProgress });
  const lightly = await hunt(play, { histories: light, seed: from + runs - light, rate: LIGHT, onProgress });
  const { user, system } = process.cpuUsage(cpuBefore);
  const both = [heavy, lightly];
  const stories = await Promise.all(both.map((hunted) => storiesOf(play, hunted, isFault)));
  return {
    from,
    runs,
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    presses: heavy.presses + lightly.presses,
    found: together(both.map(foundIn)),
    frozen: together(both.map(({ frozen }) => frozen)),
    happened: together(both.map(({ happened }) => happened)),
    light,
    asked: lightly.asked,
    askedHidden: lightly.askedHidden,
    stories: stories.flat(),
  };
};

const total = (all: readonly Stretch[]): Stretch => {
  const added = (of: (one: Stretch) => number) => all.reduce((n, one) => n + of(one), 0);
  return {
    from: Math.min(...all.map(({ from }) => from)),
    runs: added(({ runs }) => runs),
    seconds: added(({ seconds }) => seconds),
    cpuSeconds: added(({ cpuSeconds }) => cpuSeconds),
    presses: added(({ presses }) => presses),
    found: together(all.map(({ found }) => found)),
    frozen: together(all.map(({ frozen }) => frozen)),
    happened: together(all.map(({ happened }) => happened)),
    light: added(({ light }) => light),
    asked: together(all.map(({ asked }) => asked)),
    askedHidden: together(all.map(({ askedHidden }) => askedHidden)),
    stories: all.flatMap(({ stories }) => stories),
  };
};

const mutantsCaught = async (say: (text: string) => void): Promise<{ lines: string[]; count: number }> => {
  say(`${MUTANTS.length} mutants`);
  const lines: string[] = [];
  let count = 0;
  for (const mutant of MUTANTS) {
    const { kind, histories } = await caught(mutant);
    if (kind !== null) count += 1;
    lines.push(`${(kind ?? "MISSED").padEnd(10)} history ${String(histories).padStart(4)}   ${mutant.name}`);
  }
  return { lines, count };
};

const counted = (of: Counts): string[] =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `  ${String(count).padStart(7)}  ${what}`);

export const run = async (
  say: (text: string) => void = () => undefined,
  { runs = RUNS, from = FROM, addTo: file }: BenchOptions = {},
): Promise<BenchResult> => {
  const mutants = await mutantsCaught(say);
  const stretch = await playStretch(from, runs, say);
  const all = total(file ? await addTo(stretchSchema, file, stretch) : [stretch]);
  const { mistaken = 0, unheard = 0, ...faults } = all.found;
  const { [CALLED_AFTER_A_DAY]: calledAfterADay = 0, ...hidden } = all.askedHidden;
  return {
    figures: {
      histories: all.runs,
      historiesPerSec: round(all.runs / all.seconds, 0),
      historiesPerCpuSec: round(all.runs / all.cpuSeconds, 0),
      presses: all.presses,
      violations: sum(faults),
      mistaken,
      unheard,
      mistakenShare: round(mistaken / all.runs, 4),
      frozen: sum(all.frozen),
      mutants: MUTANTS.length,
      mutantsCaught: mutants.count,
      lightHistories: all.light,
      asked: sum(all.asked),
      askedHidden: sum(hidden),
      askedHiddenShare: round(sum(hidden) / Math.max(1, sum(all.asked)), 4),
      calledAfterADay,
    },
    goals: {
      violations: { op: "=", value: 0 },
      mutantsCaught: { op: "=", value: MUTANTS.length },
      mistakenShare: { op: "<=", value: 0.02 },
      askedHiddenShare: { op: "<=", value: 0.05 },
    },
    table: [
      "histories in which there was",
      ...counted(all.happened),
      "",
      "asked, where two choices in a hundred are against it",
      ...counted(all.asked),
      "",
      "rules taken out, and what was seen",
      ...mutants.lines.map((line) => `  ${line}`),
      ...all.stories,
    ],
  };
};
