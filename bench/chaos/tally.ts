/** Figures of one stretch of runs, and how stretches add up. */
import { z } from "zod";
import { addTo as addStretch, counts, together } from "../stretches.ts";

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

export const addTo = (file: string, stretch: Stretch): Promise<Stretch[]> =>
  addStretch(stretchSchema, file, stretch);

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
