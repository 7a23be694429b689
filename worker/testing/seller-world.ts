/**
 * A seller with everything real around them, for tests and benches: the local stack, the practice sites, keys, connected
 * accounts with sealed sessions, items with uploaded photos, and jobs made by `request_job` under the seller's rights.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import sharp from "sharp";
import type { Item, Photo } from "#core/item/index.ts";
import type { ChannelId } from "#core/marketplace/index.ts";
import {
  exportDevicePublicKey,
  generateDeviceKey,
  pickKey,
  sealSession,
  signedManifestSchema,
  type KeyManifest,
  type KeyPair,
  type Session,
} from "#core/session/index.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { practiceControl, type PracticeControl } from "#practice/control-client.ts";
import { startPractice, type Practice } from "#practice/index.ts";
import { chromiumFlags } from "#practice/testing.ts";
import { ensureDevKeys } from "#scripts/dev-keys.ts";
import { startStack, type Stack } from "#supabase/local/stack.ts";
import { parseWorkerEnv, type WorkerEnv } from "../env.ts";

export const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

export type Connected = { id: string; channel: ChannelId; version: number; session: Session };
export type JobHandle = { jobId: string; targetIds: string[] };
export type TargetNow = {
  id: string;
  state: string;
  state_reason: string | null;
  attempt: number;
  report: Record<string, unknown> | null;
  listing_id: string | null;
};

export type SellerWorld = {
  stack: Stack;
  practice: Practice;
  control: PracticeControl;
  admin: pg.Pool;
  userId: string;
  workspaceId: string;
  /** Environment of a worker on this world. */
  workerEnv(changes?: Record<string, string>): Record<string, string>;
  env(changes?: Record<string, string>): WorkerEnv;
  /** Connects an account; `loginAs` plants somebody else's session under this handle. */
  connect(
    channel: ChannelId,
    options?: {
      handle?: string;
      loginAs?: string;
      accountId?: string;
      sessionVersion?: number;
      capturedAt?: Date;
      /** What is sealed in place of the session as it was captured. */
      change?: (session: Session) => Session;
    },
  ): Promise<Connected>;
  /** An item of its own (new id and title) with real photos in storage. */
  item(sample: Item, options?: { title?: string; photos?: Buffer[] }): Promise<Item>;
  createJob(
    item: Item,
    accounts: Connected[],
    options?: { mode?: "review" | "publish"; again?: boolean; action?: "list" | "verify" },
  ): Promise<JobHandle>;
  target(targetId: string): Promise<TargetNow>;
  /** Resolves when every target has one of these states; rejects with what they are instead after `ms`. */
  waitFor(targetIds: string[], states: string[], ms?: number): Promise<TargetNow[]>;
  events(targetId: string): Promise<string[]>;
  close(): Promise<void>;
};

