/** Searches histories for what must not happen, and shrinks what it finds to a story a person can read. */
import type { Scenario } from "./scenario.ts";
import type { Ended } from "./world.ts";

export type Play = (tape: readonly number[], force?: Partial<Scenario>, isTold?: boolean) => Promise<Ended>;

/** A small generator of its own, so that a seed means the same everywhere. */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    state ^= state >>> 12;
    return (state >>> 0) / 2 ** 32;
  };
}

const TAPE = 140;
const HARMLESS = 0.72;
const LARGEST = 2_520; // divisible by 2 to 10: no choice is likelier than another

export const tapeOf = (random: () => number): number[] =>
  Array.from({ length: TAPE }, () => (random() < HARMLESS ? 0 : Math.floor(random() * LARGEST)));

export type Found = { kind: string; tape: number[] };
export type Hunt = {
  histories: number;
  found: Map<string, { count: number; tape: number[] }>;
  asked: Record<string, number>;
  askedHidden: number;
  presses: number;
};

/** @param until stops at the first of these kinds. */
export async function hunt(
  play: Play,
  {
    histories,
    seed,
    force = {},
    until = [],
  }: { histories: number; seed: number; force?: Partial<Scenario>; until?: readonly string[] },
): Promise<Hunt> {
  const random = randomOf(seed);
  const hunted: Hunt = { histories: 0, found: new Map(), asked: {}, askedHidden: 0, presses: 0 };
  while (hunted.histories < histories) {
    const tape = tapeOf(random);
    const ended = await play(tape, force);
    hunted.histories += 1;
    hunted.presses += ended.presses;
    hunted.askedHidden += ended.askedHidden;
    for (const [kind, count] of Object.entries(ended.asked))
      hunted.asked[kind] = (hunted.asked[kind] ?? 0) + count;
    for (const { kind } of ended.violations) {
      const known = hunted.found.get(kind);
      hunted.found.set(kind, { count: (known?.count ?? 0) + 1, tape: known?.tape ?? tape });
    }
    if (until.some((kind) => hunted.found.has(kind))) break;
  }
  return hunted;
}

/** The same violation with as little as possible: zeros, cuts, small numbers. */
export async function shrunk(
  play: Play,
  tape: readonly number[],
  kind: string,
  force: Partial<Scenario> = {},
): Promise<number[]> {
  const fails = async (candidate: readonly number[]) =>
    (await play(candidate, force)).violations.some((violation) => violation.kind === kind);
  let best = [...tape];
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (let length = best.length; length > 0; length = Math.floor(length / 2))
      for (let at = 0; at + length <= best.length; at += length) {
        const cut = [...best.slice(0, at), ...best.slice(at + length)];
        if (await fails(cut)) [best, isSmaller] = [cut, true];
      }
    for (let at = 0; at < best.length; at += 1)
      for (const smaller of [0, 1, 2, 3, 4]) {
        if (smaller >= best[at]!) break;
        const changed = best.with(at, smaller);
        if (!(await fails(changed))) continue;
        [best, isSmaller] = [changed, true];
        break;
      }
  }
  return best;
}
