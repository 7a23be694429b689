/**
 * The API as one value: made from its environment, the same on Node and on workerd. Order of the layers: request id,
 * security headers, known origin; then per route token, budget, key and body (routes/guarded.ts).
 */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv, LogLine } from "./app-context.ts";
import { documentOf } from "./docs/document.ts";
import { docsPage } from "./docs/page.ts";
import type { ServerEnv } from "./env.ts";
import { tokenVerifier } from "./middleware/authenticate.ts";
import { notFound, onError } from "./middleware/errors.ts";
import { knownOrigin } from "./middleware/known-origin.ts";
import { requestId } from "./middleware/request-id.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { ROUTES } from "./routes.ts";
import { refuseInvalid } from "./routes/validation.ts";

export type AppOptions = {
  /** Where structured log lines go; standard output by default. */
  log?: (line: LogLine) => void;
};

const toStandardOutput = (line: LogLine): void => console.log(JSON.stringify(line));

/** @param env from `parseEnv`; nothing is read from the process. */
export const createApp = (env: ServerEnv, { log = toStandardOutput }: AppOptions = {}) => {
  const verifyToken = tokenVerifier(env);
  const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  app.onError(onError);
  app.notFound(notFound);
  app.use(async (c, next) => {
    c.set("env", env);
    c.set("log", log);
    c.set("verifyToken", verifyToken);
    await next();
  });
  app.use(requestId, securityHeaders, knownOrigin);

  const routed = app.openapiRoutes(ROUTES);
  // The routes do not change while the app lives.
  const document = documentOf(app, env.apiUrl);
  const page = docsPage(document);
  app.get("/openapi.json", (c) => c.json(document, 200, { "Cache-Control": "public, max-age=300" }));
  app.get("/docs", (c) => c.html(page.html, 200, page.headers));
  return routed;
};
