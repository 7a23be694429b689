import { z } from "zod";
import type { Database } from "./database.ts";
import { dataOf } from "./sql-problem.ts";

/** What a person may still ask for in this window, as the database answers it. */
export const takenSchema = z
  .object({ allowed: z.boolean(), remaining: z.number(), reset_at: z.string() })
  .transform(({ allowed, remaining, reset_at }) => ({ allowed, remaining, resetAt: reset_at }));
export type Taken = z.output<typeof takenSchema>;

/** @param bucket one per route. */
export type Budget = { bucket: string; limit: number; windowSeconds: number };

/** Takes one request out of the caller's budget: a single atomic statement. */
export const takeRateLimit = async (
  database: Database,
  { bucket, limit, windowSeconds }: Budget,
): Promise<Taken> => {
  const answer: unknown = dataOf(
    await database.rpc("take_rate_limit", {
      p_bucket: bucket,
      p_limit: limit,
      p_window_seconds: windowSeconds,
    }),
  );
  return takenSchema.parse(answer);
};
