/** A budget per person and route, kept in the database: it holds over any number of instances. */
import { createMiddleware } from "hono/factory";
import type { AppContext, AppEnv } from "../app-context.ts";
import { takeBudget, type Taken } from "../data/rate-limit.ts";
import { ApiProblem } from "../problem.ts";

/** Tells the caller what is left. @throws rate_limited when nothing is. */
const tellBudget = (c: AppContext, taken: Taken): void => {
  const seconds = Math.max(1, Math.ceil((Date.parse(taken.resetAt) - Date.now()) / 1000));
  const headers = {
    "RateLimit-Limit": String(taken.limit),
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

/** @param bucket the route's operation id. */
export const rateLimit = (bucket: string) =>
  createMiddleware<AppEnv>(async (c, next) => {
    tellBudget(c, await takeBudget(c.get("database"), bucket));
    await next();
  });

/**
 * For a route whose own call to the database takes the budget (one round trip instead of two) and sets `budgetTaken`. A
 * request that was refused before it got there is charged here.
 */
export const rateLimitWithWork = (bucket: string) =>
  createMiddleware<AppEnv>(async (c, next) => {
    c.set("budgetTaken", false);
    await next();
    if (c.get("budgetTaken")) return;
    tellBudget(c, await takeBudget(c.get("database"), bucket));
  });

/** For the work of such a route: tells what is left, and that it was taken. */
export const onBudgetTaken =
  (c: AppContext) =>
  (taken: Taken): void => {
    c.set("budgetTaken", true);
    tellBudget(c, taken);
  };
