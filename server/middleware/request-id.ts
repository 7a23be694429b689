/** Every answer says which request it answers; the log line says the same. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-context.ts";

const ACCEPTED = /^[A-Za-z0-9_-]{8,64}$/;

export const requestId = createMiddleware<AppEnv>(async (c, next) => {
  const given = c.req.header("x-request-id");
  const id = given && ACCEPTED.test(given) ? given : crypto.randomUUID();
  c.set("requestId", id);
  c.header("X-Request-Id", id);
  const start = Date.now();
  await next();
  if (!c.get("env").requestLog) return;
  c.get("log")({
    level: "info",
    msg: "request",
    requestId: id,
    method: c.req.method,
    // The path without its query: a query may hold what a person typed.
    path: c.req.path.slice(0, 200),
    status: c.res.status,
    ms: Date.now() - start,
    userId: c.get("user")?.id,
  });
});
