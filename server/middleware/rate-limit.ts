/** A budget per person and route, kept in the database: it holds over any number of instances. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-context.ts";
import { takeRateLimit } from "../data/rate-limit.ts";
import { ApiProblem } from "../problem.ts";

/** @param perMinute the route's own limit per window; HAWKER_RATE_LIMITS replaces it by `bucket`. */
export const rateLimit = (bucket: string, perMinute: number) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const { rateLimits, rateWindowSeconds } = c.get("env");
    const limit = rateLimits[bucket] ?? perMinute;
    const taken = await takeRateLimit(c.get("database"), bucket, limit, rateWindowSeconds);
    const seconds = Math.max(1, Math.ceil((Date.parse(taken.resetAt) - Date.now()) / 1000));
    const headers = {
      "RateLimit-Limit": String(limit),
      "RateLimit-Remaining": String(taken.remaining),
      "RateLimit-Reset": String(seconds),
    };
    if (!taken.allowed) {
      throw new ApiProblem("rate_limited", `Wait ${seconds} s and send it again, with the same Idempotency-Key.`, {
        headers: { ...headers, "Retry-After": String(seconds) },
      });
    }
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    await next();
  });
