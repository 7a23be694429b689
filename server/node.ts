/** The API on Node: `node server/node.ts`. Configuration comes from the environment; `--help` lists it. */
import { realpathSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "@hono/node-server";
import { createApp, type AppOptions } from "./app.ts";
import { EnvironmentError, parseEnv, type ServerEnv } from "./env.ts";

export type RunningServer = {
  url: string;
  /** Lets requests under way finish, then closes. Safe to call twice. */
  close: () => Promise<void>;
};

/** Requests still running this long after a stop are cut off. */
const DRAIN_MS = 10_000;

/** @param options.port 0 picks a free one. @param options.hostname 127.0.0.1 unless a proxy in front needs otherwise. */
export const startServer = (
  env: ServerEnv,
  options: { port?: number; hostname?: string } & AppOptions = {},
): Promise<RunningServer> => {
  const { port = 0, hostname = "127.0.0.1", ...appOptions } = options;
  const app = createApp(env, appOptions);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, (address: AddressInfo) => {
      let closed: Promise<void> | undefined;
      const close = (): Promise<void> =>
        (closed ??= new Promise((done) => {
          const cut = setTimeout(() => {
            if ("closeAllConnections" in server) server.closeAllConnections();
          }, DRAIN_MS);
          server.close(() => {
            clearTimeout(cut);
            done();
          });
          if ("closeIdleConnections" in server) server.closeIdleConnections();
        }));
      resolve({ url: `http://${hostname}:${address.port}`, close });
    });
    server.once("error", reject);
  });
};

const HELP = `node server/node.ts [--port N] [--host ADDRESS]

Serves the API. PORT and HOST in the environment do the same as the options; the host is 127.0.0.1 by default.
When ready it prints one line of JSON: {"url", ...}. SIGTERM and SIGINT let requests under way finish.

Environment:
  SUPABASE_URL                 one origin: /auth/v1, /rest/v1
  SUPABASE_PUBLISHABLE_KEY     sb_publishable_...
  SUPABASE_JWT_SECRET          tokens are HS256, checked with this secret; or
  SUPABASE_JWKS_URL            tokens are ES256, checked with these keys (exactly one of the two)
  SUPABASE_JWT_ISSUER          who writes tokens; SUPABASE_URL/auth/v1 by default
  HAWKER_KEY_MANIFEST          the signed key manifest as JSON, served at GET /api/keys
  HAWKER_ALLOWED_ORIGINS       comma list of origins that may call, such as chrome-extension://ID
  HAWKER_API_URL               where the API is reached from outside (for the docs)
  HAWKER_MAX_BODY_BYTES        largest body read; 524288
  HAWKER_UPSTREAM_TIMEOUT_MS   longest wait for the database; 10000
  HAWKER_REQUEST_LOG           on | off: one line of JSON per request

Try it: curl URL/ready, then open URL/docs.`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { port: { type: "string" }, host: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const port = Number(values.port ?? process.env["PORT"] ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new EnvironmentError("The port must be 0 to 65535.");
  const hostname = values.host ?? process.env["HOST"] ?? "127.0.0.1";
  const server = await startServer(parseEnv(process.env), { port, hostname });
  console.log(JSON.stringify({ msg: "ready", url: server.url, pid: process.pid }));
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
};

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    const words = error instanceof Error && error.name === "EnvironmentError" ? error.message : error;
    console.error(words, "\nnode server/node.ts --help lists what it needs.");
    process.exit(2);
  });
}
