/**
 * Sellers with everything real around them, for tests and benches: the local stack, the practice sites, keys, connected
 * accounts with sealed sessions, items with uploaded photos, and jobs made by `request_job` under the seller's rights.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { ChannelId } from "#core/marketplace/index.ts";
import { pickKey, signedManifestSchema, type KeyManifest } from "#core/session/index.ts";
import { practiceControl, type PracticeControl } from "#practice/control-client.ts";
import { startPractice, type Practice } from "#practice/index.ts";
import { type ListingNow } from "#practice/ledger-entry.ts";
import { accounts, fieldNames } from "#practice/sites.ts";
import { chromiumFlags } from "#practice/testing.ts";
import { ensureDevKeys } from "#scripts/dev-keys.ts";
import { startStack, type Stack } from "#supabase/local/stack.ts";
import { parseWorkerEnv, type WorkerEnv } from "../env.ts";
import { makeSeller, type Connected, type ConnectOptions, type Seller } from "./seller.ts";
import { targetsOf, type Targets } from "./targets.ts";

export type SellerWorld = Seller &
  Targets & {
    stack: Stack;
    practice: Practice;
    control: PracticeControl;
    admin: pg.Pool;
    /** Environment of a worker on this world. */
    workerEnv(changes?: Record<string, string>): Record<string, string>;
    env(changes?: Record<string, string>): WorkerEnv;
    /** Somebody else, with a workspace of their own. */
    newSeller(): Promise<Seller>;
    /** A login that no test has used before: nothing that happened to another account of this world touches it. */
    freshAccount(channel: ChannelId, seller?: Seller, options?: ConnectOptions): Promise<Connected>;
    /** What the site's ledger holds of it: the judge of everything. */
    listed(title: string): Promise<ListingNow[]>;
    close(): Promise<void>;
  };

const recipientOf = (manifestJson: string) => {
  const signed = signedManifestSchema.parse(JSON.parse(manifestJson));
  const manifest = JSON.parse(Buffer.from(signed.payload, "base64url").toString("utf8")) as KeyManifest;
  const recipient = pickKey(manifest, new Date());
  if (!recipient) throw new Error("The development keys hold none that is valid now.");
  return recipient;
};

/** Logins of nobody in particular, each handed out once per site. */
const loginsInTurn = () => {
  const handles = accounts.map(({ handle }) => handle).filter((handle) => handle.startsWith("seller-"));
  const used = new Map<ChannelId, number>();
  return (channel: ChannelId): string => {
    const next = used.get(channel) ?? 0;
    used.set(channel, next + 1);
    const handle = handles[next];
    if (!handle) throw new Error(`All ${handles.length} practice logins of ${channel} are used.`);
    return handle;
  };
};

export const startSellerWorld = async (): Promise<SellerWorld> => {
  const dir = await mkdtemp(path.join(tmpdir(), "hawker-worker-"));
  const [stack, practice, keys] = await Promise.all([
    startStack({ dir }),
    startPractice({ dir: path.join(dir, "practice") }),
    ensureDevKeys(path.join(dir, "keys"), { env: "test" }),
  ]);
  const control = practiceControl(practice.controlUrl);
  const admin = new pg.Pool({ connectionString: stack.adminDatabaseUrl, max: 12 });
  const place = { admin, stack, control, recipient: recipientOf(keys.manifestJson) };
  await admin.query("update private.budgets set per_window = 1000000"); // a test may ask more often than a person
  const seller = await makeSeller(place);
  const nextLogin = loginsInTurn();
  const workerEnv = (changes: Record<string, string> = {}) => ({
    DATABASE_URL: stack.workerDatabaseUrl,
    SUPABASE_URL: stack.url,
    SUPABASE_SECRET_KEY: stack.secretKey,
    HAWKER_WORKER_KEYS: keys.workerKeysPath,
    HAWKER_ENV: "test",
    HAWKER_CHROMIUM_ARGS: [...chromiumFlags, `--host-resolver-rules=${practice.resolverRules()}`].join("\n"),
    HAWKER_IGNORE_HTTPS_ERRORS: "1",
    HAWKER_CONCURRENCY: "3",
    ...changes,
  });

  return {
    ...seller,
    ...targetsOf(admin),
    stack,
    practice,
    control,
    admin,
    workerEnv,
    env: (changes) => parseWorkerEnv(workerEnv(changes)),
    newSeller: () => makeSeller(place),
    freshAccount: (channel, whose = seller, options = {}) =>
      whose.connect(channel, { ...options, handle: nextLogin(channel) }),
    async listed(title) {
      const { listings } = await control.ledger();
      return listings.filter(({ site, fields }) => fields[fieldNames[site].title] === title);
    },
    async close() {
      await admin.end();
      await practice.close();
      await stack.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