/** A photo that differs from every other one. */
export const makePhoto = (hue: number, exif?: { orientation?: number; gps?: boolean }): Promise<Buffer> => {
  const picture = sharp({
    create: {
      width: 900,
      height: 600,
      channels: 3,
      background: { r: (hue * 47) % 256, g: (hue * 91) % 256, b: (hue * 13) % 256 },
    },
  }).jpeg();
  const gps = {
    GPSLatitudeRef: "N",
    GPSLatitude: "48/1 51/1 0/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "2/1 21/1 0/1",
  };
  if (!exif) return picture.toBuffer();
  return picture
    .withExif({ IFD0: { Make: "Hawker test camera" }, ...(exif.gps ? { IFD3: gps } : {}) })
    .withMetadata({ orientation: exif.orientation ?? 1 })
    .toBuffer();
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
  const userId = randomUUID();
  await admin.query("insert into auth.users (id, email) values ($1, $2)", [userId, `${userId}@example.test`]);
  const { rows } = await admin.query<{ id: string }>(
    "select id from public.workspaces where created_by = $1 and personal",
    [userId],
  );
  const workspaceId = rows[0]!.id;
  await admin.query("update private.budgets set per_window = 1000000"); // a test may ask more often than a person
  const device: KeyPair = await generateDeviceKey();
  const deviceRow = {
    id: randomUUID(),
    name: "Test browser",
    publicKey: await exportDevicePublicKey(device.publicKey),
  };
  const signed = signedManifestSchema.parse(JSON.parse(keys.manifestJson));
  const manifest = JSON.parse(Buffer.from(signed.payload, "base64url").toString("utf8")) as KeyManifest;
  const recipient = pickKey(manifest, new Date());
  if (!recipient) throw new Error("The development keys hold none that is valid now.");

  const asSeller = async <T>(name: string, args: Record<string, unknown>): Promise<T> => {
    const client = await admin.connect();
    try {
      // As the data API runs it: the person's role and claims for one transaction.
      await client.query("begin");
      const claims = JSON.stringify({ sub: userId, role: "authenticated" });
      const settings =
        "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true)";
      await client.query(settings, [claims, userId]);
      const list = Object.keys(args)
        .map((key, at) => `${key} => $${at + 1}`)
        .join(", ");
      const { rows } = await client.query<{ answer: T }>(
        `select public.${name}(${list}) as answer`,
        Object.values(args),
      );
      await client.query("commit");
      return rows[0]!.answer;
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  };

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

  /** In the order of their ids as asked. */
  const readTargets = async (targetIds: string[]): Promise<TargetNow[]> => {
    const found = await admin.query<TargetNow>(
      "select id, state, state_reason, attempt, report, listing_id from public.job_targets where id = any ($1)",
      [targetIds],
    );
    return targetIds.map((targetId) => found.rows.find(({ id }) => id === targetId)!);
  };

  return {
    stack,
    practice,
    control,
    admin,
    userId,
    workspaceId,
    workerEnv,
    env: (changes) => parseWorkerEnv(workerEnv(changes)),
    async connect(
      channel,
      {
        handle = "maria",
        loginAs = handle,
        accountId = randomUUID(),
        sessionVersion = 1,
        capturedAt = new Date(),
        change,
      } = {},
    ) {
      const marketplace = MARKETPLACES[channel];
      const storageState = await control.login(channel, loginAs);
      const captured: Session = {
        storageState,
        userAgent: USER_AGENT,
        locale: "en-US",
        timezone: "America/Los_Angeles",
      };
      const session = change?.(captured) ?? captured;
      const consentId = randomUUID();
      const binding = {
        env: "test",
        workspaceId,
        userId,
        channel,
        accountId,
        sessionVersion,
        consentId,
        deviceId: deviceRow.id,
        capturedAt: capturedAt.toISOString(),
      };
      const { envelope, meta } = await sealSession({
        session,
        allowlist: marketplace.account,
        binding,
        recipient,
        deviceKey: device,
      });
      await asSeller("connect_account", {
        p: {
          workspaceId, accountId, platform: channel, handle, displayName: handle, cloudAllowed: true, replay: "unknown", sessionVersion,
          session: envelope, sessionMeta: meta, sessionExpiresAt: null, device: deviceRow,
          consent: { id: consentId, textVersion: "1", cookieNames: meta.cookieNames, allowlistHash: meta.allowlistHash, grantedAt: binding.capturedAt },
        },
      }); // prettier-ignore
      return { id: accountId, channel, version: sessionVersion, session };
    },
    async item(sample, { title = `${sample.title} ${randomUUID().slice(0, 6)}`, photos } = {}) {
      const id = randomUUID();
      const files =
        photos ??
        (await Promise.all(
          sample.photos.map((_, index) => makePhoto(index + 1 + Math.floor(Math.random() * 200))),
        ));
      const rows: Photo[] = files.map((file) => ({
        id: randomUUID(), width: 900, height: 600, mime: "image/jpeg", bytes: file.length, alt: "",
        sha256: createHash("sha256").update(file).digest("hex"),
      })); // prettier-ignore
      const item: Item = { ...sample, id, title, photos: rows };
      const {
        photos: _photos,
        id: _id,
        fieldTimes: _times,
        createdAt: _created,
        updatedAt: _updated,
        deletedAt: _deleted,
        ...data
      } = item;
      await admin.query("insert into public.items (id, workspace_id, data, title) values ($1, $2, $3, $4)", [
        id,
        workspaceId,
        data,
        title,
      ]);
      for (const [position, row] of rows.entries()) {
        const storagePath = `${workspaceId}/${id}/${row.id}.jpg`;
        await upload(stack, storagePath, files[position]!);
        await admin.query(
          "insert into public.item_photos (id, item_id, workspace_id, position, storage_path, width, height, mime, sha256, bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
          [
            row.id,
            id,
            workspaceId,
            position,
            storagePath,
            row.width,
            row.height,
            row.mime,
            row.sha256,
            row.bytes,
          ],
        );
      }
      return item;
    },
    async createJob(item, accounts, { mode = "publish", again = false, action = "list" } = {}) {
      const request = {
        workspaceId,
        action,
        driver: "cloud",
        mode,
        again,
        ...(action === "list" ? { item } : {}),
        targets: accounts.map(({ id, channel }) => ({ accountId: id, platform: channel })),
      };
      const args = { p_request: request, p_idempotency_key: randomUUID(), p_body_hash: "test" };
      const answer = await asSeller<{ job: { id: string }; targets: { id: string }[] }>("request_job", args);
      return { jobId: answer.job.id, targetIds: answer.targets.map(({ id }) => id) };
    },
    target: async (targetId) => (await readTargets([targetId]))[0]!,
    async waitFor(targetIds, states, ms = 90_000) {
      const ends = Date.now() + ms;
      for (;;) {
        const targets = await readTargets(targetIds);
        if (targets.every(({ state }) => states.includes(state))) return targets;
        if (Date.now() > ends)
          throw new Error(
            `Targets are ${JSON.stringify(targets.map(({ state, state_reason }) => [state, state_reason]))} after ${ms} ms, not ${states.join(" or ")}.`,
          );
        // A test looks from outside: were it to wait on the notifications it judges, a lost one would hang it unnamed.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async events(targetId) {
      const found = await admin.query<{ message: string }>(
        "select message from public.listing_job_events where target_id = $1 order by id",
        [targetId],
      );
      return found.rows.map(({ message }) => message);
    },
    async close() {
      await admin.end();
      await practice.close();
      await stack.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

const upload = async (stack: Stack, storagePath: string, file: Buffer): Promise<void> => {
  const response = await fetch(`${stack.url}/storage/v1/object/listing-photos/${storagePath}`, {
    method: "POST",
    headers: {
      apikey: stack.secretKey,
      authorization: `Bearer ${stack.secretKey}`,
      "content-type": "image/jpeg",
    },
    body: new Uint8Array(file),
  });
  if (!response.ok)
    throw new Error(`The photo could not be stored: ${response.status} ${await response.text()}`);
};
