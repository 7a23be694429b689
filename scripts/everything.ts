/**
 * The whole of Hawker on this machine: database, API, worker, practice sites, and the extension built to talk to them.
 * `npm start`, `npm run demo`, the end-to-end tests and the benches all stand on it.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromiumFlags } from "#practice/testing.ts";
import { portFor } from "#supabase/local/ports.ts";
import { readSecrets } from "#supabase/local/secrets-file.ts";
import { startChild, type Child } from "./child.ts";
import { buildExtension } from "./build-extension.ts";
import { ensureDevKeys } from "./dev-keys.ts";
import { findChromium, findHeadlessChromium } from "#worker/browser/find-chromium.ts";
import type { Addresses } from "./stamp-extension.ts";

/** Public half of the key in wxt.config.ts decides the extension's id, so it is the same on every machine. */
export { EXTENSION_ID } from "./extension-id.ts";
import { EXTENSION_ID } from "./extension-id.ts";

export type Everything = {
  dir: string;
  supabaseUrl: string;
  publishableKey: string;
  adminDatabaseUrl: string;
  apiUrl: string;
  practice: { port: number; controlUrl: string; resolverRules: string };
  /** Folder of the built extension, with the practice hosts granted. */
  extensionDir: string;
  /** What the extension is told of this stack. */
  addresses: Addresses;
  chromium: string;
  workerEnv: Record<string, string>;
  /** Arguments a Chromium needs to see the practice sites under their real hostnames. */
  browserArgs: string[];
  /** Null where none was asked for. */
  worker: Child | null;
  startWorker(): Promise<Child>;
  /** Hawker's own side (database, auth, storage, API) taken away and brought back, at the same addresses. */
  stopService(): Promise<void>;
  startService(): Promise<void>;
  /** The database, auth and storage alone: the API stays up and has nobody to ask. */
  stopStack(): Promise<void>;
  startStack(): Promise<void>;
  stop(): Promise<void>;
};

export type Options = {
  /** Keeps data, keys, ports and logs; default `.hawker`. */
  dir: string;
  worker?: boolean;
  say?: (text: string) => void;
  apiEnv?: Record<string, string>;
};

const text = (value: unknown, what: string): string => {
  if (typeof value === "string") return value;
  throw new Error(`The local stack's ready line lacks ${what}.`);
};

export async function startEverything({
  dir,
  worker = true,
  say = () => undefined,
  apiEnv = {},
}: Options): Promise<Everything> {
  await mkdir(dir, { recursive: true });
  const logDir = path.join(dir, "logs");
  const started: Child[] = [];
  const stop = async () => {
    for (const child of started.reverse()) await child.stop();
  };
  const stopOne = async (child: Child) => {
    started.splice(started.indexOf(child), 1);
    await child.stop();
  };
  try {
    const keys = await ensureDevKeys(path.join(dir, "keys"), { env: "local" });
    // One after the other: they are remembered in one file, which the stack writes to as well.
    const apiPort = await portFor(dir, "api");
    const sitesPort = await portFor(dir, "practice");
    const sitesControlPort = await portFor(dir, "practice-control");
    say("database: starting");
    const startStack = async () => {
      const args = ["--dir", dir];
      const child = await startChild({ name: "supabase", file: "supabase/local/main.ts", args, logDir });
      started.push(child);
      return child;
    };
    const [firstStack, practice] = await Promise.all([
      startStack(),
      startChild({
        name: "practice",
        file: "practice/main.ts",
        args: [
          ...["--dir", path.join(dir, "practice")],
          ...["--port", String(sitesPort), "--control-port", String(sitesControlPort)],
        ],
        logDir,
      }).then((c) => (started.push(c), c)),
    ]);
    let stack = firstStack;
    const supabaseUrl = text(stack.ready["url"], "url");
    const secrets = await readSecrets(stack.ready["secretsFile"]);
    const publishableKey = text(stack.ready["publishableKey"], "publishableKey");
    const chromium = findChromium();
    if (!chromium)
      throw new Error("No Chromium found. Set HAWKER_CHROMIUM to the path of Chrome or Chromium.");
    const practicePort = Number(practice.ready["port"]);
    const resolverRules = text(practice.ready["resolverRules"], "resolverRules");
    const browserArgs = [...chromiumFlags, `--host-resolver-rules=${resolverRules}`];
    const shared = {
      SUPABASE_URL: supabaseUrl,
      SUPABASE_PUBLISHABLE_KEY: publishableKey,
      SUPABASE_SECRET_KEY: secrets.secretKey,
      HAWKER_ENV: "local",
    };
    say("API: starting");
    const serverEnv = {
      SUPABASE_URL: supabaseUrl,
      SUPABASE_PUBLISHABLE_KEY: publishableKey,
      SUPABASE_JWT_SECRET: secrets.jwtSecret,
      HAWKER_KEY_MANIFEST: keys.manifestJson,
      HAWKER_ALLOWED_ORIGINS: `chrome-extension://${EXTENSION_ID}`,
      HAWKER_ENV: "local",
      PORT: String(apiPort),
      ...apiEnv,
    };
    const startApi = async () => {
      const child = await startChild({ name: "server", file: "server/node.ts", logDir, env: serverEnv });
      started.push(child);
      return child;
    };
    let api = await startApi();
    const stopStack = () => stopOne(stack);
    const bringStackBack = async () => {
      stack = await startStack();
      if (stack.ready["url"] !== supabaseUrl)
        throw new Error("The local stack came back at another address.");
    };
    const stopService = async () => {
      await stopOne(api);
      await stopStack();
    };
    const startService = async () => {
      await bringStackBack();
      api = await startApi();
    };
    const apiUrl = text(api.ready["url"], "url");
    const workerEnv = {
      ...shared,
      DATABASE_URL: secrets.workerDatabaseUrl,
      HAWKER_WORKER_KEYS: keys.workerKeysPath,
      HAWKER_CHROMIUM: findHeadlessChromium() ?? chromium,
      HAWKER_CHROMIUM_ARGS: browserArgs.join("\n"),
      HAWKER_IGNORE_HTTPS_ERRORS: "1",
    };
    const startWorker = async () => {
      const child = await startChild({ name: "worker", file: "worker/main.ts", env: workerEnv, logDir });
      started.push(child);
      return child;
    };
    if (worker) say("worker: starting");
    const firstWorker = worker ? await startWorker() : null;
    const addresses = {
      HAWKER_API_URL: apiUrl,
      HAWKER_SUPABASE_URL: supabaseUrl,
      HAWKER_SUPABASE_KEY: publishableKey,
      HAWKER_ROOT_KEY: JSON.stringify(keys.rootPublicJwk),
    };
    const extensionDir = await buildExtension({ addresses, hostsGranted: true, say });
    return {
      dir,
      supabaseUrl,
      publishableKey,
      apiUrl,
      extensionDir,
      addresses,
      chromium,
      workerEnv,
      browserArgs,
      worker: firstWorker,
      startWorker,
      stopService,
      startService,
      stopStack,
      startStack: bringStackBack,
      stop,
      adminDatabaseUrl: secrets.adminDatabaseUrl,
      practice: {
        port: practicePort,
        controlUrl: `http://127.0.0.1:${String(practice.ready["controlPort"])}`,
        resolverRules,
      },
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
