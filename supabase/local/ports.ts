/** Ports of the local services: free ones are chosen once and remembered in `.hawker/ports.json`. */
import { createServer } from "node:net";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const portsSchema = z.record(z.string(), z.int().min(1).max(65_535));

const readPorts = async (dir: string): Promise<Record<string, number>> => {
  try {
    return portsSchema.parse(JSON.parse(await readFile(join(dir, "ports.json"), "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Error(`${join(dir, "ports.json")} cannot be read. Delete it; new ports are chosen.`, {
      cause: error,
    });
  }
};

/** @returns the port if it can be bound on 127.0.0.1, else null. */
const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });

/** Where a named service of this folder listens, or listened last; null when it never ran. */
export const knownPort = async (dir: string, name: string): Promise<number | null> =>
  (await readPorts(dir))[name] ?? null;

const TRIES = 20;
/**
 * Below those a system lends to whoever asks for any (from 32768 on Linux, 49152 elsewhere): between choosing a port and
 * listening on it, a test run or a connection of somebody's could be lent the very same.
 */
const [LOWEST, HIGHEST] = [20_000, 32_767];
const somePort = (): number => LOWEST + Math.floor(Math.random() * (HIGHEST + 1 - LOWEST));

/** A free one. @param taken by services that may have asked for theirs and do not listen yet. */
export const freePort = async (taken: ReadonlySet<number> = new Set()): Promise<number> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await tryPort(somePort());
    if (port !== null && !taken.has(port)) return port;
  }
  throw new Error("No free port on 127.0.0.1.");
};

/**
 * The port of a named service: the remembered one while it is free, else a new one, remembered from then on.
 * @param dir the local state folder (`.hawker`).
 */
export const portFor = async (dir: string, name: string): Promise<number> => {
  const { [name]: remembered, ...others } = await readPorts(dir);
  const taken = new Set(Object.values(others));
  const mine = remembered !== undefined && !taken.has(remembered) ? await tryPort(remembered) : null;
  const free = mine ?? (await freePort(taken));
  if (free !== remembered) {
    await mkdir(dir, { recursive: true });
    const file = join(dir, "ports.json");
    // Read again: another service may have written its own port meanwhile.
    await writeFile(
      `${file}.${process.pid}`,
      JSON.stringify({ ...(await readPorts(dir)), [name]: free }, null, 2),
    );
    await rename(`${file}.${process.pid}`, file);
  }
  return free;
};
