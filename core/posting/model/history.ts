/** Plays one history from its tape. */
import type { Scenario } from "./scenario.ts";
import { Tape } from "./sim.ts";
import { World, type Ended } from "./world.ts";

export const play = (
  tape: readonly number[],
  force: Partial<Scenario> = {},
  isTold = false,
): Promise<Ended> => new World(new Tape(tape), force, isTold).run();
