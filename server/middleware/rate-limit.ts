/** A budget per person and route, kept in the database: it holds over any number of instances. */
import { createMiddleware } from "hono/factory";
import type { AppContext, AppEnv } from "../app-context.ts";
import { takeRateLimit, type Budget, type Taken } from "../data/rate-limit.ts";
import { ApiProblem } from "../problem.ts";

const budgetOf = (c: AppContext, bucket: string, perMinute: number): Budget => {
  const { rateLimits, rateWindowSeconds } = c.get("env");
  return { bucket, limit: rateLimits[bucket] ?? perMinute, windowSeconds: rateWindowSeconds };
};

/** Tells the caller what is left. @throws rate_limited when nothing is. */
export const tellBudget = (c: AppContext, { limit }: Budget, taken: Taken): void => {
  const seconds = Math.max(1, Math.ceil((Date.parse(taken.resetAt) - Date.now()) / 1000));
  const headers = {
    "RateLimit-Limit": String(limit),
    "RateLimit-Remaining": String(taken.remaining),
    "RateLimit-Reset": String(seconds),
  };
  if (!taken.allowed) {
    throw new ApiProblem(
      "rate_limited",
      `Wait ${seconds} s and send it again, with the same Idempotency-Key.`,
      {
        headers: { ...headers, "Retry-After": String(seconds) },
      },
    );
  }
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
};

/** @param perMinute the route's own limit per window; HAWKER_RATE_LIMITS replaces it by `bucket`. */
export const rateLimit = (bucket: string, perMinute: number) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const budget = budgetOf(c, bucket, perMinute);
    tellBudget(c, budget, await takeRateLimit(c.get("database"), budget));
    await next();
  });

/**
 * For a route whose own call to the database takes the budget (one round trip instead of two): it finds the budget in
 * `c.get("budget")` and sets `budgetTaken`. A request that was refused before it got there is charged here.
 */
export const rateLimitWithWork = (bucket: string, perMinute: number) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const budget = budgetOf(c, bucket, perMinute);
    c.set("budget", budget);
    c.set("budgetTaken", false);
    await next();
    if (c.get("budgetTaken")) return;
    tellBudget(c, budget, await takeRateLimit(c.get("database"), budget));
  });
