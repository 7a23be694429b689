/** Secrets of the local stack, made once and kept in `.hawker/keys/stack.json` (mode 600). */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateApiKey } from "@supabase/lite";
import { z } from "zod";

const stackKeysSchema = z.object({
  publishableKey: z.string(),
  secretKey: z.string(),
  jwtSecret: z.string(),
  adminPassword: z.string(),
  workerPassword: z.string(),
});
export type StackKeys = z.infer<typeof stackKeysSchema>;

export const newStackKeys = async (): Promise<StackKeys> => ({
  publishableKey: (await generateApiKey("publishable")).key,
  secretKey: (await generateApiKey("secret")).key,
  jwtSecret: randomBytes(32).toString("hex"),
  adminPassword: randomBytes(16).toString("hex"),
  workerPassword: randomBytes(16).toString("hex"),
});

export const stackKeys = async (dir: string): Promise<StackKeys> => {
  const file = join(dir, "keys", "stack.json");
  try {
    return stackKeysSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new Error(`${file} cannot be read. Delete ${dir} to start afresh (local data is lost).`, {
        cause: error,
      });
    }
  }
  const keys = await newStackKeys();
  await mkdir(join(dir, "keys"), { recursive: true });
  await writeFile(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
};
