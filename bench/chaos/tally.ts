/** Figures of one stretch of runs, and how stretches add up in a file: each run counts once. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const counts = z.record(z.string(), z.number());
const stretchSchema = z.object({
  from: z.number(),
  runs: z.number(),
  jobs: z.number(),
  interrupted: z.number(),
  done: z.number(),
  failed: z.number(),
  duplicates: z.number(),
  lost: z.number(),
  deadEnds: z.number(),
  recoveryMaxS: z.number(),
  /** By cause. */
  asked: counts,
  askedHidden: counts,
  /** What went against a promise, in words. */
  stories: z.array(z.string()),
});
export type Stretch = z.infer<typeof stretchSchema>;

const overlaps = (a: Stretch, b: Stretch): boolean => a.from < b.from + b.runs && b.from < a.from + a.runs;

/** @throws Error where runs of the stretch are in the file already. */
export const addTo = async (file: string, stretch: Stretch): Promise<Stretch[]> => {
  const text = await readFile(file, "utf8").catch(() => "[]");
  const known = z.array(stretchSchema).parse(JSON.parse(text));
  const same = known.find((one) => overlaps(one, stretch));
  if (same) throw new Error(`${file} holds runs ${same.from} to ${same.from + same.runs - 1} already.`);
  const all = [...known, stretch];
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(all, null, 2));
  return all;
};

const together = (all: readonly Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const one of all) for (const [key, value] of Object.entries(one)) sum[key] = (sum[key] ?? 0) + value;
  return sum;
};

export const total = (all: readonly Stretch[]): Stretch => {
  const sum = (of: (one: Stretch) => number) => all.reduce((n, one) => n + of(one), 0);
  return {
    from: Math.min(...all.map(({ from }) => from)),
    runs: sum(({ runs }) => runs),
    jobs: sum(({ jobs }) => jobs),
    interrupted: sum(({ interrupted }) => interrupted),
    done: sum(({ done }) => done),
    failed: sum(({ failed }) => failed),
    duplicates: sum(({ duplicates }) => duplicates),
    lost: sum(({ lost }) => lost),
    deadEnds: sum(({ deadEnds }) => deadEnds),
    recoveryMaxS: Math.max(...all.map(({ recoveryMaxS }) => recoveryMaxS)),
    asked: together(all.map(({ asked }) => asked)),
    askedHidden: together(all.map(({ askedHidden }) => askedHidden)),
    stories: all.flatMap(({ stories }) => stories),
  };
};
