/** Hunts a mutant: for a history that is wrong with it, and right where only its masks are taken out. */
import { play } from "./history.ts";
import { tapeOf } from "./hunt.ts";
import { mutated } from "./mutate.ts";
import type { Mutant } from "./mutants/mutant.ts";

/** All are caught within as many histories; most of them within ten. */
export const WITHIN = 5_000;
const SEED = 7;

export type Caught = {
  name: string;
  /** Of violation; null when it was not caught. */
  kind: string | null;
  histories: number;
  tape: number[];
};

export async function caught(mutant: Mutant, within = WITHIN): Promise<Caught> {
  const { name, changes, masks = [], world, seen } = mutant;
  const playMutant = await mutated({ name, changes: [...changes, ...masks] });
  const playControl = masks.length > 0 ? await mutated({ name, changes: masks }) : play;
  for (let histories = 1; histories <= within; histories += 1) {
    const tape = tapeOf(SEED + histories);
    const { violations } = await playMutant(tape, world);
    const kinds = seen.filter((kind) => violations.some((violation) => violation.kind === kind));
    if (kinds.length === 0) continue;
    const control = await playControl(tape, world);
    const kind = kinds.find((one) => !control.violations.some((violation) => violation.kind === one));
    if (kind !== undefined) return { name, kind, histories, tape };
  }
  return { name, kind: null, histories: within, tape: [] };
}
