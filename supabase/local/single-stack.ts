/** One stack per folder: the owner writes `stack.json` with its address, and answers at /health with its pid. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const noteSchema = z.object({ pid: z.int(), url: z.string() });

const runningOwner = async (file: string): Promise<{ pid: number; url: string } | null> => {
  let note: { pid: number; url: string };
  try {
    note = noteSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null; // no note, or half of one: nobody got as far as running
  }
  try {
    const response = await fetch(`${note.url}/health`, { signal: AbortSignal.timeout(1000) });
    const health = noteSchema.pick({ pid: true }).parse(await response.json());
    return health.pid === note.pid ? note : null;
  } catch {
    return null; // a note of a killed stack; whoever has its port now is somebody else
  }
};

/** @throws when a stack runs on this folder. */
export const claimFolder = async (
  dir: string,
): Promise<{ announce: (url: string) => Promise<void>; release: () => Promise<void> }> => {
  const file = join(dir, "stack.json");
  const owner = await runningOwner(file);
  if (owner) {
    throw new Error(
      `A local stack already runs on ${dir}: ${owner.url}, process ${owner.pid}. Use it, or stop it first.`,
    );
  }
  let announced = false;
  return {
    announce: async (url) => {
      await writeFile(file, JSON.stringify({ pid: process.pid, url }));
      announced = true;
    },
    release: async () => {
      if (announced) await rm(file, { force: true });
    },
  };
};
