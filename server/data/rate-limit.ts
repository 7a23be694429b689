import { z } from "zod";
import type { Database } from "./database.ts";
import { dataOf } from "./sql-problem.ts";

/** What a person may still ask for in this window, as the database answers it. */
export const takenSchema = z
  .object({ allowed: z.boolean(), limit: z.number(), remaining: z.number(), reset_at: z.string() })
  .transform(({ reset_at, ...taken }) => ({ ...taken, resetAt: reset_at }));
export type Taken = z.output<typeof takenSchema>;

/**
 * Takes one request out of the caller's budget: a single atomic statement. How large the budget is, the database says
 * (private.budgets): the call is made with the caller's own rights, so a number given here would be theirs to give.
 * @param bucket the route's operation id.
 */
export const takeBudget = async (database: Database, bucket: string): Promise<Taken> => {
  const answer: unknown = dataOf(await database.rpc("take_budget", { p_bucket: bucket }));
  return takenSchema.parse(answer);
};
