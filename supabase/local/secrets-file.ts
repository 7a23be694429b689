/** What opens the local stack, for other programs of the same person: a file of mode 600 beside its keys. */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Stack } from "./stack.ts";

const secretsSchema = z.object({
  secretKey: z.string(),
  jwtSecret: z.string(),
  adminDatabaseUrl: z.string(),
  workerDatabaseUrl: z.string(),
});
export type StackSecrets = z.infer<typeof secretsSchema>;

/** @returns the file's path. */
export const writeSecrets = async (dir: string, stack: Stack): Promise<string> => {
  const file = join(dir, "keys", "stack-secrets.json");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(secretsSchema.parse(stack), null, 2), { mode: 0o600 });
  await chmod(file, 0o600); // `mode` is for a new file only
  return file;
};

/** @param file as the stack's ready line names it. */
export const readSecrets = async (file: unknown): Promise<StackSecrets> =>
  secretsSchema.parse(JSON.parse(await readFile(z.string().parse(file), "utf8")));
