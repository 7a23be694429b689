/**
 * Keys for a machine of one's own: a root key that signs the key manifest, and the worker's keys. Made once, kept in
 * `.hawker/keys`, renewed at the next start when they near their end. Never for a hosted service: there the root key
 * belongs on a machine that is not on the network.
 */
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  privateJwkSchema,
  publicJwkSchema,
  signManifest,
  SUITE,
  verifyManifest,
  workerKeyFileSchema,
  type KeyManifest,
  type KeyPair,
  type PrivateJwk,
  type PublicJwk,
  type WorkerKeyFile,
} from "#core/session/index.ts";

const DAY = 86_400_000;
/** A month, renewed with a week to go, so a stack started weekly never serves an expired manifest. */
const LIFETIME = 30 * DAY;
const RENEW_BEFORE = 7 * DAY;
/** How long the worker keeps a private key past its last sealing: the longest a session is kept. */
const KEEP_AFTER = 90 * DAY;
const EC = { name: "ECDSA", namedCurve: "P-256" } as const;

export type DevKeys = {
  /** Served at GET /api/keys; goes into HAWKER_KEY_MANIFEST. */
  manifestJson: string;
  /** Pinned in the extension at build time; goes into HAWKER_ROOT_KEY as JSON. */
  rootPublicJwk: PublicJwk;
  /** Goes into HAWKER_WORKER_KEYS. */
  workerKeysPath: string;
};

const iso = (ms: number): string => new Date(ms).toISOString();

const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`${path} cannot be read. Delete the folder it is in to start with new keys.`, {
      cause: error,
    });
  }
};

const draftOf = (path: string): string => `${path}.${crypto.randomUUID()}.tmp`;

/** Readable by the owner only; replaced as a whole, so a killed start leaves the old file or the new one. */
const writeJson = async (path: string, value: unknown): Promise<void> => {
  const draft = draftOf(path);
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
};

/** As `writeJson`, but the first of two starts at the same moment wins and both get what it wrote. */
const createJson = async <T>(path: string, make: () => Promise<T>): Promise<T> => {
  const stored = await readJson(path);
  if (stored) return stored as T;
  const draft = draftOf(path);
  await writeFile(draft, `${JSON.stringify(await make(), null, 2)}\n`, { mode: 0o600 });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return (await readJson(path)) as T;
};

const newSigningJwk = async (): Promise<PrivateJwk> => {
  const pair = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  return privateJwkSchema.parse(await crypto.subtle.exportKey("jwk", pair.privateKey));
};

const newRecipientKey = async (now: number): Promise<WorkerKeyFile["keys"][number]> => {
  const generated: unknown = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const pair = generated as KeyPair; // typed as one key: not every type library knows X25519
  const { x, d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const suffix = Array.from(crypto.getRandomValues(new Uint8Array(3)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return {
    keyId: `local-${iso(now).slice(0, 10)}-${suffix.join("")}`,
    suite: SUITE,
    publicKey: x!,
    privateKey: d!,
    // A minute back: a browser whose clock is a little behind may seal at once.
    notBefore: iso(now - 60_000),
    // Outlives every manifest that lists it: a stack left running never runs out of keys before its manifest ends.
    notAfter: iso(now + 2 * LIFETIME),
  };
};

const workerKeysFor = async (path: string, env: string, now: number): Promise<WorkerKeyFile> => {
  const file = workerKeyFileSchema.parse(
    await createJson(path, async () => ({
      version: 1,
      env,
      keys: [await newRecipientKey(now)],
      signers: [{ id: `local-${iso(now).slice(0, 10)}`, jwk: await newSigningJwk() }],
    })),
  );
  if (file.env !== env) throw new Error(`${path} is for "${file.env}", not "${env}". Choose another --dir.`);
  const kept = file.keys.filter((key) => Date.parse(key.notAfter) + KEEP_AFTER > now);
  const newest = kept.at(-1);
  const isDue = !newest || Date.parse(newest.notAfter) - now <= LIFETIME;
  if (!isDue && kept.length === file.keys.length) return file;
  const next = { ...file, keys: isDue ? [...kept, await newRecipientKey(now)] : kept };
  await writeJson(path, next);
  return next;
};

const isFresh = async (
  served: unknown,
  root: PublicJwk,
  keys: WorkerKeyFile,
  now: number,
): Promise<boolean> => {
  const check = await verifyManifest(served, root, { now: new Date(now), env: keys.env });
  return (
    check.ok &&
    check.key.keyId === keys.keys.at(-1)!.keyId &&
    Date.parse(check.manifest.expiresAt) - now > RENEW_BEFORE
  );
};

/**
 * The keys in `dir` (`.hawker/keys` by convention), made or renewed as needed. Safe to call at every start.
 * @param options.env must equal the extension's and the worker's; "local" unless told.
 */
export const ensureDevKeys = async (
  dir: string,
  options: { env?: string; now?: () => number } = {},
): Promise<DevKeys> => {
  const now = (options.now ?? Date.now)();
  const paths = {
    root: join(dir, "root-key.json"),
    worker: resolve(dir, "worker-keys.json"),
    manifest: join(dir, "key-manifest.json"),
  };
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const rootJwk = await createJson(paths.root, newSigningJwk);
  const rootPublicJwk = publicJwkSchema.parse(rootJwk);

  const keys = await workerKeysFor(paths.worker, options.env ?? "local", now);
  let served = await readJson(paths.manifest);
  if (!(await isFresh(served, rootPublicJwk, keys, now))) {
    const manifest: KeyManifest = {
      version: 1,
      env: keys.env,
      keys: keys.keys
        .filter((key) => Date.parse(key.notAfter) > now)
        .map(({ privateKey: _private, ...publicPart }) => publicPart),
      issuedAt: iso(now - 60_000),
      expiresAt: iso(now + LIFETIME),
    };
    const rootKey = await crypto.subtle.importKey("jwk", rootJwk, EC, false, ["sign"]);
    served = await signManifest(manifest, rootKey);
    await writeJson(paths.manifest, served);
  }
  return { manifestJson: JSON.stringify(served), rootPublicJwk, workerKeysPath: paths.worker };
};

const HELP = `Usage: node scripts/dev-keys.ts [--dir DIR] [--env NAME] [--json]

Makes the keys a local Hawker needs, once, and renews them when they near their end:
  root-key.json      signs the key manifest (private: keep it on this machine)
  worker-keys.json   what sessions are sealed to, and the key the worker re-seals with (private)
  key-manifest.json  the signed list of public keys that GET /api/keys serves

  --dir DIR    where they are kept (default .hawker/keys)
  --env NAME   the environment they are for (default local)
  --json       print {manifestJson, rootPublicJwk, workerKeysPath} and nothing else
`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      dir: { type: "string", default: join(".hawker", "keys") },
      env: { type: "string", default: "local" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const keys = await ensureDevKeys(values.dir, { env: values.env });
  if (values.json) return void process.stdout.write(`${JSON.stringify(keys)}\n`);
  process.stdout.write(
    `Keys are in ${values.dir}.\n\n` +
      `Extension build:  HAWKER_ROOT_KEY='${JSON.stringify(keys.rootPublicJwk)}'\n` +
      `API:              HAWKER_KEY_MANIFEST='${keys.manifestJson}'\n` +
      `Worker:           HAWKER_WORKER_KEYS=${keys.workerKeysPath}\n\n` +
      "Next: npm start sets these by itself.\n",
  );
};

if (import.meta.main) await main();
