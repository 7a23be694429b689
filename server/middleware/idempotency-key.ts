/** Every write carries a key, so that sending it again after a lost answer is safe. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-context.ts";
import { ApiProblem } from "../problem.ts";

/** Visible ASCII; short enough that a route may prefix it and stay within the database's 200. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,128}$/;

export const requireIdempotencyKey = createMiddleware<AppEnv>(async (c, next) => {
  const key = c.req.header("idempotency-key");
  if (!key) {
    throw new ApiProblem(
      "idempotency_key_missing",
      "Send an Idempotency-Key header: a fresh UUID per request, and the same one when you repeat it.",
    );
  }
  if (!IDEMPOTENCY_KEY.test(key)) {
    throw new ApiProblem(
      "invalid_query",
      "Idempotency-Key must be 8 to 128 visible ASCII characters, such as a UUID.",
    );
  }
  await next();
});
