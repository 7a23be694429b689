/**
 * Searches histories for what must not happen, and shrinks what it finds to a story a person can read. Its own, and not
 * fast-check's: what is shrunk is one kind of violation, never into another; a tape is shortened in halves before any number
 * is looked at; and mutants are played by a copy of the model that knows nothing of a test runner.
 */
import type { Scenario } from "./scenario.ts";
import type { Ended } from "./world.ts";

export type Play = (tape: readonly number[], force?: Partial<Scenario>, isTold?: boolean) => Promise<Ended>;

/** Spreads seeds that follow each other over all states. */
function spread(seed: number): number {
  let bits = Math.imul(seed, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** mulberry32: a generator of its own, so that a seed means the same everywhere. */
function randomOf(seed: number): () => number {
  let state = spread(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TAPE = 160;
/** Of the choices in a history that is meant to find something. */
const HEAVY = 0.28;
const LARGEST = 2_520; // divisible by 2 to 10: no choice is likelier than another

/** @param rate of choices that are not the harmless one. */
export function tapeOf(seed: number, rate = HEAVY): number[] {
  const random = randomOf(seed);
  return Array.from({ length: TAPE }, () => (random() < rate ? Math.floor(random() * LARGEST) : 0));
}

export type Hunt = {
  histories: number;
  found: Map<string, { count: number; tape: number[] }>;
  asked: Record<string, number>;
  askedHidden: Record<string, number>;
  /** After a press by a machine whose clocks had all stood still. */
  frozen: Record<string, number>;
  presses: number;
  /** In how many histories what was tried. */
  happened: Record<string, number>;
};

const add = (to: Record<string, number>, counts: Record<string, number>): void => {
  for (const [kind, count] of Object.entries(counts)) to[kind] = (to[kind] ?? 0) + count;
};

export type HuntOptions = {
  histories: number;
  /** Of the first history; each has its own. */
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
  const hunted: Hunt = {
    histories: 0,
    found: new Map(),
    asked: {},
    askedHidden: {},
    frozen: {},
    presses: 0,
    happened: {},
  };
  while (hunted.histories < histories) {
    const tape = tapeOf(seed + hunted.histories, rate);
    const ended = await play(tape, force);
    hunted.histories += 1;
    hunted.presses += ended.presses;
    for (const what of ended.happened) add(hunted.happened, { [what]: 1 });
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

/** How far what follows may have to move where a choice is left out: a fault draws choices of its own. */
const SHIFT = 12;

/** A choice made harmless, with what follows where it was, or earlier or later. */
function* without(tape: readonly number[], at: number): Generator<number[]> {
  const [before, after] = [tape.slice(0, at), tape.slice(at + 1)];
  yield [...before, 0, ...after];
  for (let by = 1; by <= SHIFT; by += 1) {
    yield [...before, ...Array<number>(by + 1).fill(0), ...after];
    if (after.slice(0, by).every((choice) => choice === 0)) yield [...before, 0, ...after.slice(by)];
  }
}

function* cuts(tape: readonly number[]): Generator<number[]> {
  for (let length = tape.length; length > 0; length = Math.floor(length / 2))
    for (let at = 0; at + length <= tape.length; at += length)
      yield [...tape.slice(0, at), ...tape.slice(at + length)];
}

function* smaller(tape: readonly number[]): Generator<number[]> {
  for (const [at, choice] of tape.entries()) {
    if (choice === 0) continue;
    yield* without(tape, at);
    for (let less = 1; less < Math.min(5, choice); less += 1) yield tape.with(at, less);
  }
}

/** What makes a tape simpler: fewer choices that are not harmless, a shorter one, smaller numbers; in this order. */
function isSimpler(one: readonly number[], other: readonly number[]): boolean {
  const choices = (tape: readonly number[]) => tape.filter((choice) => choice !== 0);
  const [a, b] = [choices(one), choices(other)];
  if (a.length !== b.length) return a.length < b.length;
  if (one.length !== other.length) return one.length < other.length;
  return a.reduce((sum, choice) => sum + choice, 0) < b.reduce((sum, choice) => sum + choice, 0);
}

/** The same violation with as little as possible. */
export async function shrunk(
  play: Play,
  tape: readonly number[],
  kind: string,
  force: Partial<Scenario> = {},
): Promise<number[]> {
  const fails = async (candidate: readonly number[]) =>
    (await play(candidate, force)).violations.some((violation) => violation.kind === kind);
  let best = [...tape];
  const next = async (): Promise<number[] | null> => {
    for (const candidates of [cuts(best), smaller(best)])
      for (const candidate of candidates)
        if (isSimpler(candidate, best) && (await fails(candidate))) return candidate;
    return null;
  };
  for (let found = await next(); found; found = await next()) best = found;
  return best;
}

/** What was found, each kind as a story of the fewest events. */
export async function storiesOf(
  play: Play,
  { found }: Pick<Hunt, "found">,
  kinds: (kind: string) => boolean,
  force: Partial<Scenario> = {},
): Promise<string[]> {
  const stories: string[] = [];
  for (const [kind, { tape, count }] of found) {
    if (!kinds(kind)) continue;
    const smallest = await shrunk(play, tape, kind, force);
    const { story } = await play(smallest, force, true);
    const end = story.findIndex((line) => line.includes(`!!: ${kind}: `)) + 1;
    stories.push(
      `${kind} (${count} times), tape ${JSON.stringify(smallest)}:\n${story.slice(0, end).join("\n")}`,
    );
  }
  return stories;
}
