/** Every mutant. */
import { ABSENCE } from "./absence.ts";
import { PERMIT } from "./permit.ts";
import { DRIVING } from "./driving.ts";
import { EVIDENCE } from "./evidence.ts";
import { PERSONS } from "./persons.ts";
import { ROWS } from "./rows.ts";
import { RECORDS } from "./records.ts";
import { TRACES } from "./traces.ts";
import type { Mutant } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  ...ABSENCE,
  ...PERMIT,
  ...DRIVING,
  ...EVIDENCE,
  ...PERSONS,
  ...ROWS,
  ...RECORDS,
  ...TRACES,
];
