import { z } from "zod";
import type { Database } from "./database.ts";
import { dataOf } from "./sql-problem.ts";

const takenSchema = z.object({ allowed: z.boolean(), remaining: z.number(), reset_at: z.string() });

export type Taken = { allowed: boolean; remaining: number; resetAt: string };

/** Takes one request out of the caller's budget: a single atomic statement. */
export const takeRateLimit = async (
  database: Database,
  bucket: string,
  limit: number,
  windowSeconds: number,
): Promise<Taken> => {
  const answer: unknown = dataOf(
    await database.rpc("take_rate_limit", { p_bucket: bucket, p_limit: limit, p_window_seconds: windowSeconds }),
  );
  const taken = takenSchema.parse(answer);
  return { allowed: taken.allowed, remaining: taken.remaining, resetAt: taken.reset_at };
};
