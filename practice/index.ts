/** Starts the practice marketplaces: one TLS server under the real hostnames, the control API, the ledger process. */
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { craigslistSite } from "./craigslist/site.ts";
import { facebookSite } from "./facebook/site.ts";
import { mercariSite } from "./mercari/site.ts";
import type { MutationSpec } from "./page/mutation.ts";
import { certificateIn } from "./server/certificate.ts";
import { controlApp } from "./server/control.ts";
import { createWorld, type World } from "./server/world.ts";
import { hosts, type SiteId } from "./sites.ts";

interface PracticeOptions {
  /** Keeps the ledger, the certificate and built pages. */
  readonly dir: string;
  /** TLS port; 0 or nothing = any free one. */
  readonly port?: number;
  readonly controlPort?: number;
  /** Names a deploy: Facebook's class names hang on it. */
  readonly seed?: string;
  readonly mutation?: Pick<MutationSpec, "level" | "seed">;
}

export interface Practice {
  readonly port: number;
  readonly controlPort: number;
  readonly controlUrl: string;
  readonly ledgerPid: number;
  /** The value for Chromium's `--host-resolver-rules`. */
  resolverRules(): string;
  /** Stops the sites and the ledger process. */
  close(): Promise<void>;
}

/** `MAP host:443 127.0.0.1:PORT` for every practice host. */
export const resolverRules = (port: number): string =>
  Object.keys(hosts)
    .map((host) => `MAP ${host}:443 127.0.0.1:${port}`)
    .join(",");

type Fetch = (request: Request, env: never) => Response | Promise<Response>;

function routeByHost(sites: Readonly<Record<SiteId, Fetch>>): Fetch {
  return (request, env) => {
    const site = hosts[new URL(request.url).hostname];
    if (!site)
      return new Response("The practice sites answer to their real hostnames only.\n", { status: 421 });
    return sites[site](request, env);
  };
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((ready, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
  });

const stop = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

const listener = (fetch: Fetch) =>
  getRequestListener(fetch as never, { overrideGlobalObjects: false }) as RequestListener;

export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  const deploy = options.seed ?? "1";
  const [certificate, world]: [{ key: string; cert: string }, World] = await Promise.all([
    certificateIn(dir),
    createWorld(dir, options.mutation ?? { level: "none", seed: "" }),
  ]);
  const sites = {
    facebook: facebookSite(world, deploy).fetch as Fetch,
    mercari: mercariSite(world).fetch as Fetch,
    craigslist: craigslistSite(world).fetch as Fetch,
  };
  const tls = createHttpsServer(certificate, listener(routeByHost(sites)));
  const control = createHttpServer(listener(controlApp(world).fetch as Fetch));
  for (const server of [tls, control]) server.keepAliveTimeout = 65_000;
  const [port, controlPort] = await Promise.all([
    listen(tls, options.port ?? 0),
    listen(control, options.controlPort ?? 0),
  ]);
  return {
    port,
    controlPort,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    ledgerPid: world.ledger.pid,
    resolverRules: () => resolverRules(port),
    async close() {
      await Promise.all([stop(tls), stop(control)]);
      await world.ledger.stop();
    },
  };
}
