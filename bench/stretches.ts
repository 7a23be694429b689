/** Stretches of seeded runs that add up in a file: each run counts once. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export type Runs = { from: number; runs: number };
export type Counts = Record<string, number>;
export const counts = z.record(z.string(), z.number());

const overlaps = (a: Runs, b: Runs): boolean => a.from < b.from + b.runs && b.from < a.from + a.runs;

/** @throws Error where runs of the stretch are in the file already. */
export const addTo = async <T extends Runs>(schema: z.ZodType<T>, file: string, stretch: T): Promise<T[]> => {
  const text = await readFile(file, "utf8").catch(() => "[]");
  const known = z.array(schema).parse(JSON.parse(text));
  const same = known.find((one) => overlaps(one, stretch));
  if (same) throw new Error(`${file} holds runs ${same.from} to ${same.from + same.runs - 1} already.`);
  const all = [...known, stretch];
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(all, null, 2));
  return all;
};

export const together = (all: readonly Counts[]): Counts => {
  const sum: Counts = {};
  for (const one of all) for (const [key, value] of Object.entries(one)) sum[key] = (sum[key] ?? 0) + value;
  return sum;
};
