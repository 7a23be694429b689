/**
 * Searches histories for what must not happen, and shrinks what it finds to a story a person can read. Its own, and not
 * fast-check's: what is shrunk is one kind of violation, never into another; a tape is shortened in halves before any number
 * is looked at; and mutants are played by a copy of the model that knows nothing of a test runner.
 */
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

const TAPE = 160;
/** Of the choices in a history that is meant to find something. */
export const HEAVY = 0.28;
const LARGEST = 2_520; // divisible by 2 to 10: no choice is likelier than another

/** @param rate of choices that are not the harmless one. */
export const tapeOf = (random: () => number, rate = HEAVY): number[] =>
  Array.from({ length: TAPE }, () => (random() < rate ? Math.floor(random() * LARGEST) : 0));

export type Hunt = {
  histories: number;
  found: Map<string, { count: number; tape: number[] }>;
  asked: Record<string, number>;
  askedHidden: Record<string, number>;
  /** After a press by a machine whose clocks had all stood still. */
  frozen: Record<string, number>;
  presses: number;
};

const add = (to: Record<string, number>, counts: Record<string, number>): void => {
  for (const [kind, count] of Object.entries(counts)) to[kind] = (to[kind] ?? 0) + count;
};

export type HuntOptions = {
  histories: number;
  seed: number;
  rate?: number;
  force?: Partial<Scenario>;
  /** Stops at the first of these kinds. */
  until?: readonly string[];
  /** Called now and then. */
  onProgress?: (histories: number) => void;
};

export async function hunt(
  play: Play,
  { histories, seed, rate = HEAVY, force = {}, until = [], onProgress }: HuntOptions,
): Promise<Hunt> {
  const random = randomOf(seed);
  const hunted: Hunt = {
    histories: 0,
    found: new Map(),
    asked: {},
    askedHidden: {},
    frozen: {},
    presses: 0,
  };
  while (hunted.histories < histories) {
    const tape = tapeOf(random, rate);
    const ended = await play(tape, force);
    hunted.histories += 1;
    hunted.presses += ended.presses;
    add(hunted.asked, ended.asked);
    add(hunted.askedHidden, ended.askedHidden);
    for (const { kind } of ended.frozen) add(hunted.frozen, { [kind]: 1 });
    for (const { kind } of ended.violations) {
      const known = hunted.found.get(kind);
      hunted.found.set(kind, { count: (known?.count ?? 0) + 1, tape: known?.tape ?? tape });
    }
    if (until.some((kind) => hunted.found.has(kind))) break;
    if (hunted.histories % 500 === 0) {
      onProgress?.(hunted.histories);
      // The histories themselves never let anything else have its turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
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

/** What was found, each kind as a story of the fewest events. */
export async function storiesOf(
  play: Play,
  { found }: Hunt,
  kinds: (kind: string) => boolean,
  force: Partial<Scenario> = {},
): Promise<string[]> {
  const stories: string[] = [];
  for (const [kind, { tape, count }] of found) {
    if (!kinds(kind)) continue;
    const smallest = await shrunk(play, tape, kind, force);
    const { story } = await play(smallest, force, true);
    stories.push(
      `${kind} (${count} times), tape ${JSON.stringify(smallest)}:\n${story.slice(0, 120).join("\n")}`,
    );
  }
  return stories;
}
