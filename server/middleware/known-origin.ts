/**
 * Browsers may call from known origins only. A request without an Origin header comes from no page (another server, a
 * tool, or a person opening /docs) and is judged by its token alone.
 */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-context.ts";
import { ApiProblem } from "../problem.ts";

const ALLOW_HEADERS = "Authorization, Content-Type, Idempotency-Key, X-Request-Id";
const EXPOSE_HEADERS =
  "ETag, Idempotency-Replayed, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id";

export const knownOrigin = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header("origin");
  if (origin === undefined) {
    await next();
    c.res.headers.append("Vary", "Origin");
    return;
  }
  const { allowedOrigins } = c.get("env");
  if (!allowedOrigins.includes(origin)) {
    throw new ApiProblem(
      "origin_not_allowed",
      "Pages of this origin may not call the API. Its operator adds it to HAWKER_ALLOWED_ORIGINS.",
    );
  }
  const preflight = c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
  if (preflight) {
    c.header("Access-Control-Allow-Methods", "GET, POST, DELETE");
    c.header("Access-Control-Allow-Headers", ALLOW_HEADERS);
    c.header("Access-Control-Max-Age", "600");
    c.res = c.body(null, 204);
  } else {
    await next();
  }
  c.res.headers.set("Access-Control-Allow-Origin", origin);
  c.res.headers.set("Access-Control-Expose-Headers", EXPOSE_HEADERS);
  c.res.headers.append("Vary", "Origin");
});
